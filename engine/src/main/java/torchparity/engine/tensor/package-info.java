/**
 * The facade over libtorch, and the only package that imports {@code org.bytedeco}. Tensors go in
 * and out as {@link torchparity.engine.tensor.Tensor}, which owns native memory; every operation
 * passes through {@link torchparity.engine.tensor.Torch#call}.
 */
@NullMarked
package torchparity.engine.tensor;

import org.jspecify.annotations.NullMarked;

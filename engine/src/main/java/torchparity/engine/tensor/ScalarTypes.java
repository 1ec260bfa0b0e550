package torchparity.engine.tensor;

import org.bytedeco.pytorch.global.torch.ScalarType;
import torchparity.cases.Dtype;

/** The one place where libtorch's scalar types meet ours. */
final class ScalarTypes {
  private ScalarTypes() {}

  static ScalarType of(Dtype dtype) {
    return switch (dtype) {
      case FLOAT32 -> ScalarType.Float;
      case FLOAT64 -> ScalarType.Double;
      case INT32 -> ScalarType.Int;
      case INT64 -> ScalarType.Long;
      case UINT8 -> ScalarType.Byte;
      case BOOL -> ScalarType.Bool;
    };
  }

  /**
   * Our name for libtorch's type.
   *
   * @throws TorchException for a type that traces do not carry
   */
  static Dtype dtype(ScalarType type) {
    // scalar_type() returns a fresh enum object: without intern() every comparison is false.
    ScalarType interned = type.intern();
    for (Dtype dtype : Dtype.values()) {
      if (of(dtype) == interned) {
        return dtype;
      }
    }
    throw new TorchException("unsupported dtype " + interned);
  }
}

/** Smaller instances: a failing one in, one with smaller parameters that fails alike out. */
@NullMarked
package torchparity.harness.shrink;

import org.jspecify.annotations.NullMarked;

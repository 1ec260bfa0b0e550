/**
 * Comparison: two traces in, one finding per probe out, each with what was measured and what was
 * allowed. It starts no process and decides nothing but equality.
 */
@NullMarked
package torchparity.harness.comparison;

import org.jspecify.annotations.NullMarked;

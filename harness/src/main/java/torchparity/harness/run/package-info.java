/**
 * Running: a plan in, real processes started and followed, one outcome per port and instance out.
 * Nothing in here compares.
 */
@NullMarked
package torchparity.harness.run;

import org.jspecify.annotations.NullMarked;

/**
 * Allowances: how far rounding alone can move each probe. An instance goes in; its port with noise
 * at matrix products runs; bounds for every probe and row come out, and are cached.
 */
@NullMarked
package torchparity.harness.allowance;

import org.jspecify.annotations.NullMarked;

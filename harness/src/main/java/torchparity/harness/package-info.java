/** What every stage of the harness shares. */
@NullMarked
package torchparity.harness;

import org.jspecify.annotations.NullMarked;

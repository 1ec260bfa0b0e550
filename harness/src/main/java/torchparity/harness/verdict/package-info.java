/** Verdicts: outcomes and findings in, one judgement per instance and pair of ports out. */
@NullMarked
package torchparity.harness.verdict;

import org.jspecify.annotations.NullMarked;

/**
 * Finds the first operation that computes something else, fits hypotheses to it, and proves one by
 * replay. In come two op logs of one case instance, out goes a {@link
 * torchparity.harness.diagnosis.Diagnosis}. Nothing in here compares traces anew.
 */
@NullMarked
package torchparity.harness.diagnosis;

import org.jspecify.annotations.NullMarked;

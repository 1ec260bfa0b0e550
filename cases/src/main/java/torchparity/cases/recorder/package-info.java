/** Records tensors of Java programs: a call a line, and the program that runs them for a job. */
@NullMarked
package torchparity.cases.recorder;

import org.jspecify.annotations.NullMarked;

/**
 * The mutant catalogue: ports broken on purpose. The files of {@code harness/mutants} go in; each
 * mutant is applied to a copy of a real port and run by the real command line, and what that said
 * is held against what was written down beforehand.
 */
@NullMarked
package torchparity.harness.mutants;

import org.jspecify.annotations.NullMarked;

/** The command line: the only place that reads options and the environment. */
@NullMarked
package torchparity.harness.cli;

import org.jspecify.annotations.NullMarked;

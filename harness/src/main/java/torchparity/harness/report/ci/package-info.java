/** Reports for CI systems: a saved run in; JUnit XML, Markdown, SARIF and annotations out. */
@NullMarked
package torchparity.harness.report.ci;

import org.jspecify.annotations.NullMarked;

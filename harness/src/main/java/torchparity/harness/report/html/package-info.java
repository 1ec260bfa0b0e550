/**
 * The report for people: a saved run in, one self-contained HTML page out. Text goes through the
 * templates' escaping, numbers through JSON that no script can be hidden in.
 */
@NullMarked
package torchparity.harness.report.html;

import org.jspecify.annotations.NullMarked;

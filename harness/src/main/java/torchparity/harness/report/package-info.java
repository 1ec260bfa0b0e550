/** Reports: a judged run in, text for people and JSON for machines out. Nothing in here decides. */
@NullMarked
package torchparity.harness.report;

import org.jspecify.annotations.NullMarked;

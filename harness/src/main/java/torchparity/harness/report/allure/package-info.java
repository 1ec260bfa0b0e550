/** Results for Allure: a saved run in, Allure's files out, by its own model and writer. */
@NullMarked
package torchparity.harness.report.allure;

import org.jspecify.annotations.NullMarked;

/**
 * The contract between the harness and its ports: what a case asks for, what a job file says, and
 * what a trace holds. Nothing in here knows a runtime; nothing in here compares.
 */
@NullMarked
package torchparity.cases;

import org.jspecify.annotations.NullMarked;

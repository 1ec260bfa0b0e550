/** AssertJ assertions about tensors, for tests of Java code that computes with them. */
@NullMarked
package torchparity.harness.assertions;

import org.jspecify.annotations.NullMarked;

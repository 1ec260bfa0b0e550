/** Ports: which programs there are, and how each is started. */
@NullMarked
package torchparity.harness.port;

import org.jspecify.annotations.NullMarked;

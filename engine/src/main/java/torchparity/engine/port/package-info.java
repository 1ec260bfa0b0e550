/** The JVM port: the Python programs again, line by line, on the facade. */
@NullMarked
package torchparity.engine.port;

import org.jspecify.annotations.NullMarked;

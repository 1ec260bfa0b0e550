/**
 * Op logs of the engine: an {@link torchparity.engine.tensor.Interceptor} that writes down every
 * operation of the JVM port and of the plugin. In comes each call of the facade, out goes an {@link
 * torchparity.cases.OpLog} beside the trace.
 */
@NullMarked
package torchparity.engine.oplog;

import org.jspecify.annotations.NullMarked;

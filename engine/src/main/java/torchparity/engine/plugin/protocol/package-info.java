/**
 * Nushell's plugin protocol (0.115) in msgpack: messages as values, a reader and a writer. Nothing
 * in here knows a tensor.
 *
 * <p>Source: crate nu-plugin-protocol 0.115. Where the written reference and the crate disagree
 * (names of flags carry a span; a pipeline value is a pair with its metadata), the crate counts.
 */
@NullMarked
package torchparity.engine.plugin.protocol;

import org.jspecify.annotations.NullMarked;

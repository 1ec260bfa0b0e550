/**
 * The Nushell plugin {@code nu_plugin_torch}: Nushell's calls in, tensors kept under string ids,
 * and values or errors with the offending place out. A command is derived from its {@link
 * torchparity.engine.tensor.Op}; those that are no torch operation stand in this package.
 */
@NullMarked
package torchparity.engine.plugin;

import org.jspecify.annotations.NullMarked;

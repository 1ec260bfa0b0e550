package torchparity.engine.plugin.protocol;

/**
 * A place in Nushell's sources. Only spans that Nushell sent may be sent back: another one can
 * crash its error display.
 */
public record Span(long start, long end) {}

package torchparity.engine.plugin.protocol;

/** What comes through a pipeline. */
public sealed interface PipelineData {
  /** No input at all. */
  record Empty() implements PipelineData {}

  record Single(NuValue value) implements PipelineData {}

  /** Items follow in {@link Incoming.Item} messages with this stream id. */
  record Stream(long id, Span span) implements PipelineData {}

  /** A stream of bytes, which no command takes. */
  record Bytes(long id, Span span) implements PipelineData {}
}

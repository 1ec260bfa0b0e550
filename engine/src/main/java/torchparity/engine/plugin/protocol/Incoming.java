package torchparity.engine.plugin.protocol;

import java.util.List;
import java.util.Map;
import org.msgpack.value.Value;

/** A message from Nushell. */
public sealed interface Incoming {
  record Hello(String version) implements Incoming {}

  record Goodbye() implements Incoming {}

  /** Asks who we are. */
  record Metadata(long call) implements Incoming {}

  /** Asks which commands there are. */
  record Signatures(long call) implements Incoming {}

  /**
   * Runs a command.
   *
   * @param call id to answer with
   * @param head where the command's name stands
   * @param named values of the flags that were given, by long name
   */
  record Run(
      long call,
      String command,
      Span head,
      List<NuValue> positional,
      Map<String, NuValue> named,
      PipelineData input)
      implements Incoming {
    public Run {
      positional = List.copyOf(positional);
      named = Map.copyOf(named);
    }
  }

  /** A call that we do not serve; it is answered with an error. */
  record UnknownCall(long call, String kind) implements Incoming {}

  record EngineResult(long engineCall, PipelineData data) implements Incoming {}

  record EngineError(long engineCall, Value raw) implements Incoming {}

  /** One item of a list stream. */
  record Item(long stream, NuValue value) implements Incoming {}

  /** A piece of a byte stream. */
  record Chunk(long stream) implements Incoming {}

  record EndOfStream(long stream) implements Incoming {}

  /** The user pressed Ctrl-C. */
  record Interrupt() implements Incoming {}

  /** Nothing for us to do: acknowledgements, signals, and what later versions add. */
  record Ignored() implements Incoming {}
}

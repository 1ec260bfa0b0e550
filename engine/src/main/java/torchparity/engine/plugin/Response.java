package torchparity.engine.plugin;

import java.util.function.Function;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;

/** What a command answers: a value, or a question to Nushell whose reply it then turns into one. */
sealed interface Response {
  record Result(NuValue value) implements Response {}

  /**
   * Runs a block of the user's program; other calls arrive meanwhile.
   *
   * @param then turns the block's result into the command's
   * @param onError what to do before the block's error is handed on
   */
  record Evaluate(
      NuValue.Closure closure, NuValue input, Function<NuValue, Response> then, Runnable onError)
      implements Response {}

  /** Asks for the directory that the user is in. */
  record AskDirectory(Continuation then) implements Response {}

  /** What follows on a reply. */
  interface Continuation {
    Response apply(String reply) throws NuException;
  }
}

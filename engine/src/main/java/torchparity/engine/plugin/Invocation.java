package torchparity.engine.plugin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;

/**
 * One call of a command, its input collected.
 *
 * @param head where the command's name stands
 * @param input what came through the pipeline; a Nothing if nothing did
 */
record Invocation(
    String command,
    Span head,
    List<NuValue> positional,
    Map<String, NuValue> named,
    NuValue input) {

  boolean hasInput() {
    return !(input instanceof NuValue.Nothing);
  }

  /** The value of a flag, if it was given. */
  Optional<NuValue> flag(String name) {
    return Optional.ofNullable(named.get(name));
  }

  /**
   * A required argument. Nushell sees to it that it is there.
   *
   * @throws NuException if another client left it out
   */
  NuValue argument(int i, String name) throws NuException {
    if (i >= positional.size()) {
      throw new NuException("Missing input", "the argument '" + name + "' is missing", head);
    }
    return positional.get(i);
  }

  /**
   * The one value of a command that takes it through the pipeline or as its argument.
   *
   * @throws NuException if it is there twice, or not at all
   */
  NuValue pipedOrPositional() throws NuException {
    if (hasInput() && !positional.isEmpty()) {
      throw new NuException(
          "Conflicting input",
          "given here and through the pipeline",
          positional.get(0).span(),
          "Give it once.");
    }
    if (hasInput()) {
      return input;
    }
    if (positional.isEmpty()) {
      throw new NuException(
          "Missing input", "nothing came through the pipeline, and no argument is given", head);
    }
    return positional.get(0);
  }
}

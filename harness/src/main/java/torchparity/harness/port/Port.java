package torchparity.harness.port;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import torchparity.harness.ParityException;

/**
 * A program that can run jobs.
 *
 * @param name how people call it
 * @param engine ports with the same engine share every native kernel and must agree bit by bit
 * @param command program and arguments; {@code --job FILE} follows them
 * @param environment variables that are set for it
 */
public record Port(
    String name, String engine, List<String> command, Map<String, String> environment) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");

  /** Folders of a run that are no port's. */
  private static final Set<String> TAKEN =
      Set.of("allowance-runs", "allowances", "derived", "diagnosis", "inputs");

  /**
   * Checks the name, which becomes a folder's.
   *
   * @throws ParityException if it does not do
   */
  public Port {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ParityException(
          ParityException.Code.USAGE,
          "a port cannot be called '%s': a name has letters, digits, _ and -, begins with a letter or digit, and is none of %s"
              .formatted(name, new TreeSet<>(TAKEN)));
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public Port(String name, String engine, List<String> command) {
    this(name, engine, command, Map.of());
  }

  /**
   * This port with variables set, by which its kernels may be others: another engine.
   *
   * @param label what the engine's name says of them; values may be secret
   */
  public Port with(Map<String, String> variables, Map<String, String> label) {
    return variables.isEmpty()
        ? this
        : new Port(name, engine + " with " + label, command, variables);
  }
}

package torchparity.harness.port;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
  public Port {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public Port(String name, String engine, List<String> command) {
    this(name, engine, command, Map.of());
  }

  /** This port with variables set, by which its kernels may be others: another engine. */
  public Port with(Map<String, String> variables) {
    return variables.isEmpty()
        ? this
        : new Port(name, engine + " with " + new TreeMap<>(variables), command, variables);
  }
}

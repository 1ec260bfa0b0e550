package torchparity.harness.port;

import java.util.List;

/**
 * A program that can run jobs.
 *
 * @param name how people call it
 * @param engine ports with the same engine share every native kernel and must agree bit by bit
 * @param command program and arguments; {@code --job FILE} follows them
 */
public record Port(String name, String engine, List<String> command) {
  public Port {
    command = List.copyOf(command);
  }
}

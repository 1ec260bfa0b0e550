package torchparity.harness.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import torchparity.harness.port.Port;

/**
 * What a run does.
 *
 * @param ports the reference first or anywhere among them
 * @param threads how many threads torch and BLAS may use in each port
 * @param timeout how long a port's process may take
 * @param out folder that is filled; one folder below it for each port
 */
public record Plan(
    List<Instance> instances, List<Port> ports, int threads, Duration timeout, Path out) {
  public Plan {
    instances = List.copyOf(instances);
    ports = List.copyOf(ports);
  }
}

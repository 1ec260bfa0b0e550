package torchparity.harness.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.LogWindow;
import torchparity.harness.port.Port;

/**
 * What a run does.
 *
 * @param ports the reference first or anywhere among them
 * @param threads how many threads torch and BLAS may use in each port
 * @param timeout how long a port's process may take
 * @param out folder that is filled; one folder below it for each port
 * @param log which part of every instance is logged operation by operation; null for none
 */
public record Plan(
    List<Instance> instances,
    List<Port> ports,
    int threads,
    Duration timeout,
    Path out,
    @Nullable LogWindow log) {
  public Plan {
    instances = List.copyOf(instances);
    ports = List.copyOf(ports);
  }

  /** A plan without op logs. */
  public Plan(List<Instance> instances, List<Port> ports, int threads, Duration timeout, Path out) {
    this(instances, ports, threads, timeout, out, null);
  }

  /** The part of this plan that {@code port} can do. */
  Plan askedOf(Port port) {
    return new Plan(
        Refusal.asked(port, instances),
        List.of(port),
        threads,
        timeout,
        out,
        port.supports().log() ? log : null);
  }
}

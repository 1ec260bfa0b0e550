package torchparity.harness.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import torchparity.harness.port.Port;

/**
 * One port's run of a whole job.
 *
 * @param wall from the start of its process to its end
 * @param log what it wrote to standard error and standard output
 * @param outcomes by instance, in the order of the plan
 * @param problem how its process ended badly after the last instance, which counts as a crash; or
 *     empty
 */
public record PortRun(
    Port port, Duration wall, Path log, Map<Instance, Outcome> outcomes, String problem) {
  public PortRun {
    outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
  }

  /** True if the process crashed or ran out of time, or an instance failed. */
  public boolean failed() {
    return !problem.isEmpty()
        || outcomes.values().stream().anyMatch(Outcome.Failed.class::isInstance);
  }
}

package torchparity.harness.verdict;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside a verdict.
 *
 * @param curve what the loss curves show, where there are some
 * @param liveness whether the reference learned
 * @param errors each side's greatest distance from the float64 truth, by probe
 * @param environment how the environments of the two runs differ
 * @param notes what else a person should know
 */
public record Evidence(
    Optional<CurveVerdict> curve,
    Liveness liveness,
    Map<String, Errors> errors,
    List<String> environment,
    List<String> notes) {
  public static final Evidence NONE =
      new Evidence(Optional.empty(), new Liveness.NoTraining(), Map.of(), List.of(), List.of());

  public Evidence {
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
    environment = List.copyOf(environment);
    notes = List.copyOf(notes);
  }

  /** Greatest absolute distance of each side from the truth. */
  public record Errors(double reference, double candidate) {}
}

package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;

/**
 * How much of a difference is left after a replay, at the first probe that differs.
 *
 * @param probe its name
 * @param whole {@code max |candidate - reference|}
 * @param moved {@code max |replayed - reference|}
 * @param left {@code max |candidate - replayed|}
 */
record Residual(String probe, double whole, double moved, double left) {
  /** Null if the probe is of another shape, or too large to be in the logs. */
  static @Nullable Residual of(Divergence before, OpGraph replayed) {
    return all(before, replayed)
        .findFirst()
        .filter(first -> !Double.isNaN(first.share()))
        .orElse(null);
  }

  /** Of every probe that differs; those that cannot be measured have a share that is NaN. */
  static List<Residual> ofAll(Divergence before, OpGraph replayed) {
    return all(before, replayed).toList();
  }

  private static Stream<Residual> all(Divergence before, OpGraph replayed) {
    return before.reference().probes().entrySet().stream()
        .filter(probe -> before.candidate().probes().containsKey(probe.getKey()))
        .filter(
            probe ->
                !before
                    .reference()
                    .value(probe.getValue())
                    .equals(before.candidate().value(there(before, probe.getKey()))))
        .map(
            probe -> {
              Optional<HostTensor> expected = before.reference().tensor(probe.getValue());
              Optional<HostTensor> actual =
                  before.candidate().tensor(there(before, probe.getKey()));
              Optional<HostTensor> now =
                  Optional.ofNullable(replayed.probes().get(probe.getKey()))
                      .flatMap(replayed::tensor);
              return new Residual(
                  probe.getKey(), gap(expected, actual), gap(now, expected), gap(now, actual));
            });
  }

  private static int there(Divergence before, String probe) {
    return Objects.requireNonNull(before.candidate().probes().get(probe));
  }

  /** What is left as a share of the whole. */
  double share() {
    return left / whole;
  }

  private static double gap(Optional<HostTensor> a, Optional<HostTensor> b) {
    if (a.isEmpty() || b.isEmpty() || !a.get().shape().equals(b.get().shape())) {
      return Double.NaN;
    }
    double greatest = 0;
    for (int i = 0; i < a.get().numel(); i++) {
      double apart = Math.abs(a.get().getDouble(i) - b.get().getDouble(i));
      greatest = Double.isNaN(apart) ? Double.NaN : Math.max(greatest, apart);
    }
    return greatest;
  }
}

package torchparity.harness.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;

/** How much of a difference is left after a replay. */
final class Residual {
  private Residual() {}

  /**
   * {@code max |candidate - replayed| / max |candidate - reference|} at the first probe that
   * differs; null if it is of another shape or dtype, or too large to be in the logs.
   */
  static @Nullable Double share(Divergence before, OpGraph replayed) {
    for (Map.Entry<String, Integer> probe : before.reference().probes().entrySet()) {
      Integer there = before.candidate().probes().get(probe.getKey());
      Integer again = replayed.probes().get(probe.getKey());
      if (there == null
          || before.reference().value(probe.getValue()).equals(before.candidate().value(there))) {
        continue;
      }
      Optional<HostTensor> actual = value(before.candidate(), there);
      double gap = gap(value(before.reference(), probe.getValue()), actual);
      double rest = again == null ? Double.NaN : gap(value(replayed, again), actual);
      double share = rest / gap;
      return Double.isNaN(share) ? null : share;
    }
    return null;
  }

  private static Optional<HostTensor> value(OpGraph g, int n) {
    try {
      return g.log().value(n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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

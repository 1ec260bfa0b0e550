package torchparity.harness.verdict;

import java.util.List;
import java.util.Optional;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;

/**
 * Classes are choices of a greatest logit. A choice may differ only where the reference's own
 * logits of the two classes are as near as their allowances together: there rounding decides. Where
 * the logits passed a kink, or cannot be predicted, more may differ, and the finding says so; but
 * never is a choice excused that each side's own logits speak against.
 */
final class MarginRule {
  private final Trace expected;
  private final Trace actual;

  MarginRule(Trace expected, Trace actual) {
    this.expected = expected;
    this.actual = actual;
  }

  /**
   * Judges classes that differ.
   *
   * @param logitsName probe (cells, classes) whose argmax the classes are
   * @param before findings of earlier probes, the logits' among them
   * @return empty if one cell differs that must not, or is not the choice of its own logits
   */
  Optional<ProbeFinding> judge(
      ProbeFinding.ValueMismatch mismatch, String logitsName, List<ProbeFinding> before) {
    HostTensor logits = expected.probes().get(logitsName);
    HostTensor others = actual.probes().get(logitsName);
    HostTensor e = expected.probes().get(mismatch.probe());
    HostTensor a = actual.probes().get(mismatch.probe());
    ProbeFinding judged =
        before.stream().filter(f -> f.probe().equals(logitsName)).findFirst().orElse(null);
    if (logits == null
        || others == null
        || e == null
        || a == null
        || judged == null
        || !judged.matches()) {
      return Optional.empty();
    }
    Difference difference = judged.measured().orElseThrow();
    int classes = Math.toIntExact(logits.shape().get(logits.shape().size() - 1));
    double reach = judged instanceof ProbeFinding.AtKink kink ? 2 * kink.reach() : 0;
    boolean anyGoes = judged instanceof ProbeFinding.PastHorizon;
    boolean byRounding = true;
    long cells = 0;
    double widest = 0;
    double allowedThere = 0;
    for (int i = 0; i < e.numel(); i++) {
      long was = e.getLong(i);
      long is = a.getLong(i);
      if (was == is) {
        continue;
      }
      if (is < 0 || is >= classes || was < 0 || was >= classes) {
        return Optional.empty();
      }
      int best = i * classes + (int) was;
      int other = i * classes + (int) is;
      double margin = logits.getDouble(best) - logits.getDouble(other);
      double allowed =
          difference.allowance().at(best, logits.getDouble(best))
              + difference.allowance().at(other, logits.getDouble(other));
      if (!(margin >= -allowed && others.getDouble(other) - others.getDouble(best) >= -allowed)) {
        return Optional.empty();
      }
      if (!(margin <= allowed)) {
        byRounding = false;
        allowed = Math.max(allowed, reach);
        if (!anyGoes && !(margin <= allowed)) {
          return Optional.empty();
        }
      }
      cells++;
      if (margin >= widest) {
        widest = margin;
        allowedThere = allowed;
      }
    }
    return Optional.of(
        judged instanceof ProbeFinding.PastHorizon past && !byRounding
            ? new ProbeFinding.PastHorizon(mismatch.probe(), mismatch.difference(), past.horizon())
            : new ProbeFinding.AtMargin(
                mismatch.probe(), mismatch.difference(), cells, widest, allowedThere, !byRounding));
  }
}

package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.RowPattern;
import torchparity.harness.comparison.TensorComparison;
import torchparity.harness.comparison.TraceComparison;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Tier;

/** Judges the probes of one instance: how far is allowed, and what a difference beyond it means. */
final class ProbeJudge {
  private final Instance instance;
  private final Pair pair;
  private final Trace expected;
  private final Trace actual;
  private final Allowances allowances;
  private final boolean stepsAgree;
  private final int horizon;

  /** How much of a probe's greatest element a kink may move it, where training agrees. */
  private static final double KINK_SHARE = 1e-3;

  /**
   * A judge.
   *
   * @param stepsAgree whether one step from each state of the reference agrees: what then differs
   *     after many steps has grown from rounding
   */
  ProbeJudge(
      Instance instance,
      Pair pair,
      Trace expected,
      Trace actual,
      Allowances allowances,
      boolean stepsAgree) {
    this.stepsAgree = stepsAgree;
    this.instance = instance;
    this.pair = pair;
    this.expected = expected;
    this.actual = actual;
    this.allowances = allowances;
    Case.Training training = instance.question().training();
    this.horizon =
        training == null || isExact()
            ? Integer.MAX_VALUE
            : allowances.horizon(instance, training.curve());
  }

  /** First epoch that cannot be predicted, or a number beyond all epochs. */
  int horizon() {
    return horizon;
  }

  private boolean isExact() {
    return pair.exact() || instance.tier() == Tier.EXACT;
  }

  List<ProbeFinding> findings() {
    List<ProbeFinding> first =
        TraceComparison.compare(expected, actual, name -> allowance(name, false));
    List<ProbeFinding> judged = new ArrayList<>();
    for (ProbeFinding finding : first) {
      judged.add(finding instanceof ProbeFinding.ValueMismatch m ? reconsider(m, judged) : finding);
    }
    return List.copyOf(judged);
  }

  private Allowance allowance(String name, boolean reach) {
    HostTensor tensor = expected.probes().get(name);
    if (isExact() || tensor == null) {
      return new Allowance.Exact();
    }
    Case.Allowance byHand =
        instance
            .question()
            .probe(name)
            .map(p -> p.allowed().get(instance.dtype().torchName()))
            .orElse(null);
    if (byHand != null) {
      return new Allowance.ByHand(byHand.rtol(), byHand.atol(), byHand.reason());
    }
    Allowance computed =
        reach ? allowances.reach(instance, name, tensor) : allowances.tight(instance, name, tensor);
    return isCurve(name) && computed instanceof Allowance.Computed c
        ? predictable(c, tensor)
        : computed;
  }

  private boolean isCurve(String name) {
    Case.Training training = instance.question().training();
    return training != null && training.curve().equals(name);
  }

  /** The curve's values are judged up to the horizon; {@link CurveJudge} judges the rest. */
  private Allowance predictable(Allowance.Computed computed, HostTensor curve) {
    double[] rows = computed.rows();
    for (int e = horizon; e < rows.length; e++) {
      rows[e] = Double.POSITIVE_INFINITY;
    }
    return new Allowance.Computed(rows, 1, curve.dtype());
  }

  private ProbeFinding reconsider(ProbeFinding.ValueMismatch mismatch, List<ProbeFinding> before) {
    Case.Probe probe = instance.question().probe(mismatch.probe()).orElse(null);
    if (probe != null && probe.argmaxOf() != null && !isExact()) {
      return new MarginRule(expected, actual)
          .judge(mismatch, probe.argmaxOf(), before)
          .orElse(mismatch);
    }
    HostTensor e = Objects.requireNonNull(expected.probes().get(mismatch.probe()));
    HostTensor a = Objects.requireNonNull(actual.probes().get(mismatch.probe()));
    Allowance reach = allowance(mismatch.probe(), true);
    if (!(reach instanceof Allowance.Computed)) {
      return mismatch;
    }
    ProbeFinding wider = TensorComparison.compare(mismatch.probe(), e, a, reach);
    if (wider instanceof ProbeFinding.Match match) {
      return atKink(mismatch, match.difference().allowed(), false);
    }
    HostTensor nearest = allowances.nearestOutcome(instance, mismatch.probe(), e, a);
    if (TensorComparison.compare(mismatch.probe(), nearest, a, allowance(mismatch.probe(), false))
        instanceof ProbeFinding.Match) {
      return atKink(mismatch, mismatch.difference().statistics().maxAbsolute(), false);
    }
    if ((stepsAgree || hasItsLossesAlone(before))
        && instance.tier() == Tier.FLOAT32
        && before.stream().allMatch(ProbeFinding::matches)
        && isTrained(mismatch.probe(), before)
        && isWithinShare(mismatch, e, a)) {
      return atKink(mismatch, KINK_SHARE * greatest(e), true);
    }
    return isPastHorizon(mismatch, before)
        ? new ProbeFinding.PastHorizon(mismatch.probe(), mismatch.difference(), horizon)
        : mismatch;
  }

  /** True where a case has no single steps, and the losses of all epochs agree. */
  private boolean hasItsLossesAlone(List<ProbeFinding> before) {
    Case.Training training = instance.question().training();
    return training != null
        && training.steps() == null
        && horizon >= epochs()
        && before.stream().anyMatch(f -> isCurve(f.probe()) && f instanceof ProbeFinding.Match);
  }

  /** A curve, whose greatest value is its first, is held to the share of each of its values. */
  private boolean isWithinShare(
      ProbeFinding.ValueMismatch mismatch, HostTensor expected, HostTensor actual) {
    if (!isCurve(mismatch.probe())) {
      return mismatch.difference().statistics().maxAbsolute() <= KINK_SHARE * greatest(expected);
    }
    return IntStream.range(0, Math.min(horizon, expected.numel()))
        .allMatch(
            epoch -> {
              double value = expected.getDouble(epoch);
              return Math.abs(actual.getDouble(epoch) - value) <= KINK_SHARE * Math.abs(value);
            });
  }

  /**
   * True if all that differs comes out of epochs that cannot be predicted, and they alone; what is
   * no number where the reference has one is never of that kind.
   */
  private boolean isPastHorizon(ProbeFinding.ValueMismatch mismatch, List<ProbeFinding> before) {
    Case.Training training = instance.question().training();
    if (training == null
        || horizon >= epochs()
        || mismatch.difference().statistics().hasLostNumbers()
        || isCurve(mismatch.probe()) // up to the horizon it is allowed what can be predicted
        || !isTrained(mismatch.probe(), before)) {
      return false;
    }
    if (training.isState(mismatch.probe())) {
      return epochsOfState(mismatch.pattern()) >= horizon;
    }
    return before.stream()
        .filter(f -> isCurve(f.probe()))
        .allMatch(ProbeFinding::matches); // what comes after the curve follows from its last epoch
  }

  /** How many epochs lead to the first state that differs. */
  private long epochsOfState(RowPattern states) {
    int every = instance.question().parameters().path("state_every").asInt();
    long each = every > 0 ? every : epochs() / Math.max(1, states.rows());
    return (states.first() + 1) * each;
  }

  private static ProbeFinding.AtKink atKink(
      ProbeFinding.ValueMismatch mismatch, double reach, boolean supposed) {
    RowPattern rows = mismatch.pattern();
    return new ProbeFinding.AtKink(
        mismatch.probe(), mismatch.difference(), rows.count(), rows.first(), reach, supposed);
  }

  private int epochs() {
    Case.Training training = instance.question().training();
    HostTensor curve = training == null ? null : expected.probes().get(training.curve());
    return curve == null ? 0 : curve.numel();
  }

  private static double greatest(HostTensor tensor) {
    double greatest = 0;
    for (int i = 0; i < tensor.numel(); i++) {
      greatest = Math.max(greatest, Math.abs(tensor.getDouble(i)));
    }
    return greatest;
  }

  /** True for what comes out of training, not for what goes in or the first step. */
  private boolean isTrained(String name, List<ProbeFinding> before) {
    Case.Training training = instance.question().training();
    if (training == null) {
      return instance.question().parameters().has("epochs") && !instance.isSteps();
    }
    return training.isState(name)
        || training.curve().equals(name)
        || before.stream().anyMatch(f -> f.probe().equals(training.curve()));
  }
}

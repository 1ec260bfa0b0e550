package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.allowance.InstanceNoise;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Tier;

/** Judges one instance of one pair: its probes, its loss curve, whether it is alive. */
final class InstanceJudge {
  private final Instance instance;
  private final Pair pair;
  private final Allowances allowances;
  private final Optional<ProbeFinding> unsteady;
  private final boolean stepsAgree;

  InstanceJudge(
      Instance instance,
      Pair pair,
      Allowances allowances,
      Optional<ProbeFinding> unsteady,
      boolean stepsAgree) {
    this.stepsAgree = stepsAgree;
    this.instance = instance;
    this.pair = pair;
    this.allowances = allowances;
    this.unsteady = unsteady;
  }

  Judgement judge(Outcome expected, Outcome actual) {
    if (expected instanceof Outcome.Traced e && actual instanceof Outcome.Traced a) {
      return compare(e.trace(), a.trace());
    }
    String why =
        problem(pair.candidate(), actual).isEmpty()
            ? problem(pair.reference(), expected)
            : problem(pair.candidate(), actual);
    boolean failed = expected instanceof Outcome.Failed || actual instanceof Outcome.Failed;
    return new Judgement(instance, pair, failed ? Verdict.FAILED : Verdict.NOT_RUN, why, List.of());
  }

  private Judgement compare(Trace expected, Trace actual) {
    ProbeJudge probes = new ProbeJudge(instance, pair, expected, actual, allowances, stepsAgree);
    List<ProbeFinding> findings = probes.findings();
    Optional<CurveVerdict> curve = curve(expected, actual, findings, probes.horizon());
    Liveness ofReference = Liveness.of(instance, expected);
    Liveness ofCandidate = Liveness.of(instance, actual);
    List<String> notes = new ArrayList<>();
    boolean needsAllowance = !pair.exact() && instance.tier() != Tier.EXACT;
    if (needsAllowance && allowances.missing().containsKey(instance)) {
      notes.add("no allowance could be computed: " + allowances.missing().get(instance));
    }
    boolean match =
        !findings.isEmpty()
            && findings.stream().allMatch(ProbeFinding::matches)
            && curve.map(CurveVerdict::matches).orElse(true);
    Verdict verdict = match ? Verdict.MATCH : Verdict.MISMATCH;
    String reason = "";
    if (unsteady.isPresent()) {
      verdict = Verdict.NON_DETERMINISTIC;
      reason =
          "two runs of %s differ at %s".formatted(pair.reference().name(), unsteady.get().probe());
    } else if (match
        && (ofReference instanceof Liveness.Dead || ofCandidate instanceof Liveness.Dead)) {
      verdict = Verdict.DEAD;
      reason =
          ofReference instanceof Liveness.Dead d ? d.why() : ((Liveness.Dead) ofCandidate).why();
    } else if (match && ofReference instanceof Liveness.TooShort s) {
      verdict = Verdict.TOO_SHORT;
      reason = s.what();
    }
    Evidence evidence =
        new Evidence(
            curve,
            ofReference,
            errors(expected, actual),
            EnvironmentDifference.of(expected.provenance(), actual.provenance()),
            notes);
    return new Judgement(instance, pair, verdict, reason, findings, evidence);
  }

  private Optional<CurveVerdict> curve(
      Trace expected, Trace actual, List<ProbeFinding> findings, int horizon) {
    Case.Training training = instance.question().training();
    Optional<InstanceNoise> noise = allowances.of(instance);
    if (training == null
        || noise.isEmpty()
        || noise.get().curves().isEmpty()
        || pair.exact()
        || instance.tier() == Tier.EXACT) {
      return Optional.empty();
    }
    HostTensor e = expected.probes().get(training.curve());
    HostTensor a = actual.probes().get(training.curve());
    if (e == null || a == null || !e.shape().equals(a.shape()) || e.dtype() != a.dtype()) {
      return Optional.empty(); // a finding says so
    }
    return findings.stream()
        .filter(f -> f.probe().equals(training.curve()))
        .findFirst()
        .map(f -> new CurveJudge(e, a, noise.get().curves(), horizon).judge(f));
  }

  private Map<String, Evidence.Errors> errors(Trace expected, Trace actual) {
    Map<String, Evidence.Errors> errors = new LinkedHashMap<>();
    allowances
        .of(instance)
        .ifPresent(
            noise ->
                noise
                    .truth()
                    .forEach(
                        (name, truth) -> {
                          HostTensor e = expected.probes().get(name);
                          HostTensor a = actual.probes().get(name);
                          if (truth.dtype().isFloatingPoint() && e != null && a != null) {
                            errors.put(name, new Evidence.Errors(error(e, truth), error(a, truth)));
                          }
                        }));
    return errors;
  }

  private static double error(HostTensor tensor, HostTensor truth) {
    if (!tensor.shape().equals(truth.shape())) {
      return Double.NaN;
    }
    double greatest = 0;
    for (int i = 0; i < truth.numel(); i++) {
      double apart = Math.abs(tensor.getDouble(i) - truth.getDouble(i));
      greatest = Double.isNaN(apart) ? apart : Math.max(greatest, apart);
    }
    return greatest;
  }

  private static String problem(Port port, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return port.name() + ": " + failed.reason();
    }
    return outcome instanceof Outcome.NotRun notRun ? port.name() + ": " + notRun.reason() : "";
  }
}

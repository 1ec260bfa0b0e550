package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import torchparity.cases.Case;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.Tolerance;
import torchparity.harness.comparison.TraceComparison;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Tier;

/**
 * A run and everything that was concluded from it.
 *
 * @param runs one for each port
 * @param judgements one for each instance and pair
 * @param unmet what traces lack of what their case expects
 */
public record JudgedRun(List<PortRun> runs, List<Judgement> judgements, List<Unmet> unmet) {
  public JudgedRun {
    runs = List.copyOf(runs);
    judgements = List.copyOf(judgements);
    unmet = List.copyOf(unmet);
  }

  /** Compares every pair in every instance. */
  public static JudgedRun of(List<Instance> instances, List<PortRun> runs, Port reference) {
    Map<Port, PortRun> byPort =
        runs.stream().collect(Collectors.toMap(PortRun::port, Function.identity()));
    List<Judgement> judgements = new ArrayList<>();
    List<Unmet> unmet = new ArrayList<>();
    for (Instance instance : instances) {
      for (PortRun run : runs) {
        if (run.outcomes().get(instance) instanceof Outcome.Traced traced) {
          unmet.addAll(Expectations.unmet(instance, run.port().name(), traced.trace()));
        }
      }
      for (Pair pair : Pair.of(runs.stream().map(PortRun::port).toList(), reference)) {
        judgements.add(
            judge(
                instance,
                pair,
                outcome(byPort, pair.reference(), instance),
                outcome(byPort, pair.candidate(), instance)));
      }
    }
    return new JudgedRun(runs, judgements, unmet);
  }

  /** How many pairs of traces were compared. */
  public long compared() {
    return judgements.stream().filter(j -> !j.findings().isEmpty()).count();
  }

  public boolean anyFailed() {
    return runs.stream().anyMatch(PortRun::failed);
  }

  /** Ports of which nothing was compared. */
  public List<String> idle() {
    return runs.stream()
        .map(PortRun::port)
        .filter(
            port ->
                judgements.stream()
                    .filter(j -> !j.findings().isEmpty())
                    .noneMatch(
                        j ->
                            j.pair().reference().equals(port) || j.pair().candidate().equals(port)))
        .map(Port::name)
        .toList();
  }

  /** True if each port was compared, all of it matches, and every expectation is met. */
  public boolean isParity() {
    return compared() > 0
        && idle().isEmpty()
        && unmet.isEmpty()
        && !anyFailed()
        && judgements.stream().noneMatch(j -> j.verdict() == Verdict.MISMATCH);
  }

  private static Outcome outcome(Map<Port, PortRun> byPort, Port port, Instance instance) {
    PortRun run = byPort.get(port);
    Outcome outcome = run == null ? null : run.outcomes().get(instance);
    return outcome == null ? new Outcome.NotRun("it was not asked to") : outcome;
  }

  private static Judgement judge(Instance instance, Pair pair, Outcome expected, Outcome actual) {
    if (expected instanceof Outcome.Traced e && actual instanceof Outcome.Traced a) {
      List<ProbeFinding> findings =
          TraceComparison.compare(e.trace(), a.trace(), probe -> tolerance(instance, pair, probe));
      boolean match = !findings.isEmpty() && findings.stream().allMatch(ProbeFinding::matches);
      return new Judgement(instance, pair, match ? Verdict.MATCH : Verdict.MISMATCH, "", findings);
    }
    String why =
        problem(pair.candidate(), actual).isEmpty()
            ? problem(pair.reference(), expected)
            : problem(pair.candidate(), actual);
    boolean failed = expected instanceof Outcome.Failed || actual instanceof Outcome.Failed;
    return new Judgement(instance, pair, failed ? Verdict.FAILED : Verdict.NOT_RUN, why, List.of());
  }

  private static String problem(Port port, Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      return port.name() + ": " + failed.reason();
    }
    return outcome instanceof Outcome.NotRun notRun ? port.name() + ": " + notRun.reason() : "";
  }

  private static Tolerance tolerance(Instance instance, Pair pair, String probe) {
    if (pair.exact() || instance.tier() == Tier.EXACT) {
      return Tolerance.EXACT;
    }
    return instance
        .question()
        .probe(probe)
        .map(p -> p.allowed().get(instance.dtype().torchName()))
        .map(JudgedRun::tolerance)
        .orElse(Tolerance.EXACT);
  }

  private static Tolerance tolerance(Case.Allowance allowance) {
    return new Tolerance(allowance.rtol(), allowance.atol());
  }
}

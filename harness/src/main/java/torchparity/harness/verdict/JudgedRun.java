package torchparity.harness.verdict;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;

/**
 * A run and everything that was concluded from it.
 *
 * @param runs one for each port
 * @param judgements one for each instance and pair
 * @param unmet what traces lack of what their case expects, and no known difference tells of
 * @param unused known differences that did not occur, though they were looked for, expired ones,
 *     and those of ports that nobody knows
 */
public record JudgedRun(
    List<PortRun> runs, List<Judgement> judgements, List<Unmet> unmet, List<String> unused) {
  public JudgedRun {
    runs = List.copyOf(runs);
    judgements = List.copyOf(judgements);
    unmet = List.copyOf(unmet);
    unused = List.copyOf(unused);
  }

  /**
   * What judging takes beside the runs.
   *
   * @param allowances what rounding explains
   * @param again the reference's second run, or empty if it ran once
   * @param known differences that are known
   */
  public record Grounds(Allowances allowances, Optional<PortRun> again, KnownDifferences known) {
    public static final Grounds NONE =
        new Grounds(Allowances.NONE, Optional.empty(), KnownDifferences.NONE);
  }

  /** Compares every pair in every instance. */
  public static JudgedRun of(
      List<Instance> instances, List<PortRun> runs, Port reference, Grounds grounds) {
    Map<Port, PortRun> byPort =
        runs.stream().collect(Collectors.toMap(PortRun::port, Function.identity()));
    List<Judgement> judgements = new ArrayList<>();
    List<Unmet> unmet = new ArrayList<>();
    StepEvidence steps = new StepEvidence(instances, (port, i) -> outcome(byPort, port, i));
    List<Instance> stepsFirst =
        instances.stream().sorted(Comparator.comparing(i -> i.isSteps() ? 0 : 1)).toList();
    for (Instance instance : stepsFirst) {
      for (PortRun run : runs) {
        if (run.outcomes().get(instance) instanceof Outcome.Traced traced) {
          unmet.addAll(Expectations.unmet(instance, run.port().name(), traced.trace()));
        }
      }
      Outcome expected = outcome(byPort, reference, instance);
      Optional<ProbeFinding> unsteady = unsteady(instance, reference, expected, grounds);
      for (Pair pair : Pair.of(runs.stream().map(PortRun::port).toList(), reference)) {
        boolean concerned = pair.reference().equals(reference);
        Judgement judged =
            new InstanceJudge(
                    instance,
                    pair,
                    grounds.allowances(),
                    concerned ? unsteady : Optional.empty(),
                    steps.agree(pair, instance))
                .judge(
                    outcome(byPort, pair.reference(), instance),
                    outcome(byPort, pair.candidate(), instance));
        Judgement judgement = concerned ? unchecked(judged, grounds) : judged;
        judgements.add(judgement);
        steps.add(judgement);
      }
    }
    KnownDifferences.Applied applied =
        grounds.known().apply(inOrder(judgements, instances), LocalDate.now(ZoneOffset.UTC));
    unmet.removeIf(u -> applied.judgements().stream().anyMatch(j -> j.knows(u)));
    return new JudgedRun(runs, applied.judgements(), unmet, applied.unused());
  }

  private static List<Judgement> inOrder(List<Judgement> judged, List<Instance> instances) {
    return judged.stream()
        .sorted(Comparator.comparingInt(j -> instances.indexOf(j.instance())))
        .toList();
  }

  /** Where the reference's second run differs from its first. */
  private static Optional<ProbeFinding> unsteady(
      Instance instance, Port reference, Outcome first, Grounds grounds) {
    Outcome second = grounds.again().map(run -> run.outcomes().get(instance)).orElse(null);
    if (first instanceof Outcome.Traced e && second instanceof Outcome.Traced a) {
      Pair self = new Pair(reference, reference, true);
      return new ProbeJudge(instance, self, e.trace(), a.trace(), Allowances.NONE, false)
          .findings().stream().filter(f -> !f.matches()).findFirst();
    }
    return Optional.empty();
  }

  /** Failed, with all that was found, if the reference's second run was to check it and failed. */
  private static Judgement unchecked(Judgement judged, Grounds grounds) {
    if (judged.findings().isEmpty() || grounds.again().isEmpty()) {
      return judged;
    }
    PortRun again = grounds.again().get();
    String failure =
        again.outcomes().get(judged.instance()) instanceof Outcome.Failed failed
            ? failed.reason()
            : again.problem();
    return failure.isEmpty()
        ? judged
        : new Judgement(
            judged.instance(),
            judged.pair(),
            Verdict.FAILED,
            "the reference was to run twice, and the second run failed: " + failure,
            judged.findings(),
            judged.evidence());
  }

  /** How many pairs of traces were compared. */
  public long compared() {
    return judgements.stream().filter(j -> !j.findings().isEmpty()).count();
  }

  /** True if a port failed, or the reference's second run. */
  public boolean anyFailed() {
    return runs.stream().anyMatch(PortRun::failed)
        || judgements.stream().anyMatch(j -> j.verdict() == Verdict.FAILED);
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
        && judgements.stream().noneMatch(j -> j.verdict().fails());
  }

  private static Outcome outcome(Map<Port, PortRun> byPort, Port port, Instance instance) {
    PortRun run = byPort.get(port);
    Outcome outcome = run == null ? null : run.outcomes().get(instance);
    return outcome == null ? new Outcome.NotRun("it was not asked to") : outcome;
  }
}

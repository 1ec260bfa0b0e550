package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/** The failures that a person should read, each told once. */
final class Failures {
  private Failures() {}

  /**
   * Failures of one cause together: those of one case and pair with the same first probe or the
   * same reason. Where a port differs from the reference, that it also differs from its sibling is
   * left out: it follows.
   */
  static List<List<Judgement>> grouped(JudgedRun run) {
    Map<List<String>, List<Judgement>> groups = new LinkedHashMap<>();
    run.judgements().stream()
        .filter(j -> j.verdict().fails())
        .filter(j -> !follows(j, run))
        .sorted(Comparator.comparing(Judgement::verdict))
        .forEach(j -> groups.computeIfAbsent(cause(j), k -> new ArrayList<>()).add(j));
    return List.copyOf(groups.values());
  }

  private static List<String> cause(Judgement j) {
    if (j.verdict() == Verdict.FAILED) {
      return List.of("failed", j.reason());
    }
    return List.of(
        j.verdict().name(),
        j.instance().title(),
        j.pair().title(),
        j.root().map(ProbeFinding::probe).orElse(""));
  }

  private static boolean follows(Judgement j, JudgedRun run) {
    Port reference = run.judgements().get(0).pair().reference();
    if (j.pair().reference().equals(reference)) {
      return false;
    }
    return run.judgements().stream()
        .filter(other -> other.instance().equals(j.instance()))
        .filter(other -> other.verdict() == Verdict.MISMATCH)
        .anyMatch(
            other ->
                other.pair().reference().equals(reference)
                    && isMember(other.pair().candidate(), j));
  }

  private static boolean isMember(Port port, Judgement j) {
    return port.equals(j.pair().reference()) || port.equals(j.pair().candidate());
  }
}

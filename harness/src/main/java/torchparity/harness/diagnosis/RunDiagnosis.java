package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/** Chooses the failures of a run that are worth a diagnosis. */
public final class RunDiagnosis {
  private static final int MOST_OF_A_CANDIDATE = 2;

  private RunDiagnosis() {}

  /**
   * For each candidate one failure for each first probe that differs, and one for an error: a run
   * may fail in every case for the same reason. Single steps are looked at where nothing else
   * fails: what fails in them fails sooner in training.
   */
  public static List<Failure> worthIt(JudgedRun run, Port reference) {
    Map<List<String>, Failure> kinds = new LinkedHashMap<>();
    List<Judgement> stepsLast =
        run.judgements().stream()
            .sorted(Comparator.comparing(j -> j.instance().isSteps()))
            .toList();
    for (Judgement j : stepsLast) {
      boolean wrong = j.verdict() == Verdict.MISMATCH || j.verdict() == Verdict.FAILED;
      if (wrong
          && !j.instance().isIsolated()
          && j.pair().reference().equals(reference)
          && (!j.instance().isSteps() || !fails(kinds.keySet(), j.pair().candidate()))) {
        String root = j.root().map(ProbeFinding::probe).orElse("");
        kinds.putIfAbsent(
            List.of(j.pair().candidate().name(), root),
            new Failure(j.instance(), reference, j.pair().candidate()));
      }
    }
    Map<Port, Integer> chosen = new HashMap<>();
    List<Failure> worthIt = new ArrayList<>();
    for (Failure failure : kinds.values()) {
      if (chosen.merge(failure.candidate(), 1, Integer::sum) <= MOST_OF_A_CANDIDATE) {
        worthIt.add(failure);
      }
    }
    return worthIt;
  }

  private static boolean fails(Set<List<String>> kinds, Port candidate) {
    return kinds.stream().anyMatch(kind -> kind.get(0).equals(candidate.name()));
  }
}

package torchparity.harness.diagnosis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Replays;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/** Diagnoses the failures of a run, one of each kind. */
public final class RunDiagnosis {
  private static final int MOST = 3;

  private RunDiagnosis() {}

  /**
   * The failures that are worth a diagnosis: for each candidate one for each first probe that
   * differs, or one for an error; a run may fail in every case for the same reason.
   */
  public static List<Judgement> worthIt(JudgedRun run, Port reference) {
    Map<List<String>, Judgement> kinds = new LinkedHashMap<>();
    for (Judgement j : run.judgements()) {
      boolean wrong = j.verdict() == Verdict.MISMATCH || j.verdict() == Verdict.FAILED;
      if (wrong && j.pair().reference().equals(reference)) {
        String root = j.root().map(ProbeFinding::probe).orElse("");
        kinds.putIfAbsent(List.of(j.pair().candidate().name(), j.verdict().name(), root), j);
      }
    }
    return kinds.values().stream().limit(MOST).toList();
  }

  /** Diagnoses each of {@code failures}; logs and replays go into folders below {@code folder}. */
  public static List<Diagnosis> of(
      List<Judgement> failures, Path folder, Path replay, Duration timeout)
      throws IOException, InterruptedException {
    List<Diagnosis> diagnoses = new ArrayList<>();
    for (Judgement j : failures) {
      Path own = folder.resolve("%s.%s".formatted(j.instance().id(), j.pair().candidate().name()));
      Investigation investigation = new Investigation(own, new Replays(replay, timeout), timeout);
      diagnoses.add(investigation.of(j.instance(), j.pair().reference(), j.pair().candidate()));
    }
    return diagnoses;
  }
}

package torchparity.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Pair;
import torchparity.harness.verdict.Verdict;

/**
 * Which stages of each port are right by themselves: those that take tensors by how they do on the
 * reference's, the others by how they do on their own.
 */
final class Stages {
  private Stages() {}

  /** A line for each pair that is compared; none if nothing ran by itself. */
  static List<String> lines(JudgedRun run) {
    Map<Pair, Map<String, Boolean>> right = new LinkedHashMap<>();
    TreeSet<String> taking = new TreeSet<>();
    for (Judgement j : run.judgements()) {
      if (j.instance().isIsolated()) {
        taking.add(j.instance().question().name());
      }
    }
    for (Judgement j : run.judgements()) {
      String stage = j.instance().question().name();
      boolean decides = taking.contains(stage) == j.instance().isIsolated();
      boolean ran = j.verdict() != Verdict.NOT_RUN;
      if (ran && decides && !j.instance().isSteps() && !j.pair().exact()) {
        right
            .computeIfAbsent(j.pair(), p -> new LinkedHashMap<>())
            .merge(stage, !j.verdict().fails(), Boolean::logicalAnd);
      }
    }
    List<String> lines = new ArrayList<>();
    if (!taking.isEmpty()) {
      right.forEach((pair, stages) -> lines.add(line(pair, stages)));
    }
    return lines;
  }

  private static String line(Pair pair, Map<String, Boolean> stages) {
    String wrong = named(stages, false);
    String right = named(stages, true);
    return "%s, each stage by itself: %s"
        .formatted(
            pair.title(),
            wrong.isEmpty()
                ? "all right"
                : "wrong is " + wrong + (right.isEmpty() ? "" : "; right are " + right));
  }

  private static String named(Map<String, Boolean> stages, boolean right) {
    List<String> names = new ArrayList<>();
    stages.forEach(
        (name, is) -> {
          if (is == right) {
            names.add(name);
          }
        });
    return String.join(", ", names);
  }
}

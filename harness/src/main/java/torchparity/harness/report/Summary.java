package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import torchparity.harness.run.Tier;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/** A run's judgements as rows for people: one for each case, tier and dtype, the worst first. */
final class Summary {
  private Summary() {}

  /**
   * One row.
   *
   * @param cells by the pair's title: the judgements of all seeds
   */
  record Row(String caseName, String tier, String dtype, Map<String, List<Judgement>> cells) {
    Verdict worst() {
      return all().map(Judgement::verdict).min(Comparator.naturalOrder()).orElseThrow();
    }

    double used() {
      return all().mapToDouble(Judgement::used).max().orElse(0);
    }

    private Stream<Judgement> all() {
      return cells.values().stream().flatMap(List::stream);
    }
  }

  static List<Row> rows(JudgedRun run) {
    Map<List<String>, Row> rows = new LinkedHashMap<>();
    for (Judgement j : run.judgements()) {
      String name = j.instance().title();
      String dtype = j.instance().dtype().torchName();
      String tier = j.instance().tier() == Tier.EXACT ? "exact" : "rounding";
      rows.computeIfAbsent(
              List.of(name, tier, dtype), k -> new Row(name, tier, dtype, new LinkedHashMap<>()))
          .cells
          .computeIfAbsent(j.pair().title(), k -> new ArrayList<>())
          .add(j);
    }
    return rows.values().stream()
        .sorted(
            Comparator.comparing(Row::worst)
                .thenComparing(Comparator.comparingDouble(Row::used).reversed()))
        .toList();
  }

  /** What one cell says: the worst of its seeds, and how many are so. */
  static String cell(List<Judgement> judgements) {
    Verdict worst =
        judgements.stream().map(Judgement::verdict).min(Comparator.naturalOrder()).orElseThrow();
    long count = judgements.stream().filter(j -> j.verdict() == worst).count();
    String of = judgements.size() == 1 ? "" : " %d/%d".formatted(count, judgements.size());
    return switch (worst) {
      case FAILED -> "@|bold,red FAILED" + of + "|@";
      case MISMATCH -> "@|bold,red MISMATCH" + of + "|@";
      case NON_DETERMINISTIC -> "@|bold,red UNSTEADY" + of + "|@";
      case DEAD -> "@|bold,red DEAD" + of + "|@";
      case KNOWN_DIFFERENCE -> "@|yellow known" + of + "|@";
      case TOO_SHORT -> "@|green " + match(judgements) + ", short|@";
      case NOT_RUN -> "@|yellow not run" + of + "|@";
      case MATCH -> "@|green " + match(judgements) + "|@";
    };
  }

  private static String match(List<Judgement> judgements) {
    if (judgements.stream().allMatch(Judgement::identical)) {
      return "identical";
    }
    double used = judgements.stream().mapToDouble(Judgement::used).max().orElse(0);
    return "match (%s)".formatted(used < 0.01 ? "<1 %" : "%.0f %%".formatted(100 * used));
  }
}

package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.verdict.Verdict;

/**
 * A run as a table: a row for each case, tier and dtype, the worst first, and a column for each
 * pair of ports.
 *
 * @param pairs titles of the columns, such as {@code nu / python}
 */
public record Matrix(List<String> pairs, List<Row> rows) {
  public Matrix {
    pairs = List.copyOf(pairs);
    rows = List.copyOf(rows);
  }

  /**
   * One row.
   *
   * @param cells by the pair: the comparisons of all seeds, the worst first
   */
  public record Row(
      String caseName,
      String start,
      String tier,
      String dtype,
      Map<String, List<Comparison>> cells) {
    public Row {
      Map<String, List<Comparison>> sorted = new LinkedHashMap<>();
      cells.forEach((pair, all) -> sorted.put(pair, all.stream().sorted(WORST_FIRST).toList()));
      cells = Collections.unmodifiableMap(sorted);
    }

    /** Unique in a matrix, and fit for a link. */
    public String id() {
      return "%s-%s-%s-%s".formatted(caseName, start, tier, dtype);
    }

    /** The case, and whether it is about single steps. */
    public String title() {
      return worst().title();
    }

    /** The worst comparison of all. */
    public Comparison worst() {
      return cells.values().stream().map(all -> all.get(0)).min(WORST_FIRST).orElseThrow();
    }
  }

  private static final Comparator<Comparison> WORST_FIRST =
      Comparator.comparing(Comparison::verdict)
          .thenComparing(Comparator.comparingDouble(Matrix::severity).reversed());

  /** The table of a run. */
  public static Matrix of(ResultDocument run) {
    Map<List<String>, Map<String, List<Comparison>>> rows = new LinkedHashMap<>();
    Set<String> pairs = new LinkedHashSet<>();
    for (Comparison c : run.comparisons()) {
      pairs.add(c.pair());
      String tier = c.tier().equals("exact") ? "exact" : "rounding";
      rows.computeIfAbsent(
              List.of(c.caseName(), c.start(), tier, c.dtype()), k -> new LinkedHashMap<>())
          .computeIfAbsent(c.pair(), k -> new ArrayList<>())
          .add(c);
    }
    List<Row> all = new ArrayList<>();
    rows.forEach(
        (key, cells) -> all.add(new Row(key.get(0), key.get(1), key.get(2), key.get(3), cells)));
    all.sort(Comparator.comparing(Row::worst, WORST_FIRST));
    return new Matrix(List.copyOf(pairs), all);
  }

  private static double severity(Comparison c) {
    return c.verdict().fails() ? c.used() : c.usedByMatches();
  }

  /** What one cell says: the worst of its seeds, and how many are so. */
  public static String text(List<Comparison> cell) {
    Verdict worst = cell.get(0).verdict();
    long count = cell.stream().filter(c -> c.verdict() == worst).count();
    String of = cell.size() == 1 ? "" : " %d/%d".formatted(count, cell.size());
    return switch (worst) {
      case FAILED -> "FAILED" + of;
      case MISMATCH -> "MISMATCH" + of;
      case NON_DETERMINISTIC -> "UNSTEADY" + of;
      case DEAD -> "DEAD" + of;
      case KNOWN_DIFFERENCE -> "known" + of;
      case TOO_SHORT -> match(cell) + ", short";
      case NOT_RUN -> "not run" + of;
      case MATCH -> match(cell);
    };
  }

  private static String match(List<Comparison> cell) {
    if (cell.stream().allMatch(Comparison::identical)) {
      return "identical";
    }
    double used = cell.stream().mapToDouble(Comparison::usedByMatches).max().orElse(0);
    return "match (%s)".formatted(used < 0.01 ? "<1 %" : "%.0f %%".formatted(100 * used));
  }
}

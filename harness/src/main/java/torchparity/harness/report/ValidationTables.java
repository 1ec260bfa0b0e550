package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.Statistics;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Verdict;

/**
 * Tables over many seeds: how often clean runs alarm, how tight the allowances are, how often a
 * small error is found.
 */
public final class ValidationTables {
  private static final int FEW = 10;

  private final Map<String, Map<Verdict, Integer>> verdicts = new TreeMap<>();
  private final Map<String, List<double[]>> tightness = new LinkedHashMap<>();
  private final DetectionTable detection = new DetectionTable();
  private final List<String> alarms = new ArrayList<>();
  private final Map<String, Excused> excused = new TreeMap<>();
  private final Map<String, Map<Long, Integer>> predicted = new LinkedHashMap<>();

  /**
   * Differences beyond what proportional rounding allows that passed all the same.
   *
   * @param count how many
   * @param seen the greatest
   * @param reach how far was let through at most
   */
  private record Excused(int count, double seen, double reach) {
    private Excused and(Excused other) {
      return new Excused(
          count + other.count, Math.max(seen, other.seen), Math.max(reach, other.reach));
    }

    private static Optional<Excused> of(ProbeFinding finding) {
      if (finding instanceof ProbeFinding.AtKink k) {
        double seen = k.difference().statistics().maxAbsolute();
        return Optional.of(new Excused(1, seen, k.reach()));
      }
      if (finding instanceof ProbeFinding.AtMargin m) {
        return Optional.of(new Excused(1, m.margin(), m.allowed()));
      }
      return finding instanceof ProbeFinding.PastHorizon p
          ? Optional.of(
              new Excused(1, p.difference().statistics().maxAbsolute(), Double.POSITIVE_INFINITY))
          : Optional.empty();
    }
  }

  /** Adds one run. */
  public void add(JudgedRun run) {
    run.unmet()
        .forEach(
            u ->
                alarms.add(
                    "%s, %s: %s: %s"
                        .formatted(u.port(), u.instance().id(), u.probe(), u.problem())));
    for (Judgement j : run.judgements()) {
      String pair = "%s, %s".formatted(j.pair().title(), j.instance().tier());
      verdicts.computeIfAbsent(pair, k -> new TreeMap<>()).merge(j.verdict(), 1, Integer::sum);
      detection.add(j);
      if (j.verdict().fails() || j.verdict() == Verdict.NOT_RUN) {
        String root = j.root().map(f -> f.probe() + ": " + FindingText.of(f)).orElse(j.reason());
        alarms.add("%s, %s: %s".formatted(j.pair().title(), j.instance().id(), root));
      }
      j.evidence()
          .curve()
          .ifPresent(
              curve ->
                  predicted
                      .computeIfAbsent(
                          "%s %s".formatted(j.instance().question().name(), j.instance().tier()),
                          k -> new TreeMap<>())
                      .put(j.instance().seed(), curve.horizon() - 1));
      for (ProbeFinding f : j.findings()) {
        String what =
            "%s %s, %s".formatted(f.getClass().getSimpleName(), j.instance().tier(), f.probe());
        Excused.of(f).ifPresent(e -> excused.merge(what, e, Excused::and));
        f.measured()
            .filter(d -> d.allowance() instanceof Allowance.Computed)
            .ifPresent(d -> measure(j, f.probe(), d));
      }
    }
  }

  private void measure(Judgement j, String probe, Difference d) {
    Statistics s = d.statistics();
    double[] rows = ((Allowance.Computed) d.allowance()).rows();
    double greatest =
        Arrays.stream(rows).filter(Double::isFinite).max().orElse(0)
            + (d.allowed() - rowAt(d, rows));
    String key =
        "%s %s%s, %s"
            .formatted(
                j.instance().question().name(),
                j.instance().isSteps() ? "steps " : "",
                j.instance().tier(),
                probe);
    tightness
        .computeIfAbsent(key, k -> new ArrayList<>())
        .add(new double[] {s.maxAbsolute(), greatest, s.used()});
  }

  private static double rowAt(Difference d, double[] rows) {
    int row = rows.length == 1 || d.worstIndex().isEmpty() ? 0 : d.worstIndex().get(0).intValue();
    return rows[row];
  }

  /** How many comparisons ended how, and each alarm. */
  public String falseAlarms() {
    StringBuilder text = new StringBuilder("%n%-42s verdicts%n".formatted("pair"));
    verdicts.forEach((pair, counts) -> text.append("%-42s %s%n".formatted(pair, counts)));
    excused.forEach(
        (what, e) ->
            text.append(
                "%-42s %d, seen up to %.1e, let through up to %.1e%n"
                    .formatted(what, e.count, e.seen, e.reach)));
    alarms.stream().limit(40).forEach(a -> text.append("ALARM  %s%n".formatted(a)));
    return text.toString();
  }

  /** Allowance and clean differences of each probe: of the greatest element, over all runs. */
  public String tightness() {
    StringBuilder text =
        new StringBuilder(
            "%n%-48s %9s %9s %9s %9s %7s %7s %6s%n"
                .formatted(
                    "probe",
                    "seen p99",
                    "seen max",
                    "allowed",
                    "greatest",
                    "med/p99",
                    "max/p99",
                    "ratio"));
    tightness.forEach(
        (probe, rows) -> {
          double p99 = quantile(rows, 0, 0.99);
          double median = quantile(rows, 1, 0.5);
          double greatest = quantile(rows, 1, 1);
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-48s %9.1e %9.1e %9.1e %9.1e %7.1f %7.1f %6.2f%n",
                  probe,
                  p99,
                  quantile(rows, 0, 1),
                  median,
                  greatest,
                  median / p99,
                  greatest / p99,
                  quantile(rows, 2, 1)));
        });
    return text.toString();
  }

  /** How many epochs of each loss curve can be predicted, over the seeds; each seed's if few. */
  public String horizons() {
    StringBuilder text =
        new StringBuilder(
            "%n%-48s %9s %9s %9s%n".formatted("epochs predicted", "least", "median", "greatest"));
    predicted.forEach(
        (curve, seeds) -> {
          int[] sorted = seeds.values().stream().mapToInt(Integer::intValue).sorted().toArray();
          text.append(
              "%-48s %9d %9d %9d%s%n"
                  .formatted(
                      curve,
                      sorted[0],
                      sorted[sorted.length / 2],
                      sorted[sorted.length - 1],
                      seeds.size() <= FEW ? "  by seed: " + seeds : ""));
        });
    return text.toString();
  }

  /** For each candidate, in how many seeds it was found, and where first. */
  public String detection() {
    return detection.text();
  }

  /** How many comparisons failed: a study of errors wants them, a clean one does not. */
  public int alarms() {
    return alarms.size();
  }

  /** True if nothing alarmed. */
  public boolean isQuiet() {
    return alarms.isEmpty();
  }

  /** True if every candidate was found in every seed. */
  public boolean allFound() {
    return detection.allFound();
  }

  private static double quantile(List<double[]> rows, int column, double q) {
    double[] sorted = rows.stream().mapToDouble(r -> r[column]).sorted().toArray();
    return sorted[
        (int) Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - (q > 0 ? 1 : 0))];
  }
}

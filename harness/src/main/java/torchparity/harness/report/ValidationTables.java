package torchparity.harness.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private final Map<String, Map<Long, List<String>>> found = new TreeMap<>();
  private final List<String> alarms = new ArrayList<>();
  private final Map<String, Integer> kinks = new TreeMap<>();
  private final Map<String, Map<Long, Integer>> predicted = new LinkedHashMap<>();

  /** Adds one run. */
  public void add(JudgedRun run) {
    for (Judgement j : run.judgements()) {
      String pair = "%s, %s".formatted(j.pair().title(), j.instance().tier());
      verdicts.computeIfAbsent(pair, k -> new TreeMap<>()).merge(j.verdict(), 1, Integer::sum);
      List<String> signs =
          found
              .computeIfAbsent(j.pair().candidate().name(), k -> new TreeMap<>())
              .computeIfAbsent(j.instance().seed(), k -> new ArrayList<>());
      if (j.verdict().fails()) {
        String root = j.root().map(f -> f.probe() + ": " + FindingText.of(f)).orElse(j.reason());
        signs.add(j.root().map(ProbeFinding::probe).orElse(j.verdict().name()));
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
        if (f instanceof ProbeFinding.AtKink
            || f instanceof ProbeFinding.AtMargin
            || f instanceof ProbeFinding.PastHorizon) {
          kinks.merge(
              "%s %s, %s".formatted(f.getClass().getSimpleName(), j.instance().tier(), f.probe()),
              1,
              Integer::sum);
        }
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
    kinks.forEach((what, n) -> text.append("%-42s %d%n".formatted(what, n)));
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

  /** For each candidate, in how many seeds something failed, and where first. */
  public String detection() {
    StringBuilder text =
        new StringBuilder("%n%-24s %10s  first at%n".formatted("candidate", "found"));
    found.forEach(
        (port, seeds) -> {
          long hits = seeds.values().stream().filter(s -> !s.isEmpty()).count();
          Map<String, Integer> where = new TreeMap<>();
          seeds.values().stream()
              .filter(s -> !s.isEmpty())
              .forEach(s -> where.merge(s.get(0), 1, Integer::sum));
          text.append("%-24s %4d of %3d  %s%n".formatted(port, hits, seeds.size(), where));
        });
    return text.toString();
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
    return found.values().stream()
        .flatMap(seeds -> seeds.values().stream())
        .noneMatch(List::isEmpty);
  }

  private static double quantile(List<double[]> rows, int column, double q) {
    double[] sorted = rows.stream().mapToDouble(r -> r[column]).sorted().toArray();
    return sorted[
        (int) Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - (q > 0 ? 1 : 0))];
  }
}

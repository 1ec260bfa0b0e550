package torchparity.harness.report.html;

import java.util.ArrayList;
import java.util.List;
import torchparity.harness.report.FindingText;
import torchparity.harness.report.Matrix;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Measured;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.report.SavedRun;
import torchparity.harness.verdict.Evidence;

/**
 * The part of a page that belongs to one row of the matrix. Of many seeds it shows the worst, so
 * that a page does not grow with their number.
 */
final class Sections {
  private static final int MOST_SEEDS = 20;

  private final SavedRun saved;
  private final Figures figures;

  Sections(SavedRun saved, Figures figures) {
    this.saved = saved;
    this.figures = figures;
  }

  Page.Section section(Matrix.Row row) {
    Comparison worst = row.worst();
    CaseEntry question = saved.document().caseOf(row.caseName());
    List<Page.PairView> pairs = new ArrayList<>();
    List<Comparison> shown = new ArrayList<>();
    row.cells()
        .forEach(
            (pair, all) ->
                all.stream()
                    .filter(c -> c.seed() == worst.seed())
                    .findFirst()
                    .ifPresent(
                        c -> {
                          shown.add(c);
                          pairs.add(pair(c));
                        }));
    String verdict = Matrix.text(row.cells().getOrDefault(worst.pair(), List.of(worst)));
    return new Page.Section(
        row.id(),
        "%s, %s, %s".formatted(row.title(), row.dtype(), row.tier()),
        question.title(),
        seeds(row, worst),
        worst.verdict().fails(),
        PageBuilder.tone(worst.verdict()),
        verdict,
        pairs,
        figures.of(question, shown));
  }

  private static String seeds(Matrix.Row row, Comparison worst) {
    List<Long> seeds =
        row.cells().values().stream()
            .flatMap(List::stream)
            .map(Comparison::seed)
            .distinct()
            .sorted()
            .toList();
    if (seeds.size() == 1) {
      return "seed " + worst.seed();
    }
    List<Long> failing =
        row.cells().values().stream()
            .flatMap(List::stream)
            .filter(c -> c.verdict().fails())
            .map(Comparison::seed)
            .distinct()
            .sorted()
            .toList();
    String which =
        failing.isEmpty()
            ? "none fails"
            : "%d fail: %s%s"
                .formatted(
                    failing.size(),
                    failing.subList(0, Math.min(MOST_SEEDS, failing.size())),
                    failing.size() > MOST_SEEDS ? " and more" : "");
    return "%d seeds, %s; shown is the worst, seed %d".formatted(seeds.size(), which, worst.seed());
  }

  private static Page.PairView pair(Comparison c) {
    return new Page.PairView(
        c,
        PageBuilder.tone(c.verdict()),
        Matrix.text(List.of(c)),
        c.identical() ? List.of() : c.probes().stream().map(p -> row(p, c)).toList());
  }

  private static Page.ProbeRow row(Probe p, Comparison c) {
    Evidence.Errors errors = c.errors().get(p.probe());
    String candidate = errors == null ? "–" : FindingText.number(errors.candidate());
    String reference = errors == null ? "–" : FindingText.number(errors.reference());
    Measured d = p.difference();
    String tone = !p.matches() ? "bad" : p.finding().equals("Match") ? "good" : "unsure";
    if (d == null) {
      return new Page.ProbeRow(p.probe(), tone, "–", "–", "–", candidate, reference, p.text());
    }
    return new Page.ProbeRow(
        p.probe(),
        tone,
        FindingText.number(d.seen()),
        FindingText.number(d.allowed()),
        d.statistics().maxUlp() == 0 ? "0" : FindingText.number(d.used()),
        candidate,
        reference,
        p.identical() ? "identical" : p.finding().equals("Match") ? byHand(p) : p.text());
  }

  /** What a match has to say for itself. */
  private static String byHand(Probe p) {
    return p.isByHand() ? p.text() : "";
  }
}

package torchparity.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.run.PortRun;
import torchparity.harness.verdict.AcrossSeeds;
import torchparity.harness.verdict.CurveVerdict;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Liveness;
import torchparity.harness.verdict.Unmet;
import torchparity.harness.verdict.Verdict;

/** A judged run as text: a table, the worst first, then each failure with how to repeat it. */
public final class TerminalReport {
  private static final int CASE_WIDTH = 16;
  private static final int DTYPE_WIDTH = 9;
  private static final int TIER_WIDTH = 10;
  private static final int CELL_WIDTH = 17;
  private static final int MOST_FAILURES = 10;
  private static final int MOST_ASIDES = 12;

  private final Ansi ansi;
  private final String reproduce;

  /**
   * A report.
   *
   * @param reproduce options that every line that repeats a failure needs, or empty
   */
  public TerminalReport(Ansi ansi, String reproduce) {
    this.ansi = ansi;
    this.reproduce = reproduce;
  }

  /** The whole text; the caller adds where the files are and how long it took. */
  public String render(JudgedRun run, List<Diagnosis> diagnoses) {
    StringBuilder text = new StringBuilder(table(run));
    text.append(legend());
    Stages.lines(run).forEach(line -> text.append("%s%n".formatted(line)));
    AcrossSeeds.of(run).forEach(a -> text.append("%s%n".formatted(SeedsText.of(a))));
    List<List<Judgement>> failures = Failures.grouped(run);
    failures.stream().limit(MOST_FAILURES).forEach(group -> text.append(failure(group)));
    if (failures.size() > MOST_FAILURES) {
      text.append("%nand %d more.%n".formatted(failures.size() - MOST_FAILURES));
    }
    run.runs().stream().filter(r -> !r.problem().isEmpty()).forEach(r -> text.append(crash(r)));
    diagnoses.forEach(d -> text.append(story(d)));
    text.append(unmet(run.unmet()));
    text.append(asides(run));
    notRun(run).forEach(reason -> text.append("%nnot run: %s%n".formatted(reason)));
    return text.append(verdict(run)).toString();
  }

  private String table(JudgedRun run) {
    List<Summary.Row> rows = Summary.rows(run);
    Set<String> pairs = new LinkedHashSet<>();
    rows.forEach(row -> pairs.addAll(row.cells().keySet()));
    int longest = rows.stream().mapToInt(row -> row.caseName().length()).max().orElse(0);
    List<Integer> widths =
        new ArrayList<>(List.of(Math.max(CASE_WIDTH, longest + 2), DTYPE_WIDTH, TIER_WIDTH));
    pairs.forEach(pair -> widths.add(Math.max(CELL_WIDTH, pair.length() + 2)));
    Help.TextTable table =
        Help.TextTable.forColumnWidths(
            Help.defaultColorScheme(ansi), widths.stream().mapToInt(Integer::intValue).toArray());
    List<Ansi.Text> header = new ArrayList<>(List.of(bold("case"), bold("dtype"), bold("tier")));
    pairs.forEach(pair -> header.add(bold(pair)));
    table.addRowValues(header.toArray(Ansi.Text[]::new));
    for (Summary.Row row : rows) {
      List<Ansi.Text> cells =
          new ArrayList<>(
              List.of(ansi.text(row.caseName()), ansi.text(row.dtype()), ansi.text(row.tier())));
      for (String pair : pairs) {
        List<Judgement> judgements = row.cells().get(pair);
        cells.add(ansi.text(judgements == null ? "" : Summary.cell(judgements)));
      }
      table.addRowValues(cells.toArray(Ansi.Text[]::new));
    }
    return table.toString();
  }

  private static String legend() {
    return "(a percentage is the greatest share of what is allowed)%n".formatted();
  }

  private Ansi.Text bold(String text) {
    return ansi.text("@|bold " + text + "|@");
  }

  private String failure(List<Judgement> group) {
    Judgement j = group.get(0);
    StringBuilder text =
        new StringBuilder(
            "%n%s  %s, %s, seed %d, %s%s%n"
                .formatted(
                    ansi.string("@|bold,red " + j.verdict() + "|@"),
                    j.pair().title(),
                    j.instance().title(),
                    j.instance().seed(),
                    j.instance().dtype(),
                    group.size() == 1
                        ? ""
                        : " (and in %d more runs of this case)".formatted(group.size() - 1)));
    if (!j.reason().isEmpty()) {
      text.append("  %s%n".formatted(j.reason().replace("\n", "\n    ")));
    }
    j.root()
        .ifPresent(root -> text.append("  %s: %s%n".formatted(root.probe(), FindingText.of(root))));
    if (!j.downstream().isEmpty()) {
      text.append(
          "  downstream of it: %s%n"
              .formatted(
                  j.downstream().stream()
                      .map(ProbeFinding::probe)
                      .collect(Collectors.joining(", "))));
    }
    j.evidence()
        .curve()
        .ifPresent(c -> text.append("  loss curve: %s%n".formatted(CurveText.of(c))));
    j.root()
        .filter(ProbeFinding.ValueMismatch.class::isInstance) // another shape has no distance
        .map(root -> j.evidence().errors().get(root.probe()))
        .ifPresent(
            e ->
                text.append(
                    "  distance from the float64 truth: candidate %s, reference %s%n"
                        .formatted(
                            FindingText.number(e.candidate()), FindingText.number(e.reference()))));
    j.evidence().environment().forEach(d -> text.append("  environment: %s%n".formatted(d)));
    j.evidence().notes().forEach(note -> text.append("  note: %s%n".formatted(note)));
    return text.append("  again: %s%n".formatted(Again.command(j.instance(), reproduce)))
        .toString();
  }

  private String crash(PortRun run) {
    return "%n%s  %s%n  %s%n"
        .formatted(
            ansi.string("@|bold,red FAILED|@"),
            run.port().name(),
            run.problem().replace("\n", "\n    "));
  }

  private String story(Diagnosis d) {
    StringBuilder text =
        new StringBuilder(
            "%n%s  %s / %s, %s%n"
                .formatted(
                    ansi.string("@|bold WHY|@"), d.candidate(), d.reference(), d.instance()));
    Story.lines(d).forEach(line -> text.append("  %s%n".formatted(line)));
    return text.toString();
  }

  private String unmet(List<Unmet> unmet) {
    StringBuilder text = new StringBuilder();
    for (Unmet u : unmet.subList(0, Math.min(unmet.size(), MOST_FAILURES))) {
      text.append(
          "%n%s  %s, %s%n  %s: %s%n"
              .formatted(
                  ansi.string("@|bold,red UNEXPECTED|@"),
                  u.instance().id(),
                  u.port(),
                  u.probe(),
                  u.problem()));
    }
    return text.toString();
  }

  /** What is no failure, and yet worth a line. */
  private static String asides(JudgedRun run) {
    Set<String> lines = new LinkedHashSet<>();
    for (Judgement j : run.judgements()) {
      String where = j.pair().title() + ", " + j.instance().id();
      if (j.verdict() == Verdict.KNOWN_DIFFERENCE) {
        lines.add("known difference: %s: %s".formatted(where, j.reason()));
      } else if (j.evidence().liveness() instanceof Liveness.TooShort s && !j.verdict().fails()) {
        lines.add("too short to tell: %s: %s".formatted(j.instance().id(), s.what()));
      }
      if (j.verdict().fails()) {
        continue;
      }
      for (ProbeFinding f : j.findings()) {
        if (f.matches() && !(f instanceof ProbeFinding.Match)) {
          lines.add("%s, %s: %s".formatted(where, f.probe(), FindingText.of(f)));
        }
      }
      j.evidence()
          .curve()
          .filter(c -> !(c instanceof CurveVerdict.Rounding))
          .ifPresent(c -> lines.add("%s, loss curve: %s".formatted(where, CurveText.of(c))));
    }
    run.unused().forEach(line -> lines.add("known difference " + line));
    StringBuilder text = new StringBuilder();
    lines.stream().limit(MOST_ASIDES).forEach(line -> text.append("%n%s".formatted(line)));
    if (lines.size() > MOST_ASIDES) {
      text.append(
          "%nand %d more such lines, all in result.json".formatted(lines.size() - MOST_ASIDES));
    }
    return lines.isEmpty() ? "" : text.append("%n".formatted()).toString();
  }

  private static Set<String> notRun(JudgedRun run) {
    return run.judgements().stream()
        .filter(j -> j.verdict() == Verdict.NOT_RUN)
        .map(Judgement::reason)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String verdict(JudgedRun run) {
    if (run.isParity()) {
      long notRun = run.judgements().size() - run.compared();
      return "%n%s  all %d comparisons match%s%n"
          .formatted(
              ansi.string("@|bold,green PARITY|@"),
              run.compared(),
              notRun == 0 ? "" : "; %d could not be made (see above)".formatted(notRun));
    }
    long mismatches =
        run.judgements().stream()
            .filter(j -> j.verdict().fails() && j.verdict() != Verdict.FAILED)
            .count();
    String crashed =
        run.runs().stream()
            .filter(PortRun::failed)
            .map(r -> r.port().name())
            .collect(Collectors.joining(", "));
    List<String> parts = new ArrayList<>();
    if (!crashed.isEmpty()) {
      parts.add("failed: " + crashed);
    }
    parts.add(
        run.compared() == 0
            ? "nothing was compared"
            : "%d of %d comparisons differ".formatted(mismatches, run.compared()));
    if (run.compared() > 0 && !run.idle().isEmpty()) {
      parts.add("nothing was compared of " + String.join(", ", run.idle()));
    }
    if (!run.unmet().isEmpty()) {
      parts.add("%d expectations unmet".formatted(run.unmet().size()));
    }
    return "%n%s  %s%n".formatted(ansi.string("@|bold,red NO PARITY|@"), String.join("; ", parts));
  }
}

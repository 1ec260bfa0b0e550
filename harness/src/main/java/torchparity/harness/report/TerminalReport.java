package torchparity.harness.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import torchparity.cases.PlainText;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Expectation;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.verdict.Evidence;
import torchparity.harness.verdict.Verdict;

/** A run as text: a table, the worst first, then each failure with how to repeat it. */
public final class TerminalReport {
  private static final int CASE_WIDTH = 16;
  private static final int DTYPE_WIDTH = 9;
  private static final int TIER_WIDTH = 10;
  private static final int CELL_WIDTH = 17;
  private static final int MOST_FAILURES = 10;
  private static final int MOST_ASIDES = 12;
  private static final Pattern COMMAND = Pattern.compile("(?m)^([ \\t]*+)(::|##\\[)");

  private final Ansi ansi;

  public TerminalReport(Ansi ansi) {
    this.ansi = ansi;
  }

  /** The whole text; the caller adds where the files are and how long it took. */
  public String render(ResultDocument document) {
    ResultDocument run = ResultFile.withTexts(document, TerminalReport::plain);
    StringBuilder text = new StringBuilder(table(Matrix.of(run)));
    text.append(line("(a percentage is the greatest share of what is allowed)"));
    run.together().forEach(line -> text.append(line(line)));
    List<Failing> failures = Failing.of(run);
    failures.stream().limit(MOST_FAILURES).forEach(f -> text.append(failure(f)));
    if (failures.size() > MOST_FAILURES) {
      text.append("%nand %d more.%n".formatted(failures.size() - MOST_FAILURES));
    }
    run.ports().stream().filter(p -> p.problem() != null).forEach(p -> text.append(crash(p)));
    run.diagnoses().forEach(d -> text.append(story(d)));
    run.unmet().stream().limit(MOST_FAILURES).forEach(u -> text.append(unmet(u)));
    text.append(asides(run));
    run.comparisons().stream()
        .filter(c -> c.verdict() == Verdict.NOT_RUN)
        .map(Comparison::reason)
        .distinct()
        .forEach(reason -> text.append("%nnot run: %s%n".formatted(reason)));
    String other = Headline.isInterrupted(run) ? "INTERRUPTED" : "NO PARITY";
    String verdict = run.parity() ? "@|bold,green PARITY|@" : "@|bold,red " + other + "|@";
    return text.append("%n%s  %s%n".formatted(ansi.string(verdict), Headline.of(run))).toString();
  }

  /**
   * What a port or a stranger says steers no terminal, is no markup of picocli's, and no command to
   * a runner of GitHub Actions, which looks for them at the beginning of lines.
   */
  private static String plain(String text) {
    return COMMAND
        .matcher(PlainText.of(text).replace("@|", "@ |"))
        .replaceAll(command -> command.group(1) + "> " + command.group(2));
  }

  private String table(Matrix matrix) {
    int longest = matrix.rows().stream().mapToInt(row -> row.title().length()).max().orElse(0);
    List<Integer> widths =
        new ArrayList<>(List.of(Math.max(CASE_WIDTH, longest + 2), DTYPE_WIDTH, TIER_WIDTH));
    matrix.pairs().forEach(pair -> widths.add(Math.max(CELL_WIDTH, pair.length() + 2)));
    Help.TextTable table =
        Help.TextTable.forColumnWidths(
            Help.defaultColorScheme(ansi), widths.stream().mapToInt(Integer::intValue).toArray());
    List<Ansi.Text> header = new ArrayList<>(List.of(bold("case"), bold("dtype"), bold("tier")));
    matrix.pairs().forEach(pair -> header.add(bold(pair)));
    table.addRowValues(header.toArray(Ansi.Text[]::new));
    for (Matrix.Row row : matrix.rows()) {
      List<Ansi.Text> cells =
          new ArrayList<>(
              List.of(ansi.text(row.title()), ansi.text(row.dtype()), ansi.text(row.tier())));
      for (String pair : matrix.pairs()) {
        List<Comparison> cell = row.cells().get(pair);
        cells.add(ansi.text(cell == null ? "" : coloured(cell)));
      }
      table.addRowValues(cells.toArray(Ansi.Text[]::new));
    }
    return table.toString();
  }

  private static String coloured(List<Comparison> cell) {
    Verdict worst = cell.get(0).verdict();
    boolean aside = worst == Verdict.KNOWN_DIFFERENCE || worst == Verdict.NOT_RUN;
    String style = worst.fails() ? "bold,red" : aside ? "yellow" : "green";
    return "@|%s %s|@".formatted(style, Matrix.text(cell));
  }

  private Ansi.Text bold(String text) {
    return ansi.text("@|bold " + text + "|@");
  }

  private static String line(String text) {
    return "%s%n".formatted(text);
  }

  private String failure(Failing f) {
    Comparison c = f.first();
    StringBuilder text =
        new StringBuilder(
            "%n%s  %s, %s, seed %d, %s%s%n"
                .formatted(
                    ansi.string("@|bold,red " + c.verdict() + "|@"),
                    c.pair(),
                    c.title(),
                    c.seed(),
                    c.dtype(),
                    f.others().isEmpty() ? "" : " (and " + f.elsewhere() + ")"));
    if (c.reason() != null) {
      text.append("  %s%n".formatted(c.reason().replace("\n", "\n    ")));
    }
    f.root().ifPresent(p -> text.append("  %s: %s%n".formatted(p.probe(), p.text())));
    if (!f.downstream().isEmpty()) {
      text.append("  downstream of it: %s%n".formatted(String.join(", ", f.downstream())));
    }
    if (c.curve() != null) {
      text.append("  loss curve: %s%n".formatted(c.curve()));
    }
    f.root().ifPresent(p -> text.append(distance(c, p)));
    c.environment().forEach(d -> text.append("  environment: %s%n".formatted(d)));
    c.notes().forEach(note -> text.append("  note: %s%n".formatted(note)));
    return text.append("  again: %s%n".formatted(c.again())).toString();
  }

  /** How far each side is from the truth; nothing where shapes differ, which have no distance. */
  private static String distance(Comparison c, Probe root) {
    Evidence.Errors errors = c.errors().get(root.probe());
    return errors == null || root.difference() == null
        ? ""
        : "  distance from the float64 truth: candidate %s, reference %s%n"
            .formatted(
                FindingText.number(errors.candidate()), FindingText.number(errors.reference()));
  }

  private String crash(PortEntry port) {
    return "%n%s  %s%n  %s%n"
        .formatted(
            ansi.string("@|bold,red FAILED|@"),
            port.name(),
            String.valueOf(port.problem()).replace("\n", "\n    "));
  }

  private String story(Explanation d) {
    StringBuilder text =
        new StringBuilder(
            "%n%s  %s, %s%n".formatted(ansi.string("@|bold WHY|@"), d.pair(), d.instance()));
    d.story().lines().forEach(line -> text.append("  %s%n".formatted(line)));
    return text.toString();
  }

  private String unmet(Expectation u) {
    return "%n%s  %s, %s%n  %s: %s%n"
        .formatted(
            ansi.string("@|bold,red UNEXPECTED|@"), u.instance(), u.port(), u.probe(), u.problem());
  }

  /** What is no failure, and yet worth a line. */
  private static String asides(ResultDocument run) {
    Set<String> lines = new LinkedHashSet<>();
    run.comparisons().stream().filter(c -> !c.verdict().fails()).forEach(c -> aside(c, lines));
    run.knownDifferences().forEach(line -> lines.add("known difference " + line));
    if (lines.isEmpty()) {
      return "";
    }
    String shown =
        lines.stream().limit(MOST_ASIDES).map("%n%s"::formatted).collect(Collectors.joining());
    String more =
        lines.size() > MOST_ASIDES
            ? "%nand %d more such lines, all in result.json".formatted(lines.size() - MOST_ASIDES)
            : "";
    return line(shown + more);
  }

  private static void aside(Comparison c, Set<String> lines) {
    String where = c.pair() + ", " + c.instance();
    if (c.verdict() == Verdict.KNOWN_DIFFERENCE) {
      lines.add("known difference: %s: %s".formatted(where, c.reason()));
    } else if (c.verdict() == Verdict.TOO_SHORT) {
      lines.add("too short to tell: %s: %s".formatted(c.instance(), c.reason()));
    }
    c.probes().stream()
        .filter(p -> p.matches() && !p.identical())
        .filter(p -> !p.finding().equals("Match") || p.isByHand())
        .forEach(p -> lines.add("%s, %s: %s".formatted(where, p.probe(), p.text())));
    if (c.curveVerdict() != null && !c.curveVerdict().kind().equals("Rounding")) {
      lines.add("%s, loss curve: %s".formatted(where, c.curve()));
    }
    c.environment().forEach(d -> lines.add("environment of %s: %s".formatted(c.pair(), d)));
  }
}

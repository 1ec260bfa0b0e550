package torchparity.harness.mutants;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** An examination as text: a line per mutant, then the totals of each family and of all. */
public final class ScoreTable {
  private final Ansi ansi;

  public ScoreTable(Ansi ansi) {
    this.ansi = ansi;
  }

  /** The whole text; a dash stands where the run made no diagnosis. */
  public String render(Examination examination) {
    List<Score> scores = examination.scores();
    StringBuilder text = new StringBuilder(mutants(scores)).append('\n').append(families(scores));
    if (!examination.pairs().isEmpty()) {
      text.append('\n').append(pairs(examination.pairs()));
    }
    text.append('\n').append(summary("all", scores));
    List<Score> late = scores.stream().filter(s -> !s.mutant().frozen()).toList();
    if (!late.isEmpty()) {
      text.append(summary("written after the hypotheses were frozen", late));
    }
    scores.stream().filter(s -> !s.asExpected()).forEach(s -> text.append(unexpected(s)));
    return text.append("%.0f s in all%n".formatted(examination.seconds())).toString();
  }

  private String mutants(List<Score> scores) {
    Help.TextTable table = table(38, 8, 11, 6, 6, 7, 12, 9);
    header(table, "mutant", "port", "detected", "op", "line", "cause", "diagnosis", "seconds");
    for (Score s : scores) {
      row(
          table,
          s.mutant().id() + (s.mutant().frozen() ? "" : " *"),
          s.mutant().port().name().toLowerCase(Locale.ROOT),
          s.asExpected()
              ? s.observation().seen().text()
              : "@|bold,red " + s.observation().seen().text() + "|@",
          answer(s, Score.Answer::op),
          answer(s, Score.Answer::line),
          answer(s, Score.Answer::cause),
          diagnosis(s),
          String.format(Locale.ROOT, "%.1f", s.observation().seconds()));
    }
    return table.toString();
  }

  private String families(List<Score> scores) {
    Map<String, List<Score>> families =
        scores.stream()
            .collect(Collectors.groupingBy(Score::family, LinkedHashMap::new, Collectors.toList()));
    Help.TextTable table = table(18, 7, 10, 8, 5, 6, 7, 11, 12, 10);
    header(
        table,
        "family",
        "bugs",
        "detected",
        "crashed",
        "op",
        "line",
        "cause",
        "confirmed",
        "sure+wrong",
        "harmless");
    families.forEach((family, members) -> totals(table, family, Totals.of(members)));
    totals(table, "@|bold total|@", Totals.of(scores));
    return table.toString();
  }

  private void totals(Help.TextTable table, String name, Totals t) {
    row(
        table,
        name,
        number(t.bugs()),
        number(t.detected()),
        number(t.crashed()),
        number(t.op()),
        number(t.line()),
        number(t.cause()),
        number(t.confirmed()),
        number(t.wronglyConfirmed()),
        t.harmless() == 0 ? "-" : "%d of %d".formatted(t.harmless() - t.flagged(), t.harmless()));
  }

  private String pairs(List<Laboratory.PairScore> pairs) {
    Help.TextTable table = table(38, 11, 8, 8, 9);
    header(table, "two at once", "detected", "first", "second", "seconds");
    for (Laboratory.PairScore p : pairs) {
      boolean none = p.observation().diagnoses().isEmpty();
      row(
          table,
          p.pair().id(),
          p.observation().seen().text(),
          none ? "-" : yes(p.found().get(0)),
          none ? "-" : yes(p.found().get(1)),
          String.format(Locale.ROOT, "%.1f", p.observation().seconds()));
    }
    return table.toString();
  }

  private static String summary(String what, List<Score> scores) {
    Totals t = Totals.of(scores);
    return "%s: %d of %d bugs detected (%d by an error); %d of %d harmless rewrites flagged%n"
        .formatted(what, t.detected(), t.bugs(), t.crashed(), t.flagged(), t.harmless());
  }

  private static String unexpected(Score s) {
    return "not as expected: %s should be %s, was %s: %s%n"
        .formatted(
            s.mutant().id(),
            s.mutant().expect().name().toLowerCase(Locale.ROOT),
            s.observation().seen().text(),
            s.observation().detail().lines().findFirst().orElse(""));
  }

  private static String answer(Score s, Predicate<Score.Answer> right) {
    return s.answer().map(a -> yes(right.test(a))).orElse("-");
  }

  private static String diagnosis(Score s) {
    return s.observation().diagnoses().stream()
        .findFirst()
        .map(told -> told.status().toLowerCase(Locale.ROOT))
        .orElse("-");
  }

  private static String yes(boolean right) {
    return right ? "yes" : "@|red no|@";
  }

  private static String number(long n) {
    return n == 0 ? "-" : String.valueOf(n);
  }

  private Help.TextTable table(int... widths) {
    return Help.TextTable.forColumnWidths(Help.defaultColorScheme(ansi), widths);
  }

  private void header(Help.TextTable table, String... names) {
    List<String> bold = new ArrayList<>();
    for (String name : names) {
      bold.add("@|bold " + name + "|@");
    }
    row(table, bold.toArray(String[]::new));
  }

  private void row(Help.TextTable table, String... cells) {
    Ansi.Text[] texts = new Ansi.Text[cells.length];
    for (int i = 0; i < cells.length; i++) {
      texts[i] = ansi.text(cells[i]);
    }
    table.addRowValues(texts);
  }
}

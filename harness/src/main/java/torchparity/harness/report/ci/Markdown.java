package torchparity.harness.report.ci;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import torchparity.harness.report.Failing;
import torchparity.harness.report.Headline;
import torchparity.harness.report.Matrix;
import torchparity.harness.report.ResultDocument;

/** A run as Markdown for a CI job's summary, the worst first, below the size that GitHub takes. */
public final class Markdown {
  /** GitHub drops a step's summary above it. */
  public static final int MOST_BYTES = 1 << 20;

  private static final String TEMPLATES = "torchparity.harness.report.texts";
  private static final List<Integer> SIZES = List.of(200, 20, 2);

  private Markdown() {}

  /** What the template shows; text that a port may have written goes through {@link #text}. */
  public record Summary(
      ResultDocument run,
      String verdict,
      String headline,
      List<Failure> failures,
      int more,
      Matrix matrix) {
    public Summary {
      failures = List.copyOf(failures);
    }

    /** The cells of a row, in the order of the pairs. */
    public List<String> cells(Matrix.Row row) {
      return matrix.pairs().stream()
          .map(row.cells()::get)
          .map(
              cell ->
                  cell == null
                      ? ""
                      : (cell.get(0).verdict().fails() ? "❌ " : "✅ ") + Matrix.text(cell))
          .toList();
    }
  }

  /** A failure: its title and its story. */
  public record Failure(String title, String story) {}

  /** The document. */
  public static String render(ResultDocument run) {
    return SIZES.stream()
        .map(most -> render(run, most))
        .filter(text -> text.getBytes(StandardCharsets.UTF_8).length < MOST_BYTES)
        .findFirst()
        .orElse("# Torch Parity: the summary is too long; see report.html\n");
  }

  private static String render(ResultDocument run, int most) {
    ShortStory story = new ShortStory(run);
    List<Failing> all = Failing.of(run);
    List<Failure> failures =
        Stream.concat(
                all.stream()
                    .map(
                        f ->
                            new Failure(
                                "%s: %s, %s"
                                    .formatted(
                                        f.first().verdict(),
                                        f.first().pair(),
                                        f.first().instance()),
                                story.text(f.first()))),
                run.ports().stream()
                    .filter(p -> p.problem() != null)
                    .map(p -> new Failure("FAILED: " + p.name(), String.valueOf(p.problem()))))
            .toList();
    List<Failure> shown = failures.subList(0, Math.min(most, failures.size()));
    StringOutput output = new StringOutput();
    TemplateEngine.createPrecompiled(null, ContentType.Plain, null, TEMPLATES)
        .render(
            "summary.jte",
            new Summary(
                run,
                run.parity() ? "PARITY" : "NO PARITY",
                Headline.of(run),
                shown,
                failures.size() - shown.size(),
                Matrix.of(run)),
            output);
    return output.toString();
  }

  /** {@code text} in which nothing is markup. */
  public static String text(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if ("\\`*_[]()#|<>~&".indexOf(c) >= 0) {
                escaped.append("&#").append(c).append(';');
              } else {
                escaped.appendCodePoint(c == '\n' || c == '\r' ? ' ' : c);
              }
            });
    return escaped.toString();
  }

  /** A fence that no line of {@code text} ends. */
  public static String fence(String text) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      run = text.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return "`".repeat(longest + 1);
  }
}

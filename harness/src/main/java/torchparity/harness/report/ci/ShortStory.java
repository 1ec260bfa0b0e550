package torchparity.harness.report.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import torchparity.harness.report.Failing;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;

/** A failure in a few lines: what differs, why, and how to see it again. */
public final class ShortStory {
  private ShortStory() {}

  /** One line. */
  public static String line(Comparison c) {
    return new Failing(c, List.of()).line().lines().findFirst().orElse("");
  }

  /** All of it. */
  public static String text(ResultDocument run, Comparison c) {
    List<String> lines = new ArrayList<>();
    Failing alone = new Failing(c, List.of());
    lines.add("%s, %s".formatted(c.pair(), c.instance()));
    lines.add(alone.line());
    if (c.reason() != null && alone.root().isPresent()) {
      lines.add(c.reason());
    }
    if (!alone.downstream().isEmpty()) {
      lines.add("downstream of it: " + String.join(", ", alone.downstream()));
    }
    if (c.curve() != null) {
      lines.add("loss curve: " + c.curve());
    }
    why(run, c).ifPresent(d -> lines.add(d.story()));
    lines.add("again: " + c.again());
    return String.join("\n", lines);
  }

  /** Why, as far as that was looked for: the cause of a failure that this one belongs to. */
  public static Optional<Explanation> why(ResultDocument run, Comparison c) {
    return Failing.of(run).stream()
        .filter(f -> f.first().equals(c) || f.others().contains(c))
        .findFirst()
        .flatMap(f -> f.why(run));
  }
}

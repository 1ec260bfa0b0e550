package torchparity.harness.report.ci;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import torchparity.harness.report.Failing;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;

/** The failures of a run in a few lines each: what differs, why, and how to see it again. */
public final class ShortStory {
  private final IdentityHashMap<Comparison, Explanation> causes = new IdentityHashMap<>();

  public ShortStory(ResultDocument run) {
    for (Failing f : Failing.of(run)) {
      f.why(run)
          .ifPresent(
              why -> {
                causes.put(f.first(), why);
                f.others().forEach(c -> causes.put(c, why));
              });
    }
  }

  /** One line. */
  public static String line(Comparison c) {
    return new Failing(c, List.of()).line().lines().findFirst().orElse("");
  }

  /**
   * All of it.
   *
   * @param c one of the run's own
   */
  public String text(Comparison c) {
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
    why(c).ifPresent(d -> lines.add(d.story()));
    lines.add("again: " + c.again());
    return String.join("\n", lines);
  }

  /** Why, as far as that was looked for: the cause of a failure that this one belongs to. */
  public Optional<Explanation> why(Comparison c) {
    return Optional.ofNullable(causes.get(c));
  }
}

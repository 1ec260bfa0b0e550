package torchparity.harness.report.ci;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import torchparity.harness.report.Failing;
import torchparity.harness.report.ResultDocument;

/**
 * The failures of a run as annotations of a GitHub workflow, the worst first; ten of a step are
 * shown.
 *
 * <p>Source: GitHub Actions, "Workflow commands", and the escaping of actions/toolkit's {@code
 * command.ts}.
 */
public final class Annotations {
  private static final int SHOWN = 10;

  private Annotations() {}

  /** One command a line. */
  public static List<String> of(ResultDocument run) {
    ShortStory story = new ShortStory(run);
    return Failing.of(run).stream().limit(SHOWN).map(f -> command(run, f, story)).toList();
  }

  private static String command(ResultDocument run, Failing f, ShortStory story) {
    Optional<Place> place = f.why(run).flatMap(d -> Place.of(run, d));
    List<String> properties = new ArrayList<>();
    place.ifPresent(
        p -> {
          properties.add("file=" + property(p.path()));
          properties.add("line=" + p.line());
        });
    properties.add("title=" + property("%s: %s".formatted(f.first().verdict(), f.first().pair())));
    return "::error %s::%s".formatted(String.join(",", properties), data(story.text(f.first())));
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

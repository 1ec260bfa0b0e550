package torchparity.harness.report;

import java.util.List;
import torchparity.cases.PlainText;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.SavedTraces;

/** What comparing saved traces found, as text. */
public final class SavedReport {
  private SavedReport() {}

  /** One line for each probe that differs, then the verdict. */
  public static String render(List<SavedTraces.Found> found, List<String> environment) {
    StringBuilder text = new StringBuilder();
    long probes = 0;
    long differing = 0;
    for (SavedTraces.Found pair : found) {
      for (ProbeFinding f : pair.findings()) {
        probes++;
        if (!f.matches()) {
          differing++;
          text.append("%s, %s: %s%n".formatted(pair.name(), f.probe(), FindingText.of(f)));
          f.measured()
              .ifPresent(
                  d ->
                      text.append(
                          "  mean difference %s; %d above, %d below; ULPs apart %s%n"
                              .formatted(
                                  d.statistics().meanDifference(),
                                  d.statistics().above(),
                                  d.statistics().below(),
                                  d.statistics().ulps())));
        }
      }
    }
    environment.forEach(line -> text.append("environment: %s%n".formatted(line)));
    String verdict =
        probes == 0
            ? "nothing was compared"
            : "%d of %d probes differ".formatted(differing, probes);
    text.append("%s%n".formatted(isMatch(found) ? "MATCH  " + verdict : "MISMATCH  " + verdict));
    return PlainText.of(text.toString());
  }

  /** True if something was compared, and all of it matches. */
  public static boolean isMatch(List<SavedTraces.Found> found) {
    return found.stream().anyMatch(p -> !p.findings().isEmpty())
        && found.stream().flatMap(p -> p.findings().stream()).allMatch(ProbeFinding::matches);
  }
}

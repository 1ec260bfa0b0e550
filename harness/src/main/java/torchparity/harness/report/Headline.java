package torchparity.harness.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.verdict.Verdict;

/** A run's verdict in a sentence. */
public final class Headline {
  private static final int SIGNAL_BASE = 128;

  private Headline() {}

  /** Such as {@code 4 of 9 comparisons differ}. */
  public static String of(ResultDocument run) {
    long notRun = run.comparisons().stream().filter(c -> c.verdict() == Verdict.NOT_RUN).count();
    if (run.parity()) {
      return "all %d comparisons match%s"
          .formatted(run.compared(), notRun == 0 ? "" : "; %d could not be made".formatted(notRun));
    }
    List<String> parts = new ArrayList<>();
    if (isInterrupted(run)) {
      parts.add("the run was interrupted and this is a part of it");
    }
    String failed = failed(run);
    if (!failed.isEmpty()) {
      parts.add("failed: " + failed);
    }
    long differ =
        run.comparisons().stream()
            .filter(c -> c.verdict().fails() && c.verdict() != Verdict.FAILED)
            .count();
    parts.add(
        run.compared() == 0
            ? "nothing was compared"
            : "%d of %d comparisons differ".formatted(differ, run.compared()));
    String idle = idle(run);
    if (run.compared() > 0 && !idle.isEmpty()) {
      parts.add("nothing was compared of " + idle);
    }
    if (!run.unmet().isEmpty()) {
      parts.add("%d expectations unmet".formatted(run.unmet().size()));
    }
    return String.join("; ", parts);
  }

  /** True if the run was ended by a signal before it was done. */
  static boolean isInterrupted(ResultDocument run) {
    return run.exitCode() > SIGNAL_BASE;
  }

  private static String failed(ResultDocument run) {
    return run.ports().stream()
        .filter(PortEntry::failed)
        .map(PortEntry::name)
        .collect(Collectors.joining(", "));
  }

  private static String idle(ResultDocument run) {
    return run.ports().stream()
        .map(PortEntry::name)
        .filter(
            name ->
                run.comparisons().stream()
                    .filter(c -> !c.probes().isEmpty())
                    .noneMatch(c -> takesPart(name, c)))
        .collect(Collectors.joining(", "));
  }

  private static boolean takesPart(String name, Comparison c) {
    return c.reference().equals(name) || c.candidate().equals(name);
  }
}

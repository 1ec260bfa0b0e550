package torchparity.harness.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.diagnosis.Diagnosis.Call;
import torchparity.harness.diagnosis.Diagnosis.Finding;

/** A diagnosis in a few lines: where, why, and how that is known. */
public final class Story {
  private Story() {}

  /** The lines of the short story. */
  public static List<String> lines(Diagnosis d) {
    List<String> lines = new ArrayList<>();
    switch (d.status()) {
      case ROUNDING ->
          lines.add(
              "without BLAS both agree in every bit: what differs is the rounding of matrix products");
      case UNAVAILABLE -> lines.add("no op log to look at: " + d.note());
      case CONFIRMED, SUSPECTED, UNEXPLAINED -> {
        for (int i = 0; i < d.findings().size(); i++) {
          lines.addAll(finding(d, d.findings().get(i), i == 0 ? "first" : "then"));
        }
        if (!d.note().isEmpty()) {
          lines.add("note: " + d.note());
        }
        lines.add(proof(d));
      }
    }
    return lines;
  }

  private static List<String> finding(Diagnosis d, Finding f, String when) {
    List<String> lines = new ArrayList<>();
    lines.add("%s: %s".formatted(when, divergence(d, f)));
    if (f.cause() != null) {
      lines.add("cause: %s (%s): %s".formatted(f.cause().text(), f.cause(), f.claim()));
    }
    Call blame = f.blame();
    if (blame != null && !blame.place().isEmpty()) {
      lines.add("look at %s".formatted(blame.place()));
    }
    return lines;
  }

  private static String divergence(Diagnosis d, Finding f) {
    Call actual = f.actual();
    if (actual != null && actual.error() != null) {
      return "%s fails in %s: %s%s"
          .formatted(
              d.candidate(),
              described(actual),
              actual.error(),
              f.expected() == null
                  ? ""
                  : "; %s has %s".formatted(d.reference(), described(f.expected())));
    }
    if (f.expected() == null && actual == null) {
      return "both have the same operations; %s records other results of them"
          .formatted(d.candidate());
    }
    return "%s has %s; %s"
        .formatted(
            d.reference(),
            f.expected() == null ? "nothing more" : described(f.expected()),
            actual == null
                ? d.candidate() + " has nothing that gives the same"
                : "%s has %s".formatted(d.candidate(), described(actual)));
  }

  private static String described(@Nullable Call call) {
    if (call == null) {
      return "nothing";
    }
    return call.place().isEmpty()
        ? "`%s`".formatted(call.text())
        : "`%s` at %s".formatted(call.text(), call.place());
  }

  private static String proof(Diagnosis d) {
    String changes = d.findings().size() > 1 ? "these changes" : "this change";
    return switch (d.status()) {
      case CONFIRMED ->
          "confirmed: %s, replayed with %s, gives %s in every bit"
              .formatted(d.reference(), changes, d.candidate());
      case SUSPECTED ->
          d.note().isEmpty()
              ? "suspected: it accounts for a part of the difference; what comes after has no explanation yet"
              : "suspected, and not proven";
      default -> "no hypothesis fits; `parity explain` shows what was tried";
    };
  }
}

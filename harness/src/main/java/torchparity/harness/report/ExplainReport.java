package torchparity.harness.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.diagnosis.Cause;

/** The diagnoses of a saved run as text: for each the story, aligned operations, what was tried. */
public final class ExplainReport {
  private static final int COLUMN = 58;
  private static final int MOST_TRIED = 8;

  private final @Nullable String cause;

  /**
   * A report.
   *
   * @param cause if not null, only what was tried for this cause
   * @throws ParityException if there is no such cause
   */
  public ExplainReport(@Nullable String cause) {
    if (cause != null && Cause.ofId(cause).isEmpty()) {
      List<String> known = new ArrayList<>();
      for (Cause c : Cause.values()) {
        known.add(c.id());
      }
      throw new ParityException(
          Code.USAGE, "no cause '%s'. There are: %s.".formatted(cause, String.join(", ", known)));
    }
    this.cause = cause;
  }

  /** The diagnoses, of what was tried only what concerns the cause, if there is one. */
  public JsonNode only(JsonNode diagnoses) {
    JsonNode copy = diagnoses.deepCopy();
    if (cause != null) {
      for (JsonNode d : copy) {
        for (JsonNode finding : d.path("findings")) {
          Iterator<JsonNode> tried = finding.path("tried").iterator();
          while (tried.hasNext()) {
            if (!tried.next().path("cause").asText().equals(cause)) {
              tried.remove();
            }
          }
        }
      }
    }
    return copy;
  }

  /** The text for the {@code diagnoses} of a result. */
  public String render(JsonNode diagnoses) {
    if (diagnoses.isEmpty()) {
      return """
          nothing to explain: no failure of this run was diagnosed. A run that was killed before its
          diagnosis makes it when it goes on: ./parity run --resume RUN
          """;
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode d : diagnoses) {
      text.append(
          "%s / %s, %s%n"
              .formatted(
                  d.path("candidate").asText(),
                  d.path("reference").asText(),
                  d.path("instance").asText()));
      text.append(cause == null ? whole(d) : tested(d));
      text.append("%n".formatted());
    }
    return text.toString();
  }

  private static String whole(JsonNode d) {
    StringBuilder text = new StringBuilder();
    d.path("story").asText().lines().forEach(line -> text.append("  %s%n".formatted(line)));
    for (JsonNode finding : d.path("findings")) {
      text.append(
          "%n  operations, %s and %s%n"
              .formatted(d.path("reference").asText(), d.path("candidate").asText()));
      for (JsonNode row : finding.path("aligned")) {
        text.append(
            "    %-58s %s%n".formatted(call(row.path("reference")), call(row.path("candidate"))));
      }
      text.append("  tried, the most telling first%n".formatted());
      int shown = 0;
      for (JsonNode tried : finding.path("tried")) {
        if (shown++ < MOST_TRIED) {
          text.append(tried(tried, "fits ", "fails"));
        }
      }
    }
    return text.toString();
  }

  private static String call(JsonNode call) {
    if (call.isMissingNode() || call.isNull()) {
      return "-";
    }
    String place =
        call.has("file") ? " " + call.path("file").asText() + ":" + call.path("line").asText() : "";
    String text = call.path("text").asText();
    int room = COLUMN - place.length();
    return (text.length() > room ? text.substring(0, Math.max(0, room - 1)) + "…" : text) + place;
  }

  private static String tried(JsonNode tried, String yes, String no) {
    String residual =
        tried.has("residual")
            ? String.format(
                Locale.ROOT, ", leaves %.3g of the difference", tried.path("residual").asDouble())
            : "";
    return "    %s %s: %s; accounts for %d of %d operations%s%n"
        .formatted(
            tried.path("complete").asBoolean() ? yes : no,
            tried.path("cause").asText(),
            tried.path("claim").asText(),
            tried.path("accounted").asInt(),
            tried.path("of").asInt(),
            residual);
  }

  private String tested(JsonNode d) {
    StringBuilder text = new StringBuilder();
    for (JsonNode finding : d.path("findings")) {
      for (JsonNode tried : finding.path("tried")) {
        if (tried.path("cause").asText().equals(cause)) {
          text.append(tried(tried, "confirmed:", "rejected:"));
        }
      }
    }
    return text.isEmpty()
        ? "    not tested: no hypothesis proposes %s where the two logs part%n".formatted(cause)
        : text.toString();
  }
}

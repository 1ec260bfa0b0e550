package torchparity.harness.report.allure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.qameta.allure.model.Status;
import java.util.Locale;
import torchparity.harness.report.ResultDocument.Comparison;

/** How a comparison ended, as Allure sorts it: a crash is broken, a difference failed. */
enum Outcome {
  MATCH("Match", Status.PASSED),
  MISMATCH("Tolerance exceeded", Status.FAILED),
  NON_DETERMINISTIC("Non-deterministic", Status.FAILED),
  DEAD("Does not learn", Status.FAILED),
  TIMED_OUT("Timed out", Status.BROKEN),
  CRASHED("Crashed", Status.BROKEN),
  KNOWN_DIFFERENCE("Known difference", Status.SKIPPED),
  NOT_RUN("Not run", Status.SKIPPED);

  private static final String TIMEOUT = "took longer than";

  private final String title;
  private final Status status;

  Outcome(String title, Status status) {
    this.title = title;
    this.status = status;
  }

  static Outcome of(Comparison c) {
    return switch (c.verdict()) {
      case FAILED -> c.reason() != null && c.reason().contains(TIMEOUT) ? TIMED_OUT : CRASHED;
      case MISMATCH -> MISMATCH;
      case NON_DETERMINISTIC -> NON_DETERMINISTIC;
      case DEAD -> DEAD;
      case NOT_RUN -> NOT_RUN;
      case KNOWN_DIFFERENCE -> KNOWN_DIFFERENCE;
      case TOO_SHORT, MATCH -> MATCH;
    };
  }

  /** What a message begins with, and what its category is called. */
  String title() {
    return title;
  }

  Status status() {
    return status;
  }

  boolean isGood() {
    return this == MATCH;
  }

  /** Allure's {@code categories.json}: one for each outcome but a match, told by its message. */
  static String categories() {
    ArrayNode all = new JsonMapper().createArrayNode();
    for (Outcome outcome : values()) {
      if (!outcome.isGood()) {
        ObjectNode category = all.addObject().put("name", outcome.title);
        category.put("messageRegex", "(?s)" + outcome.title + ": .*");
        category.putArray("matchedStatuses").add(outcome.status.name().toLowerCase(Locale.ROOT));
      }
    }
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("trees can always be written", e);
    }
  }
}

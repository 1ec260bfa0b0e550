package torchparity.harness.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run said about a mutant.
 *
 * @param detail the first probe that differs, or the port's error
 * @param diagnoses in the order of the run's result; empty if it made none
 * @param seconds from the start of the run to its end
 */
record Observation(Seen seen, String detail, List<Told> diagnoses, double seconds) {
  Observation {
    diagnoses = List.copyOf(diagnoses);
  }

  /** How the comparison of the mutant with the reference came out. */
  enum Seen {
    MATCH,
    MISMATCH,
    CRASH;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean is(Expectation expected) {
      return switch (expected) {
        case MISMATCH -> this == MISMATCH;
        case CRASH -> this == CRASH;
        case HARMLESS -> this == MATCH;
      };
    }
  }

  /**
   * A diagnosis.
   *
   * @param status CONFIRMED, SUSPECTED or NONE
   * @param reference the first operation that differs, on the reference's side, if there is one
   * @param candidate the same on the mutant's side
   */
  record Told(
      String cause,
      String status,
      String story,
      Optional<OpPlace> reference,
      Optional<OpPlace> candidate) {
    boolean confirmed() {
      return status.equals("CONFIRMED");
    }
  }

  /** An operation and where it is called. */
  record OpPlace(String op, String file, int line) {}

  /** Reads {@code result.json}: the comparison of {@code candidate} with {@code reference}. */
  static Observation of(JsonNode result, String candidate, String reference, double seconds) {
    JsonNode comparison = result.path("missing");
    for (JsonNode c : result.path("comparisons")) {
      if (concerns(c, candidate, reference)) {
        comparison = c;
      }
    }
    List<Told> told = new ArrayList<>();
    for (JsonNode d : result.path("diagnoses")) {
      if (concerns(d, candidate, reference)) {
        told.add(told(d));
      }
    }
    Seen seen =
        switch (comparison.path("verdict").asText()) {
          case "MATCH" -> Seen.MATCH;
          case "FAILED" -> Seen.CRASH;
          case "MISMATCH" -> Seen.MISMATCH;
          default ->
              throw new IllegalArgumentException(
                  "the run compared nothing: " + comparison.path("reason").asText("no comparison"));
        };
    String detail =
        seen == Seen.CRASH
            ? comparison.path("reason").asText()
            : comparison.path("root").asText("");
    return new Observation(seen, detail, told, seconds);
  }

  private static boolean concerns(JsonNode entry, String candidate, String reference) {
    return entry.path("candidate").asText().equals(candidate)
        && entry.path("reference").asText().equals(reference);
  }

  private static Told told(JsonNode d) {
    return new Told(
        d.path("cause").asText(),
        d.path("status").asText(),
        d.path("story").asText(),
        place(d.path("first").path("reference")),
        place(d.path("first").path("candidate")));
  }

  private static Optional<OpPlace> place(JsonNode p) {
    return p.isObject()
        ? Optional.of(
            new OpPlace(p.path("op").asText(), p.path("file").asText(), p.path("line").asInt()))
        : Optional.empty();
  }
}

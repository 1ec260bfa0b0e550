package torchparity.harness.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run said about a mutant.
 *
 * @param tiers those in which it was seen
 * @param detail the first probe that differs, or the port's error
 * @param diagnoses in the order of the run's result, each with its first mistake; empty if it made
 *     none
 * @param mistakes all mistakes that the diagnoses tell, one after the other
 * @param seconds from the start of the run to its end
 */
record Observation(
    Seen seen,
    List<String> tiers,
    String detail,
    List<Told> diagnoses,
    List<Told> mistakes,
    double seconds) {
  Observation {
    tiers = List.copyOf(tiers);
    diagnoses = List.copyOf(diagnoses);
    mistakes = List.copyOf(mistakes);
  }

  /** How the comparisons of the mutant with the reference came out: the worst of them. */
  enum Seen {
    MATCH,
    MISMATCH,
    CRASH;

    /**
     * What one comparison says.
     *
     * @throws IllegalArgumentException if it says nothing about the mutant
     */
    static Seen of(JsonNode comparison) {
      String reason = comparison.path("reason").asText("");
      if (reason.startsWith(comparison.path("reference").asText() + ": ")) {
        throw new IllegalArgumentException("the reference itself failed: " + reason);
      }
      return switch (comparison.path("verdict").asText()) {
        case "MATCH", "TOO_SHORT" -> MATCH;
        case "FAILED" -> CRASH;
        case "MISMATCH", "DEAD" -> MISMATCH;
        default ->
            throw new IllegalArgumentException("the run of a mutant compared nothing: " + reason);
      };
    }

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
   * @param status CONFIRMED, or something weaker
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

  /** Reads {@code result.json}: the comparisons of {@code candidate} with {@code reference}. */
  static Observation of(JsonNode result, String candidate, String reference, double seconds) {
    List<JsonNode> comparisons = concerning(result.path("comparisons"), candidate, reference);
    if (comparisons.isEmpty()) {
      throw new IllegalArgumentException("the run of a mutant has no comparison of " + candidate);
    }
    Seen seen =
        comparisons.stream().map(Seen::of).max(Comparator.naturalOrder()).orElse(Seen.MATCH);
    List<JsonNode> showing = comparisons.stream().filter(c -> Seen.of(c) == seen).toList();
    List<JsonNode> diagnoses = concerning(result.path("diagnoses"), candidate, reference);
    return new Observation(
        seen,
        showing.stream().map(c -> c.path("tier").asText("")).distinct().toList(),
        showing.get(0).path(seen == Seen.CRASH ? "reason" : "root").asText(""),
        diagnoses.stream().map(Observation::told).toList(),
        diagnoses.stream().flatMap(Observation::mistakes).toList(),
        seconds);
  }

  private static List<JsonNode> concerning(JsonNode entries, String candidate, String reference) {
    List<JsonNode> chosen = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.path("candidate").asText().equals(candidate)
          && entry.path("reference").asText().equals(reference)) {
        chosen.add(entry);
      }
    }
    return chosen;
  }

  private static Told told(JsonNode d) {
    return new Told(
        d.path("cause").asText(""),
        d.path("status").asText(),
        d.path("story").asText(),
        place(d.path("first").path("reference")),
        place(d.path("first").path("candidate")));
  }

  private static Stream<Told> mistakes(JsonNode d) {
    List<Told> mistakes = new ArrayList<>();
    for (JsonNode f : d.path("findings")) {
      mistakes.add(
          new Told(
              f.path("cause").asText(""),
              d.path("status").asText(),
              f.path("claim").asText(""),
              place(f.path("expected")),
              place(f.path("blame"))));
    }
    return mistakes.stream();
  }

  private static Optional<OpPlace> place(JsonNode p) {
    return p.isObject()
        ? Optional.of(
            new OpPlace(p.path("op").asText(), p.path("file").asText(), p.path("line").asInt()))
        : Optional.empty();
  }
}

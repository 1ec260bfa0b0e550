package torchparity.harness.shrink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import torchparity.cases.Case;

/** The integer parameters of a case, and what may be tried in their places. */
final class Sizes {
  /** Every size of a case is 1 or more ({@code case.schema.json}). */
  private static final int LEAST = 1;

  /** So many values are tried at once between one that fails and one that does not. */
  private static final int MOST = 12;

  private Sizes() {}

  /** Names of the integer parameters above their minimum, the greatest first. */
  static List<String> of(Case question) {
    return question.parameters().properties().stream()
        .filter(p -> p.getValue().isInt() && p.getValue().asInt() > LEAST)
        .sorted(
            Comparator.comparingInt((Map.Entry<String, JsonNode> p) -> -p.getValue().asInt())
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Values to try below {@code value}, the smallest first: close together where they are small. */
  static List<Integer> below(int value) {
    TreeSet<Integer> values = new TreeSet<>();
    for (int small = LEAST; small <= 4; small++) {
      values.add(small);
    }
    for (int half = value / 2; half > 4; half /= 2) {
      values.add(half);
    }
    values.removeIf(v -> v >= value);
    return new ArrayList<>(values);
  }

  /** Values between two, neither included. */
  static List<Integer> between(int low, int high) {
    TreeSet<Integer> values = new TreeSet<>();
    for (int i = 1; i <= MOST; i++) {
      values.add(low + Math.round((high - low) * i / (MOST + 1f)));
    }
    values.removeIf(v -> v <= low || v >= high);
    return new ArrayList<>(values);
  }
}

package torchparity.harness.mutants;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of the mutated source, told by what stands in it.
 *
 * @param file the file's name if it is not the mutant's own, else empty
 * @param text what no other line of the file has
 */
public record Place(String file, String text) {
  /** In YAML a text, or a mapping of file and text. */
  @JsonCreator
  static Place of(JsonNode node) {
    return node.isTextual()
        ? new Place("", node.asText().strip())
        : new Place(node.path("file").asText(), node.path("text").asText().strip());
  }

  /**
   * The line's number in {@code source}, from 1.
   *
   * @throws IllegalArgumentException if the text stands in no line or in several
   */
  int line(String source) {
    List<String> lines = source.lines().toList();
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        found.add(i + 1);
      }
    }
    if (found.size() != 1 || text.isEmpty()) {
      throw new IllegalArgumentException(
          "the true line must be one line, but '%s' stands in lines %s".formatted(text, found));
    }
    return found.get(0);
  }
}

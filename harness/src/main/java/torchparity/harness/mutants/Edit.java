package torchparity.harness.mutants;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of one place in a source file.
 *
 * @param file the file's name if it is not the mutant's own, else empty
 * @param find text that stands exactly once in the file: a part of one line, or several lines,
 *     whose indentation does not count
 * @param replace what takes its place, indented like the first line found; nothing removes the line
 */
public record Edit(String file, String find, String replace) {
  @JsonCreator
  static Edit of(
      @JsonProperty(value = "file", required = false) @Nullable String file,
      @JsonProperty(value = "find", required = true) String find,
      @JsonProperty(value = "replace", required = true) String replace) {
    return new Edit(file == null ? "" : file, find.strip(), replace.strip());
  }

  /** How often {@link #find} stands in {@code text}. */
  long count(String text) {
    return pattern().matcher(text).results().count();
  }

  /**
   * {@code text} with the change.
   *
   * @throws IllegalArgumentException if the place is not found exactly once
   */
  String apply(String text) {
    var places = pattern().matcher(text).results().toList();
    if (places.size() != 1) {
      throw new IllegalArgumentException(
          "stands %d times and not once: %s".formatted(places.size(), find));
    }
    int start = places.get(0).start();
    int end = places.get(0).end();
    int line = text.lastIndexOf('\n', start - 1) + 1;
    int lineEnd = text.indexOf('\n', end) + 1;
    String before = text.substring(line, start);
    if (replace.isEmpty() && before.isBlank() && text.substring(end, lineEnd).isBlank()) {
      return text.substring(0, line) + text.substring(lineEnd);
    }
    String indentation = text.substring(line, line + indentation(text.substring(line, end)));
    return text.substring(0, start)
        + replace.replace("\n", "\n" + indentation)
        + text.substring(end);
  }

  private Pattern pattern() {
    List<String> lines = find.lines().map(String::strip).map(Pattern::quote).toList();
    return Pattern.compile(lines.stream().collect(Collectors.joining("[ \t]*\n[ \t]*")));
  }

  private static int indentation(String line) {
    return line.length() - line.stripLeading().length();
  }
}

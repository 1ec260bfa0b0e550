package torchparity.harness.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/** What options of every kind have in common. */
final class Options {
  private Options() {}

  /**
   * Nothing is run twice in one run.
   *
   * @throws ParityException if a value stands twice
   */
  static void checkDistinct(String option, List<?> values) {
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      if (!seen.add(value)) {
        throw new ParityException(Code.USAGE, "%s: '%s' stands twice".formatted(option, value));
      }
    }
  }

  /** The words of a command, quoted by {@link #quoted}. */
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    boolean any = false;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
        any = true;
      } else if (c == '\\' && !quoted && i + 1 < command.length()) {
        word.append(command.charAt(++i));
      } else if (c == ' ' && !quoted) {
        if (any || !word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
        any = false;
      } else {
        word.append(c);
      }
    }
    if (any || !word.isEmpty()) {
      words.add(word.toString());
    }
    return List.copyOf(words);
  }

  /** {@code word} as a shell reads it back. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

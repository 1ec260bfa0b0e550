package torchparity.harness.cli;

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

  /** {@code word} as a shell reads it back. */
  static String quoted(String word) {
    return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

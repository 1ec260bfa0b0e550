package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in which ports say when they begin, in a line with a plus, and when they end: a minus. */
public final class InAndOut {
  private InAndOut() {}

  /** How many ran at once at most. */
  public static int most(Path said) throws IOException {
    int now = 0;
    int most = 0;
    for (String line : Files.readAllLines(said)) {
      now += line.startsWith("+") ? 1 : -1;
      most = Math.max(most, now);
    }
    return most;
  }
}

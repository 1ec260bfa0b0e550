package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are followed to their ends. */
class ChildTest {
  @TempDir Path folder;

  private OptionalInt run(String script, Duration timeout) throws Exception {
    return Child.run(
        List.of("sh", "-c", script),
        Map.of("PATH", System.getenv("PATH"), "WORD", "said"),
        folder.resolve("log.txt"),
        timeout);
  }

  @Test
  void tellsHowItEndedAndKeepsWhatItPrinted() throws Exception {
    assertThat(run("echo $WORD; echo more >&2; exit 7", Duration.ofMinutes(1))).hasValue(7);

    assertThat(folder.resolve("log.txt")).hasContent("said\nmore");
  }

  @Test
  void endsWhatTakesTooLongWithItsChildren() throws Exception {
    String script = "cd '" + folder + "'; sleep 300 & echo $! >child; sleep 300";

    assertThat(run(script, Duration.ofSeconds(2))).isEmpty();

    assertThat(commandLine(Files.readString(folder.resolve("child")).strip())).isEmpty();
  }

  /** Empty for one that has ended, though nobody may have reaped it yet. */
  private static String commandLine(String pid) {
    try {
      return Files.readString(Path.of("/proc", pid, "cmdline"));
    } catch (IOException e) {
      return "";
    }
  }
}

package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupervisedTest {
  private static final int NOT_FOUND = 127;

  @TempDir Path folder;

  /** Of its own limit alone the test could see nothing where the user's is nought already. */
  @Test
  void leavesNoCoreFile() throws Exception {
    Process process =
        Supervised.builder(
                "mark",
                List.of("bash", "-c", "ulimit -S -c; ulimit -H -c"),
                Map.of("PATH", System.getenv("PATH")))
            .start();

    assertThat(process.getInputStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("0\n0\n");
  }

  /** The shell reports a program that ends first, if it can: here each of its steps is slow. */
  @Test
  void saysNothingOfItsOwnHoweverQuickTheProgramIs() throws Exception {
    Path slow = Files.writeString(folder.resolve("slow"), "trap 'sleep 0.05' DEBUG\n");
    Process process =
        Supervised.builder(
                "mark",
                List.of("sh", "-c", "echo said; exit 7"),
                Map.of("PATH", System.getenv("PATH"), "BASH_ENV", slow.toString()))
            .redirectErrorStream(true)
            .start();

    assertThat(process.getInputStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("said\n");
    assertThat(process.waitFor()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "eval, touch hacked; exit 7 #",
    "source, hacked",
    "exec, touch hacked",
    "-a, touch hacked",
    "shift, hacked"
  })
  void startsProgramsAndNothingElse(String first, String second) throws Exception {
    List<String> command = new ArrayList<>(List.of(first));
    command.addAll(List.of(second.split(" ", -1)));
    Process process =
        Supervised.builder("mark", command, Map.of("PATH", System.getenv("PATH")))
            .directory(folder.toFile())
            .start();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).isEqualTo(NOT_FOUND);
    assertThat(folder).isEmptyDirectory();
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** The historical bug, as small as it can be. */
class ShrinkTest {
  @TempDir Path folder;

  @Test
  void findsTheSmallestInstanceThatFailsAlikeAndPrintsItsCommand() throws Exception {
    ParityProcess parity = new ParityProcess(folder);
    Path variant = ParityProcess.ROOT.resolve("nu/variants/skew_about_origin.nu");
    Ended run =
        parity.run(
            "--case=sgd-training",
            "--dtype=float64",
            "--tier=exact",
            "--epochs=4",
            "--no-explain",
            "--ports=python,nu",
            "--port=nu=" + variant);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(1);

    Ended shrunk = parity.execute(folder, List.of("shrink", run.files().toString()));

    assertThat(shrunk.exitCode()).as(shrunk.err()).isEqualTo(1);
    // The third blob needs a point: three centres of one each, one epoch, one hidden unit.
    assertThat(shrunk.out())
        .contains("smallest that fails at data.X (ValueMismatch): n_samples 3 (was 300)")
        .contains("hidden_size 1 (was 20)")
        .contains("epochs 1 (was 4)");
    Path again = folder.resolve("again");
    Ended smallest = parity.execute(again, again(shrunk.out(), again));
    assertThat(smallest.exitCode()).as(smallest.out() + smallest.err()).isEqualTo(1);
    JsonNode comparison = smallest.comparisons("nu", "python").get(0);
    assertThat(comparison.get("root").asText()).isEqualTo("data.X");
  }

  @Test
  void printsNoTerminalCodeOfAPort() throws Exception {
    ParityProcess parity = new ParityProcess(folder);
    Path program = ParityProcess.ROOT.resolve("harness/src/test/resources/faults/faulty.py");
    Path honest = Files.copy(program, folder.resolve("honest.py"));
    Path steers = Files.copy(program, folder.resolve("steers_terminals.py"));
    Ended run =
        parity.run(
            "--case=data-blobs",
            "--dtype=float32",
            "--tier=exact",
            "--no-explain",
            "--reference=honest",
            "--ports=honest,mine",
            "--port=honest=" + honest,
            "--port=mine=" + steers);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(3);

    Ended shrunk = parity.execute(folder, List.of("shrink", run.files().toString()));

    String place = "fails at FAILED, mine: red [31m]0;title words";
    assertThat(shrunk.out()).contains("smallest that " + place + ": as it is\nagain: ");
    assertThat(shrunk.err()).contains(place + "\n");
    assertThat(shrunk.out() + shrunk.err()).doesNotContain("\u001b", "\u0007");
  }

  /** The words of the printed command, without the launcher. */
  private static List<String> again(String out, Path files) {
    String line = out.lines().filter(l -> l.startsWith("again: ")).findFirst().orElseThrow();
    List<String> words = new ArrayList<>(List.of(line.split(" ")));
    List<String> arguments = new ArrayList<>(words.subList(2, words.size()));
    arguments.addAll(List.of("--out", files.toString(), "--no-report", "--no-explain"));
    return arguments;
  }
}

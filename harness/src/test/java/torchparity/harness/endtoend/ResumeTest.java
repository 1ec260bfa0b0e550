package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** What a run leaves to go on from, and what {@code run --resume} makes of it. */
class ResumeTest {
  @TempDir Path folder;
  private HangingRun hanging;

  @BeforeEach
  void newRun() {
    hanging = new HangingRun(folder);
  }

  @Test
  void keepsItsFolderPrivate() throws Exception {
    Path files = runWithoutHanging();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
        .isEqualTo("rwx------");
    Path trace = files.resolve("honest/data-blobs.seed-42.float32.exact/data.X.safetensors");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)))
        .isEqualTo("rw-------");
  }

  @Test
  void runsAgainWhatIsNoLongerWhole() throws Exception {
    Path files = runWithoutHanging();
    JsonNode before = HangingRun.withoutTimes(files);
    Path trace = files.resolve("honest/data-blobs.seed-42.float32.exact");
    Files.delete(trace.resolve("trace.json"));
    Files.writeString(files.resolve("steady/ended.json"), "{");
    Files.writeString(files.resolve("hangs_once/ended.json"), "{}");

    Ended resumed = hanging.resume(files);

    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
    assertThat(HangingRun.withoutTimes(files)).isEqualTo(before);
    assertThat(trace.resolve("trace.json")).exists();
    assertThat(HangingRun.lines(files.resolve("honest/events.jsonl")))
        .as("run once more")
        .hasSize(2);
  }

  @Test
  void namesTheFileOfOptionsThatItDoesNotKnow() throws Exception {
    Files.writeString(
        folder.resolve("run.json"),
        """
        {"format": "torch-parity-run/1", "arguments": ["--nonsense"]}
        """);

    Ended run =
        new ParityProcess(folder).execute(folder, List.of("run", "--resume", folder.toString()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("run.json: Unknown option: '--nonsense'");
  }

  @Test
  void takesNoOtherOptionsBesideResume() throws Exception {
    Ended run =
        new ParityProcess(folder)
            .execute(folder, List.of("run", "--resume", folder.toString(), "--case", "data-blobs"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("leave out --case data-blobs");
  }

  /** The files of a run that nothing holds up. */
  private Path runWithoutHanging() throws Exception {
    Files.createFile(folder.resolve("hung"));
    Path files = folder.resolve("run");
    Ended run = new ParityProcess(folder).execute(files, hanging.arguments(files));
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    return files;
  }
}

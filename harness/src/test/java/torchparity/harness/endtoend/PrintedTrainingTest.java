package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The training script that this project comes from, written for nutorch, as it was printed: with
 * its skew bug it must lose what CPython loses given the same bug, and mended what CPython loses.
 */
class PrintedTrainingTest {
  private static final Path RESOURCES = ParityProcess.ROOT.resolve("harness/src/test/resources");

  /** Twenty seeds of 100 float32 epochs differed by 2.4e-7 at most; only BLAS rounds otherwise. */
  private static final double ALLOWED = 1e-6;

  private static final int EPOCHS = Integer.getInteger("printed.epochs", 60);

  @TempDir Path folder;

  @Test
  void losesWhatCPythonLosesWithTheBug() throws Exception {
    compare(printed(), "buggy");
  }

  @Test
  void losesWhatCPythonLosesOnceMended() throws Exception {
    String mended =
        printed()
            .replace(
                "$points = (torch mm $points $skew_matrix)",
                "$points = (torch sub $points ($blob_centers | get $i)) | torch mm $skew_matrix"
                    + " | torch add ($blob_centers | get $i)");
    assertThat(mended).isNotEqualTo(printed());

    compare(mended, "mended");
  }

  private static String printed() throws Exception {
    return Files.readString(RESOURCES.resolve("training_as_printed.nu"));
  }

  private void compare(String script, String kind) throws Exception {
    Path losses = folder.resolve("losses.json");
    String shortened =
        script
                .replace("--epochs 3000", "--epochs " + EPOCHS)
                .replace("--record_every 100", "--record_every 10")
            + "\n$model_res.losses | to json | save '"
            + losses
            + "'\n";

    registerAndRun(shortened);
    JsonNode actual = new ObjectMapper().readTree(losses.toFile());
    JsonNode expected =
        new ObjectMapper()
            .readTree(
                PythonProcess.run(
                    folder, 200, RESOURCES.resolve("training.py").toString(), "" + EPOCHS, kind));

    assertThat(actual.size()).isEqualTo(EPOCHS / 10);
    for (int i = 0; i < actual.size(); i++) {
      double loss = expected.get(10 * i + 9).asDouble();
      assertThat(actual.get(i).asDouble()).isCloseTo(loss, within(ALLOWED * loss));
    }
  }

  /** `plugin use torch` stands in the script, so that the plugin must be in a registry. */
  private void registerAndRun(String script) throws Exception {
    Path registry = folder.resolve("plugin.msgpackz");
    Path file = folder.resolve("training.nu");
    Files.writeString(file, script);
    String nu = NuProcess.program().toString();
    run(
        List.of(
            nu,
            "-n",
            "-c",
            "plugin add --plugin-config '%s' '%s'".formatted(registry, NuProcess.PLUGIN)));
    run(
        List.of(
            nu,
            "--config-home",
            folder.toString(),
            "--plugin-config",
            registry.toString(),
            file.toString()));
  }

  private void run(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "nu", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(500, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
  }
}

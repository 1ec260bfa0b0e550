package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in the real nu; the checks themselves are a Nushell script. */
class PluginTest {
  @TempDir Path folder;

  @Test
  void passesEveryCheckInNushell() throws Exception {
    Path output = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                List.of(
                    nu().toString(),
                    "-n",
                    "--plugins",
                    ParityProcess.ROOT.resolve("engine/nu_plugin_torch").toString(),
                    ParityProcess.ROOT.resolve("harness/src/test/resources/plugin.nu").toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    assertThat(Files.readString(output)).doesNotContain("FAILED").contains("done");
  }

  private static Path nu() throws Exception {
    try (Stream<Path> below =
        Files.walk(ParityProcess.ROOT.resolve("nu/node_modules/@nushell"), 4)) {
      return below.filter(f -> f.endsWith("bin/nu")).findFirst().orElseThrow();
    }
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real nu with our plugin, and nothing of the user's own configuration. */
final class NuProcess {
  static final Path PLUGIN = ParityProcess.ROOT.resolve("engine/nu_plugin_torch");

  private NuProcess() {}

  /** What {@code script} prints; the script must end within {@code seconds}, with exit code 0. */
  static String run(Path folder, String script, int seconds)
      throws IOException, InterruptedException {
    Path file = Files.createTempFile(folder, "script", ".nu");
    Files.writeString(file, script);
    return run(folder, List.of(file.toString()), seconds);
  }

  static String run(Path folder, List<String> arguments, int seconds)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    List<String> command =
        new ArrayList<>(List.of(program().toString(), "-n", "--plugins", PLUGIN.toString()));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("NO_COLOR", "1");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }

  static Path program() throws IOException {
    try (Stream<Path> below =
        Files.walk(ParityProcess.ROOT.resolve("nu/node_modules/@nushell"), 4)) {
      return below.filter(f -> f.endsWith("bin/nu")).findFirst().orElseThrow();
    }
  }
}

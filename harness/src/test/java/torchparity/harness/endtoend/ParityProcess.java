package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command line as a real process, on the classes under test. */
final class ParityProcess {
  static final Path ROOT = Path.of(System.getProperty("parity.root"));

  /** A run takes seconds; this is for one that hangs. */
  private static final int MOST_SECONDS = 180;

  private final Path folder;
  private final Path workplace;

  ParityProcess(Path folder) {
    this(folder, ROOT);
  }

  /** Processes that somebody starts in {@code workplace}. */
  ParityProcess(Path folder, Path workplace) {
    this.folder = folder;
    this.workplace = workplace;
  }

  /**
   * What the process left.
   *
   * @param out standard output
   * @param err standard error
   */
  record Ended(int exitCode, String out, String err, Path files) {
    /** The whole result, from {@code result.json}. */
    JsonNode result() throws IOException {
      return new ObjectMapper().readTree(files.resolve("result.json").toFile());
    }

    /** The comparisons of one pair. */
    List<JsonNode> comparisons(String candidate, String reference) throws IOException {
      List<JsonNode> chosen = new ArrayList<>();
      for (JsonNode c : result().get("comparisons")) {
        if (c.get("candidate").asText().equals(candidate)
            && c.get("reference").asText().equals(reference)) {
          chosen.add(c);
        }
      }
      assertThat(chosen).as("comparisons of %s with %s", candidate, reference).isNotEmpty();
      return chosen;
    }
  }

  /** {@code parity run} with these options, into a new folder; reports only with --report. */
  Ended run(String... options) throws IOException, InterruptedException {
    Path files = folder.resolve("run");
    List<String> arguments = new ArrayList<>(List.of("run", "--out", files.toString()));
    arguments.addAll(List.of(options));
    if (!arguments.contains("--report")) {
      arguments.add("--no-report");
    }
    return execute(files, arguments);
  }

  Ended execute(Path files, List<String> arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        builder(arguments)
            .directory(workplace.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err), files);
  }

  /** What starts the command line with {@code arguments}. */
  static ProcessBuilder builder(List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dparity.root=" + ROOT,
                "-Dorg.bytedeco.javacpp.cachedir=" + ROOT.resolve(".parity/javacpp"),
                "-cp",
                System.getProperty("java.class.path"),
                "torchparity.harness.cli.Parity"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
    builder.environment().put("PARITY_ROOT", ROOT.toString());
    builder.environment().put("NO_COLOR", "1");
    return builder;
  }

  /** The real Python port, broken as {@code sabotage} says. */
  Path sabotaged(String sabotage) throws IOException {
    Path program = folder.resolve(sabotage + ".py");
    Files.copy(ROOT.resolve("harness/src/test/resources/ports/sabotage.py"), program);
    return program;
  }
}

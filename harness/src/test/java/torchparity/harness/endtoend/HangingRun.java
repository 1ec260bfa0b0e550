package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A run of three ports, one of which hangs the first time and leaves the file {@code hung}. */
final class HangingRun {
  private static final Path PYTHON = ParityProcess.ROOT.resolve("python/.venv/bin/python");
  private static final String HEEDS_SIGNALS =
      "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
          + " os.execvp(sys.argv[1], sys.argv[1:])";

  private final Path folder;

  HangingRun(Path folder) {
    this.folder = folder;
  }

  List<String> arguments(Path files) throws IOException {
    return arguments(files, "hangs_once");
  }

  List<String> arguments(Path files, String hanging) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("run", "--case", "data-blobs", "--dtype", "float32"));
    all.addAll(
        List.of("--tier", "exact", "--no-report", "--no-explain", "--out", files.toString()));
    all.addAll(List.of("--ports", "honest,steady," + hanging, "--reference", "honest"));
    for (String port : List.of("honest", "steady", hanging)) {
      Path program = folder.resolve(port + ".py");
      if (!Files.exists(program)) {
        Files.copy(
            ParityProcess.ROOT.resolve("harness/src/test/resources/faults/faulty.py"), program);
      }
      all.addAll(List.of("--port", port + "=" + program));
    }
    return all;
  }

  Process start(Path files) throws IOException {
    return start(arguments(files));
  }

  Process start(List<String> arguments) throws IOException {
    ProcessBuilder builder = ParityProcess.builder(arguments);
    // Whoever started these tests in the background ignores SIGINT, and a run would, too.
    builder.command().addAll(0, List.of(PYTHON.toString(), "-c", HEEDS_SIGNALS));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed.txt").toFile())
        .start();
  }

  Ended resume(Path files) throws Exception {
    return new ParityProcess(folder)
        .execute(files, List.of("run", "--resume", files.toString(), "--no-report"));
  }

  /** Until the one port hangs and the others are done. */
  void untilItHangs(Process run) throws Exception {
    for (int i = 0; i < 1200; i++) {
      if (Files.exists(folder.resolve("hung"))
          && Files.exists(folder.resolve("run/honest/ended.json"))
          && Files.exists(folder.resolve("run/steady/ended.json"))) {
        assertThat(ports()).as("what endsWithin looks for").isNotEmpty();
        return;
      }
      assertThat(run.isAlive()).as(printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("the port was never started: " + printed());
  }

  static void signal(Process run, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(run.pid())).start().waitFor();
  }

  boolean endsWithin(int seconds) throws InterruptedException {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (System.nanoTime() < end) {
      if (ports().isEmpty()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    return ports().isEmpty();
  }

  /** Ports and their supervisors: the harness has the folder in its command line, too. */
  private List<String> ports() {
    return withWords(folder + "/", "--job");
  }

  /** Processes with all of {@code words} in their command lines. */
  static List<String> withWords(String... words) {
    return ProcessHandle.allProcesses()
        .map(p -> p.info().commandLine().orElse(""))
        .filter(c -> Stream.of(words).allMatch(c::contains))
        .toList();
  }

  String printed() throws IOException {
    return Files.readString(folder.resolve("printed.txt"));
  }

  static List<String> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    }
  }

  static JsonNode result(Path files) throws IOException {
    return new ObjectMapper().readTree(files.resolve("result.json").toFile());
  }

  static JsonNode withoutTimes(Path files) throws IOException {
    ObjectNode result = (ObjectNode) result(files);
    result.remove("times");
    return result;
  }
}

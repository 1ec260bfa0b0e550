package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A run that is ended from outside, with one port that hangs the first time. */
@Tag("fast")
class InterruptionTest {
  private static final Path PYTHON = ParityProcess.ROOT.resolve("python/.venv/bin/python");
  private static final String HEEDS_SIGNALS =
      "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL);"
          + " os.execvp(sys.argv[1], sys.argv[1:])";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  void reportsWhatIsFinishedAndGoesOnLater(String signal, int exitCode) throws Exception {
    Path files = folder.resolve("run");
    Process run = start(files);
    untilItHangs(run);

    signal(run, signal);

    assertThat(endsWithin(5)).as("ports end").isTrue();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(printed()).isEqualTo(exitCode);
    assertThat(printed()).contains("INTERRUPTED").contains("go on: ./parity run --resume");
    JsonNode part = result(files);
    assertThat(part.get("exitCode").asInt()).isEqualTo(exitCode);
    assertThat(part.get("parity").asBoolean()).isFalse();
    assertThat(verdicts(part)).containsExactlyInAnyOrder("MATCH", "NOT_RUN");

    Ended resumed = resume(files);

    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
    Path fresh = folder.resolve("fresh");
    Ended whole = new ParityProcess(folder).execute(fresh, arguments(fresh));
    assertThat(whole.exitCode()).isZero();
    assertThat(withoutTimes(files)).isEqualTo(withoutTimes(fresh));
    String job = Files.readString(files.resolve("honest/job.json"));
    assertThat(job).contains("data-blobs.seed-42.float32.exact");
    assertThat(lines(files.resolve("honest/events.jsonl"))).as("run once").hasSize(2);
    assertThat(lines(files.resolve("hangs_once/events.jsonl"))).hasSize(3);
  }

  @Test
  void endsPortsWhenTheHarnessIsKilled() throws Exception {
    Process run = start(folder.resolve("run"));
    untilItHangs(run);

    run.destroyForcibly();

    assertThat(endsWithin(10)).as("ports end").isTrue();
    Ended resumed = resume(folder.resolve("run"));
    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
  }

  @Test
  void keepsWhatWasFoundWhenItIsKilledInTheDiagnosis() throws Exception {
    Path files = folder.resolve("run");
    List<String> all = arguments(files, "hangs_when_logged");
    all.remove("--no-explain");
    Process run = start(all);
    untilItHangs(run);

    run.destroyForcibly();

    assertThat(endsWithin(10)).as("ports end").isTrue();
    JsonNode found = new ObjectMapper().readTree(files.resolve("result.json").toFile());
    assertThat(found.get("comparisons"))
        .extracting(c -> c.get("candidate").asText() + " " + c.get("verdict").asText())
        .containsExactlyInAnyOrder("steady MATCH", "hangs_when_logged MISMATCH");
    Ended explained =
        new ParityProcess(folder).execute(files, List.of("explain", files.toString()));
    assertThat(explained.out()).contains("./parity run --resume RUN");
  }

  @Test
  @Tag("slow")
  void endsTheRunOfAMutantWhenTheHarnessIsKilled() throws Exception {
    Path files = folder.resolve("mutants");
    Process mutants =
        start(
            List.of(
                "mutants",
                "--filter",
                "skew-about-origin",
                "--no-explain",
                "--out",
                files.toString()));
    while (withWords(files + "/", "job.json").isEmpty()) {
      assertThat(mutants.isAlive()).as(printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }

    List<ProcessHandle> below = mutants.descendants().toList();
    mutants.destroyForcibly();

    for (int i = 0; i < 500 && below.stream().anyMatch(ProcessHandle::isAlive); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(below).as("run and ports").hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
    assertThat(withWords(files.toString())).as("processes that live on").isEmpty();
    try (Stream<Path> all = Files.walk(files)) {
      assertThat(all).as("it did not go on").noneMatch(f -> f.endsWith("result.json"));
    }
  }

  @Test
  void endsAVersionCommandWithTheRun() throws Exception {
    Files.createFile(folder.resolve("hung"));
    List<String> all = arguments(folder.resolve("run"));
    Files.writeString(
        folder.resolve("port.yaml"),
        """
        name: steady
        program: steady.py
        command: ['{python}', '{program}']
        version: [sh, -c, 'echo $$ >asked; exec sleep 300']
        """);
    all.set(all.indexOf("steady=" + folder.resolve("steady.py")), folder + "/port.yaml");
    Process run = start(all);
    while (!Files.exists(folder.resolve("asked"))
        || Files.readString(folder.resolve("asked")).isBlank()) {
      assertThat(run.isAlive()).as(printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }

    signal(run, "TERM");

    long asked = Long.parseLong(Files.readString(folder.resolve("asked")).strip());
    ProcessHandle.of(asked).ifPresent(v -> v.onExit().orTimeout(5, TimeUnit.SECONDS).join());
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(printed()).isEqualTo(143);
  }

  @Test
  void keepsItsFolderPrivate() throws Exception {
    Files.createFile(folder.resolve("hung"));
    Path files = folder.resolve("run");

    Ended run = new ParityProcess(folder).execute(files, arguments(files));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files)))
        .isEqualTo("rwx------");
    Path trace = files.resolve("honest/data-blobs.seed-42.float32.exact/data.X.safetensors");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace)))
        .isEqualTo("rw-------");
  }

  @Test
  void runsAgainWhatIsNoLongerWhole() throws Exception {
    Files.createFile(folder.resolve("hung"));
    Path files = folder.resolve("run");
    Ended run = new ParityProcess(folder).execute(files, arguments(files));
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    JsonNode before = withoutTimes(files);
    Path trace = files.resolve("honest/data-blobs.seed-42.float32.exact");
    Files.delete(trace.resolve("trace.json"));
    Files.writeString(files.resolve("steady/ended.json"), "{");
    Files.writeString(files.resolve("hangs_once/ended.json"), "{}");

    Ended resumed = resume(files);

    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
    assertThat(withoutTimes(files)).isEqualTo(before);
    assertThat(trace.resolve("trace.json")).exists();
    assertThat(lines(files.resolve("honest/events.jsonl"))).as("run once more").hasSize(2);
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

  private List<String> arguments(Path files) throws IOException {
    return arguments(files, "hangs_once");
  }

  private List<String> arguments(Path files, String hanging) throws IOException {
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

  private Process start(Path files) throws IOException {
    return start(arguments(files));
  }

  private Process start(List<String> arguments) throws IOException {
    ProcessBuilder builder = ParityProcess.builder(arguments);
    // Whoever started these tests in the background ignores SIGINT, and a run would, too.
    builder.command().addAll(0, List.of(PYTHON.toString(), "-c", HEEDS_SIGNALS));
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed.txt").toFile())
        .start();
  }

  private Ended resume(Path files) throws Exception {
    return new ParityProcess(folder)
        .execute(files, List.of("run", "--resume", files.toString(), "--no-report"));
  }

  /** Until the one port hangs and the others are done. */
  private void untilItHangs(Process run) throws Exception {
    for (int i = 0; i < 1200; i++) {
      if (Files.exists(folder.resolve("hung"))
          && Files.exists(folder.resolve("run/honest/ended.json"))
          && Files.exists(folder.resolve("run/steady/ended.json"))) {
        return;
      }
      assertThat(run.isAlive()).as(printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("the port was never started: " + printed());
  }

  private static void signal(Process run, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(run.pid())).start().waitFor();
  }

  private boolean endsWithin(int seconds) throws InterruptedException {
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
    return withWords(folder + "/hangs_once.py", "--job");
  }

  /** Processes with all of {@code words} in their command lines. */
  private static List<String> withWords(String... words) {
    return ProcessHandle.allProcesses()
        .map(p -> p.info().commandLine().orElse(""))
        .filter(c -> Stream.of(words).allMatch(c::contains))
        .toList();
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("printed.txt"));
  }

  private static List<String> lines(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.toList();
    }
  }

  private static JsonNode result(Path files) throws IOException {
    return new ObjectMapper().readTree(files.resolve("result.json").toFile());
  }

  private static JsonNode withoutTimes(Path files) throws IOException {
    ObjectNode result = (ObjectNode) result(files);
    result.remove("times");
    return result;
  }

  private static List<String> verdicts(JsonNode result) {
    List<String> verdicts = new ArrayList<>();
    result.get("comparisons").forEach(c -> verdicts.add(c.get("verdict").asText()));
    return verdicts;
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;

/** Baselines of a project of its own, as processes: what CI says is a variable of theirs. */
class BaselineTest {
  @TempDir Path folder;
  private Path project;
  private Path traces;

  /**
   * What the process left.
   *
   * @param text both of its outputs
   */
  private record Ended(int exitCode, String text) {}

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(
        project.resolve("parity.yaml"),
        "ports: [%1$s/python, %1$s/engine]\nreference: python\ncases: %1$s/cases\n"
            .formatted(ParityProcess.ROOT));
    traces = folder.resolve("traces");
    trace(traces.resolve("python/one"), 1, 2, 3);
  }

  @Test
  void savesARunAndFindsOneChangedNumber() throws Exception {
    run();

    Ended saved = baseline("save", "b");
    Ended same = baseline("check", "b");
    Path tensor = kept("jvm/data-blobs.seed-42.float32.exact/data.X.safetensors");
    byte[] bytes = Files.readAllBytes(tensor);
    bytes[bytes.length - 1] ^= 1;
    Files.write(tensor, bytes);
    Ended changed = baseline("check", "b");

    assertThat(saved.exitCode()).as(saved.text()).isZero();
    assertThat(saved.text()).contains("saved 2 traces of reports/run-").contains(" as b");
    assertThat(same.exitCode()).as(same.text()).isZero();
    assertThat(same.text()).startsWith("MATCH  0 of 4 probes differ");
    assertThat(changed.exitCode()).as(changed.text()).isEqualTo(1);
    assertThat(changed.text())
        .contains("jvm/data-blobs.seed-42.float32.exact, data.X: 1 of 600 elements differ")
        .contains("at (299, 1)")
        .contains("none is allowed")
        .contains("MISMATCH  1 of 4 probes differ");
  }

  @Test
  void keepsNoRunThatIsWrongOrAPartOfOne() throws Exception {
    Path whole = run();
    Path later = copy(whole, whole.resolveSibling("run-99990101-000000-000"));
    Path result = later.resolve("result.json");
    String text = Files.readString(result);
    String name = later.toString();

    Files.writeString(result, text.replace("\"exitCode\" : 0", "\"exitCode\" : 130"));
    assertRefused(baseline("save", "b", "--run", name), "the run was interrupted");
    assertThat(baseline("save", "b").text()).contains("of reports/" + whole.getFileName());
    assertThat(baseline("check", "b").exitCode()).isZero();
    Files.writeString(
        result,
        text.replace("\"exitCode\" : 0", "\"exitCode\" : 1")
            .replace("\"parity\" : true", "\"parity\" : false"));
    assertRefused(baseline("save", "b"), "the run ended without parity (exit code 1)");
    Files.delete(result);
    assertRefused(baseline("save", "b", "--run", name), "the run has no result");
    assertThat(baselines()).containsExactly("b");
  }

  @Test
  void keepsNoTraceThatWasNotFinished() throws Exception {
    trace(traces.resolve("python/two"), 1);
    Files.delete(traces.resolve("python/two/trace.json"));

    assertRefused(
        baseline("save", "b", "--run", traces.toString()),
        "unfinished, without trace.json: python/two");
    assertThat(project.resolve("baselines")).doesNotExist();
  }

  @Test
  void savesNothingWhereCiIsTrue() throws Exception {
    List<String> arguments = List.of("baseline", "save", "b", "--run", traces.toString());

    assertRefused(parity(Map.of("CI", "true"), arguments), "not saved where CI=true");
    assertThat(project.resolve("baselines")).doesNotExist();
    assertThat(parity(Map.of("CI", "false"), arguments).exitCode()).isZero();
  }

  @Test
  void saysWhatIsNotThere() throws Exception {
    assertRefused(
        baseline("check", "nope", "--run", traces.toString()), "there is no baseline 'nope'");
    assertRefused(baseline("check", "nope"), "there is no run yet");
    assertRefused(
        baseline("save", "b", "--run", "nowhere"), "--run nowhere: there is no such folder");
    assertRefused(baseline("save", "../b"), "a baseline's name has letters");
  }

  @Test
  void keepsTheOldOneIfItIsToBeSavedFromItself() throws Exception {
    assertThat(baseline("save", "b", "--run", traces.toString()).exitCode()).isZero();

    for (String run : List.of("baselines/b", "baselines/b/python", "baselines", ".")) {
      Ended again = baseline("save", "b", "--run", run);
      assertThat(again.exitCode()).as(again.text()).isEqualTo(2);
      assertThat(again.text()).contains("the baseline 'b' itself");
    }
    assertThat(Trace.read(kept("python/one")).probes()).containsKey("p");
    assertThat(baselines()).containsExactly("b");
  }

  @Test
  void keepsTheOldOneIfTheNewOneCannotBeRead() throws Exception {
    assertThat(baseline("save", "b", "--run", traces.toString()).exitCode()).isZero();
    Path other = folder.resolve("other");
    trace(other.resolve("python/one"), 4);
    Path broken = other.resolve("python/one/p.safetensors");
    Files.delete(broken);

    Ended again = baseline("save", "b", "--run", other.toString());

    assertThat(again.exitCode()).as(again.text()).isNotZero();
    assertThat(Trace.read(kept("python/one")).probes().get("p").numel()).isEqualTo(3);
    assertThat(baselines()).containsExactly("b");
  }

  private static void assertRefused(Ended ended, String why) {
    assertThat(ended.exitCode()).as(ended.text()).isEqualTo(2);
    assertThat(ended.text()).contains(why).doesNotContain("\tat ");
  }

  /** A run of two real ports, below the project's reports. */
  private Path run() throws Exception {
    Ended run =
        parity(
            Map.of(),
            List.of(
                "run --case data-blobs --dtype float32 --tier exact --no-report --quiet"
                    .split(" ")));
    assertThat(run.exitCode()).as(run.text()).isZero();
    try (Stream<Path> runs = Files.list(project.resolve("reports"))) {
      return runs.findFirst().orElseThrow();
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
    return to;
  }

  private Path kept(String trace) {
    return project.resolve("baselines/b").resolve(trace);
  }

  private List<String> baselines() throws IOException {
    try (Stream<Path> all = Files.list(project.resolve("baselines"))) {
      return all.map(f -> f.getFileName().toString()).toList();
    }
  }

  private static void trace(Path folder, float... values) throws IOException {
    new Trace(
            "one",
            Map.of("p", HostTensor.ofFloats(List.of((long) values.length), values)),
            Map.of())
        .write(folder);
  }

  private Ended baseline(String... arguments) throws Exception {
    return parity(Map.of(), Stream.concat(Stream.of("baseline"), Stream.of(arguments)).toList());
  }

  private Ended parity(Map<String, String> environment, List<String> arguments) throws Exception {
    Path text = Files.createTempFile(folder, "text", ".txt");
    ProcessBuilder builder =
        ParityProcess.builder(arguments)
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(text.toFile());
    builder.environment().remove("CI");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(text));
  }
}

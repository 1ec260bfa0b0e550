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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;

/** Baselines of a project of its own, as processes: what CI says is a variable of theirs. */
@Tag("fast")
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

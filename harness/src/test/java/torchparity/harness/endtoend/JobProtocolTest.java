package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;

/** What {@code cases/FORMATS.md} asks of every port, asked of each shipped one in one job. */
class JobProtocolTest {
  private static final Path ROOT = ParityProcess.ROOT;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"python", "nu", "jvm"})
  void goesThroughAWholeJobWhateverHappensInIt(String name) throws Exception {
    Port port = port(name);
    List<Job.Instance> instances =
        List.of(
            instance("unknown", "attention", blobs(), "unknown"),
            instance("misspelt", "data-blobs", blobs().without("skew_factor"), "misspelt"),
            instance("good", "data-blobs", blobs(), "good"),
            instance("occupied", "data-blobs", blobs(), "good"),
            instance("last", "data-blobs", blobs(), "last"));
    Path job = folder.resolve("job.json");
    Path events = folder.resolve("events.jsonl");
    ContractJson.write(job, new Job(Job.FORMAT, events, 1, instances));

    assertThat(exitCode(port, "--job", job.toString())).isZero();

    Map<String, List<Event>> byInstance =
        ContractJson.readLines(events, Event.class).stream()
            .collect(Collectors.groupingBy(Event::instance));
    assertThat(kinds(byInstance, "unknown")).containsExactly("not_run");
    assertThat(message(byInstance, "unknown")).isEqualTo("no scenario 'attention'");
    assertThat(kinds(byInstance, "misspelt")).containsExactly("started", "failed");
    assertThat(message(byInstance, "misspelt")).endsWith("parameter 'skew_factor' is missing");
    assertThat(kinds(byInstance, "good")).containsExactly("started", "finished");
    assertThat(kinds(byInstance, "occupied")).containsExactly("started", "failed");
    assertThat(kinds(byInstance, "last")).containsExactly("started", "finished");
    assertThat(Trace.isComplete(folder.resolve("misspelt"))).isFalse();
    Trace good = Trace.read(folder.resolve("good"));
    assertThat(good.instance()).isEqualTo("good");
    assertThat(good.probes()).containsOnlyKeys("data.X", "data.y");
    assertThat(good.provenance())
        .containsKeys("runtime", "cpu_capability", "threads")
        .hasEntrySatisfying("torch", torch -> assertThat(torch).startsWith("2.13.0"))
        .hasEntrySatisfying("sources_sha256", hash -> assertThat(hash).matches("[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "jvm"})
  void saysInOneLineThatTheJobFileIsMissing(String name) throws Exception {
    assertThat(exitCode(port(name), "--job", folder.resolve("none.json").toString())).isEqualTo(2);

    assertThat(Files.readString(folder.resolve("log.txt")).strip())
        .contains("none.json")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "nu", "jvm"})
  void trainsForNoNegativeNumberOfEpochs(String name) throws Exception {
    assertThat(exitCode(port(name), "--epochs", "-3")).isNotZero();

    assertThat(Files.readString(folder.resolve("log.txt")))
        .contains("--epochs")
        .doesNotContain("-3 epochs", "\tat ", "Traceback");
  }

  /** The JVM's is a unit test of the trace writer. */
  @ParameterizedTest
  @ValueSource(strings = {"python", "nu"})
  void refusesToRecordAProbeTwice(String name) throws Exception {
    Port shipped = port(name);
    List<String> command = new ArrayList<>(shipped.command());
    Path program = ROOT.resolve("harness/src/test/resources/ports/twice." + extension(shipped));
    command.set(command.size() - 1, program.toString());
    Path trace = folder.resolve("trace");

    exitCode(new Port(name, name, command), ROOT.toString(), trace.toString());

    assertThat(Files.readString(folder.resolve("log.txt")))
        .contains("probe 'x' was recorded twice");
    assertThat(Trace.readProbes(trace).get("x")).matches(x -> x.getDouble(0) == 0);
  }

  private static String extension(Port port) {
    String program = port.command().get(port.command().size() - 1);
    return program.substring(program.lastIndexOf('.') + 1);
  }

  private static Port port(String name) throws IOException {
    return Project.read(ROOT, ROOT).resolve(List.of()).stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static ObjectNode blobs() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("n_samples", 30)
        .put("centers", 3)
        .put("cluster_std", 0.7)
        .put("skew_factor", 0.3);
  }

  private Job.Instance instance(String id, String scenario, ObjectNode parameters, String trace) {
    Path where = folder.resolve(trace);
    return new Job.Instance(
        id, scenario, "float32", 1, parameters, where, null, null, null, null, null);
  }

  private int exitCode(Port port, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(port.command());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log.txt").toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
      return process.exitValue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static List<String> kinds(Map<String, List<Event>> events, String instance) {
    return events.getOrDefault(instance, List.of()).stream().map(Event::event).toList();
  }

  private static String message(Map<String, List<Event>> events, String instance) {
    List<Event> all = events.getOrDefault(instance, List.of());
    return all.isEmpty() ? "" : String.valueOf(all.get(all.size() - 1).message());
  }
}

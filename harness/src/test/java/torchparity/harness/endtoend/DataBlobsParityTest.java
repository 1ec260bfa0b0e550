package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ContractJson;
import torchparity.cases.Job;
import torchparity.cases.Trace;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.Tolerance;
import torchparity.harness.comparison.TraceComparison;

/** Data blobs in CPython and in the JVM: two real processes, one job format, compared. */
class DataBlobsParityTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));

  @TempDir Path folder;

  @Test
  void drawsTheSameBlobsInPythonAndInTheJvm() throws Exception {
    Path python = run("python", 0.3, pythonPort());
    Path jvm = run("jvm", 0.3, jvmPort());

    assertThat(compare(python, jvm, "float32")).hasSize(2).allMatch(ProbeFinding::matches);
    assertThat(compare(python, jvm, "float64")).hasSize(2).allMatch(ProbeFinding::matches);
  }

  @Test
  void noticesAChangedConstant() throws Exception {
    Path python = run("python", 0.3, pythonPort());
    Path jvm = run("jvm", 0.3001, jvmPort());

    assertThat(compare(python, jvm, "float32"))
        .filteredOn(f -> !f.matches())
        .extracting(ProbeFinding::probe)
        .containsExactly("data.X");
  }

  /** Products over other BLAS kernels differ by single roundings of values near 5. */
  private static Tolerance tolerance(String probe, String dtype) {
    if (probe.equals("data.y")) {
      return Tolerance.EXACT;
    }
    return dtype.equals("float32") ? new Tolerance(0, 1e-6) : new Tolerance(0, 2e-15);
  }

  private static List<ProbeFinding> compare(Path reference, Path candidate, String dtype)
      throws IOException {
    return TraceComparison.compare(
        Trace.read(reference.resolve(dtype)),
        Trace.read(candidate.resolve(dtype)),
        probe -> tolerance(probe, dtype));
  }

  private Path run(String port, double skewFactor, List<String> command) throws Exception {
    Path out = Files.createDirectories(folder.resolve(port));
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    parameters.put("n_samples", 300).put("centers", 3).put("cluster_std", 0.7);
    parameters.put("skew_factor", skewFactor);
    List<Job.Instance> instances = new ArrayList<>();
    for (String dtype : List.of("float32", "float64")) {
      instances.add(
          new Job.Instance(dtype, "data-blobs", dtype, 42, parameters, out.resolve(dtype)));
    }
    Path job = out.resolve("job.json");
    ContractJson.write(job, new Job(Job.FORMAT, out.resolve("events.jsonl"), 1, instances));
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--job", job.toString()));
    Path log = out.resolve("log");
    Process process =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ended in time", port).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return out;
  }

  private static List<String> pythonPort() {
    return List.of(
        ROOT.resolve("python/.venv/bin/python").toString(),
        ROOT.resolve("python/port.py").toString());
  }

  private static List<String> jvmPort() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Dorg.bytedeco.javacpp.cachedir=" + ROOT.resolve(".parity/javacpp"),
        "-cp",
        System.getProperty("java.class.path"),
        "torchparity.engine.port.Main");
  }
}

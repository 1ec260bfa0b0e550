package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ContractJson;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;

/**
 * The two ports that can put noise in. Both draw it from the same generator in the same order, so
 * that one is the test of the other.
 */
class NoisePortTest {
  private static final Path ROOT = ParityProcess.ROOT;
  private static final List<String> OF_PRODUCTS =
      List.of("final.logits", "grad.w1", "grad.b1", "grad.w2");

  @TempDir Path folder;

  @BeforeEach
  void run() throws Exception {
    for (String name : List.of("python", "jvm")) {
      Path job = folder.resolve(name + ".json");
      List<Job.Instance> instances = new ArrayList<>();
      instances.add(instance(name, "plain", null));
      instances.add(instance(name, "once", new Job.Noise(7, 30, false)));
      instances.add(instance(name, "often", new Job.Noise(7, 480, false)));
      instances.add(instance(name, "functions", new Job.Noise(7, 30, true)));
      Path events = folder.resolve(name + ".jsonl");
      ContractJson.write(job, new Job(Job.FORMAT, events, 1, instances));
      Process process =
          new ProcessBuilder(port(name).commandFor(job))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(name + ".txt").toFile())
              .start();
      try {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended in time").isTrue();
        assertThat(process.exitValue()).as(name).isZero();
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  @Test
  void putTheSameNoiseIntoProducts() throws Exception {
    for (String probe : OF_PRODUCTS) {
      double noise = apart("jvm", "once", "jvm", "plain", probe);
      assertThat(apart("python", "once", "jvm", "once", probe) / noise).as(probe).isLessThan(0.1);
      assertThat(apart("python", "once", "python", "plain", probe) / noise)
          .as(probe)
          .isBetween(0.9, 1.1);
    }
  }

  @Test
  void putInWhatTheAmplitudeSays() throws Exception {
    for (String probe : OF_PRODUCTS) {
      double once = apart("python", "once", "python", "plain", probe);
      double often = apart("python", "often", "python", "plain", probe);
      assertThat(often / once).as(probe).isBetween(14.0, 18.0);
    }
  }

  @Test
  void putTheSameNoiseIntoFunctionsIfAsked() throws Exception {
    double noise = apart("jvm", "functions", "jvm", "once", "grad.b2");

    assertThat(noise).isGreaterThan(0);
    assertThat(apart("python", "functions", "jvm", "functions", "grad.b2") / noise).isLessThan(0.1);
  }

  /** The root of the mean squared difference at a probe. */
  private double apart(String port, String instance, String otherPort, String other, String probe)
      throws Exception {
    HostTensor a = tensor(port, instance, probe);
    HostTensor b = tensor(otherPort, other, probe);
    double sum = 0;
    for (int i = 0; i < a.numel(); i++) {
      sum += Math.pow(a.getDouble(i) - b.getDouble(i), 2);
    }
    return Math.sqrt(sum / a.numel());
  }

  private HostTensor tensor(String port, String instance, String probe) throws Exception {
    HostTensor tensor = Trace.read(folder.resolve(port).resolve(instance)).probes().get(probe);
    assertThat(tensor).as(probe).isNotNull();
    return tensor;
  }

  private Job.Instance instance(String port, String id, Job.@Nullable Noise noise) {
    ObjectNode parameters =
        JsonNodeFactory.instance
            .objectNode()
            .put("n_samples", 300)
            .put("centers", 3)
            .put("cluster_std", 0.7)
            .put("skew_factor", 0.3)
            .put("hidden_size", 20)
            .put("epochs", 1)
            .put("lr", 0.1)
            .put("state_every", 1);
    Path trace = folder.resolve(port).resolve(id);
    return new Job.Instance(
        id, "sgd-training", "float32", 1, parameters, trace, null, null, noise, null, null);
  }

  private static Port port(String name) throws Exception {
    return Project.read(ROOT, ROOT).resolve(List.of()).stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}

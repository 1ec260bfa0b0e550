package torchparity.engine.port;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import torchparity.cases.ContractJson;
import torchparity.cases.Dtype;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Torch;
import torchparity.engine.tensor.TorchException;

/** The JVM port as a process: reads a job file, leaves one trace for each case instance. */
public final class Main {
  private Main() {}

  private interface Scenario {
    void run(Torch torch, JsonNode parameters, Recorder recorder);
  }

  private static final Map<String, Scenario> SCENARIOS = Map.of("data-blobs", Main::dataBlobs);

  /** Runs {@code --job FILE}; an error in one instance is an event, and the next one still runs. */
  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !args[0].equals("--job")) {
      System.err.println("usage: --job FILE");
      System.exit(2);
    }
    Job job = ContractJson.read(Path.of(args[1]), Job.class);
    for (Job.Instance instance : job.instances()) {
      ContractJson.appendLine(job.events(), run(instance, job));
    }
  }

  private static Event run(Job.Instance instance, Job job) throws IOException {
    Scenario scenario = SCENARIOS.get(instance.scenario());
    if (scenario == null) {
      return Event.notRun(instance.id(), "no scenario '" + instance.scenario() + "'");
    }
    ContractJson.appendLine(job.events(), Event.started(instance.id()));
    try (Scope scope = new Scope()) {
      Dtype dtype = Dtype.ofTorchName(instance.dtype()).orElseThrow();
      Torch torch = Torch.start(job.threads(), dtype);
      torch.manualSeed(instance.seed());
      Recorder recorder = new Recorder(instance, job.events());
      scenario.run(torch, instance.parameters(), recorder);
      recorder.finish(provenance(job));
      return Event.finished(instance.id());
    } catch (TorchException e) {
      e.printStackTrace();
      return Event.failed(instance.id(), String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, String> provenance(Job job) {
    return Map.of(
        "runtime", "JVM " + Runtime.version(),
        "torch", Torch.version(),
        "cpu_capability", Torch.cpuCapability(),
        "threads", String.valueOf(job.threads()));
  }

  private static void dataBlobs(Torch torch, JsonNode p, Recorder recorder) {
    Blobs.Data data =
        new Blobs(torch)
            .generateData(
                p.get("n_samples").asLong(),
                p.get("centers").asInt(),
                p.get("cluster_std").asDouble(),
                p.get("skew_factor").asDouble());
    recorder.probe("data.X", data.X());
    recorder.probe("data.y", data.y());
  }
}

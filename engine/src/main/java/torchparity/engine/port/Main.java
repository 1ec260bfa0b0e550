package torchparity.engine.port;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import torchparity.cases.ContractJson;
import torchparity.cases.Dtype;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.cases.MalformedFileException;
import torchparity.engine.tensor.CastDraws;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.NoisyFunctions;
import torchparity.engine.tensor.NoisyProducts;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Torch;

/**
 * The JVM port as a program. With {@code --job FILE} it runs a job of Torch Parity's; alone it
 * trains and shows the loss every 100 epochs.
 */
public final class Main {
  /** Environment variables by which a library computes otherwise. */
  private static final List<String> SETTINGS =
      List.of("ATEN_CPU_CAPABILITY", "MKL_CBWR", "OPENBLAS_CORETYPE");

  private Main() {}

  /** Runs the job, or the demonstration with {@code --epochs N}; exit code 2 for anything else. */
  public static void main(String[] args) throws IOException {
    String option = args.length == 2 ? args[0] : args.length == 0 ? "--epochs" : "";
    if (option.equals("--job")) {
      runJob(read(Path.of(args[1])));
    } else if (option.equals("--epochs") && (args.length == 0 || args[1].matches("[0-9]{1,9}"))) {
      demo(args.length == 0 ? 3000 : Integer.parseInt(args[1]));
    } else {
      System.err.println("usage: jvm_port [--job FILE | --epochs N]");
      System.exit(2);
    }
  }

  /** Runs every instance of a job; an error in one is an event, and the next one still runs. */
  public static void runJob(Path file) throws IOException {
    runJob(ContractJson.readChecking(file, Job.class));
  }

  /** The job, or the end with one line: no job can run without. */
  private static Job read(Path file) {
    try {
      return ContractJson.readChecking(file, Job.class);
    } catch (MalformedFileException e) {
      System.err.println("jvm_port: " + e.getMessage());
    } catch (IOException e) {
      System.err.println("jvm_port: the job file cannot be read: " + e);
    }
    System.exit(2);
    throw new IllegalStateException("the process has ended");
  }

  private static void runJob(Job job) throws IOException {
    for (Job.Instance instance : job.instances()) {
      ContractJson.appendLine(job.events(), run(instance, job));
    }
  }

  private static Event run(Job.Instance instance, Job job) throws IOException {
    Optional<Scenarios.Runner> scenario = Scenarios.find(instance.scenario());
    if (scenario.isEmpty()) {
      return Event.notRun(instance.id(), "no scenario '" + instance.scenario() + "'");
    }
    Optional<Dtype> dtype = Dtype.ofTorchName(instance.dtype()).filter(Dtype::isFloatingPoint);
    if (dtype.isEmpty()) {
      return Event.failed(instance.id(), "no default dtype '" + instance.dtype() + "'");
    }
    ContractJson.appendLine(job.events(), Event.started(instance.id()));
    try (Scope scope = new Scope()) {
      Torch torch = torch(instance, Torch.start(job.threads(), dtype.get()));
      torch.manualSeed(instance.seed());
      try (Recorder recorder = new Recorder(instance, job.events())) {
        scenario.get().run(recorder.logged(torch), instance, recorder);
        recorder.finish(provenance(job, dtype.get()));
      }
      return Event.finished(instance.id());
    } catch (RuntimeException e) {
      e.printStackTrace();
      return Event.failed(instance.id(), String.valueOf(e.getMessage()));
    }
  }

  private static Torch torch(Job.Instance instance, Torch plain) {
    Torch torch =
        switch (Objects.requireNonNull(instance.products())) {
          case BLAS -> plain;
          case EXACT -> plain.intercepted(new ExactProducts());
        };
    Job.Noise noise = instance.noise();
    if (noise != null) {
      torch = torch.intercepted(new NoisyProducts(noise.seed(), noise.amplitude()));
      if (noise.functions()) {
        torch = torch.intercepted(new NoisyFunctions(~noise.seed(), noise.amplitude()));
      }
    }
    return "float32".equals(instance.draws()) && plain.defaultDtype() == Dtype.FLOAT64
        ? torch.intercepted(new CastDraws())
        : torch;
  }

  private static Map<String, String> provenance(Job job, Dtype dtype) throws IOException {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("runtime", "JVM " + Runtime.version());
    provenance.put("torch", Torch.version());
    provenance.put("cpu_capability", Torch.cpuCapability());
    provenance.put("threads", String.valueOf(job.threads()));
    provenance.put("default_dtype", dtype.torchName());
    provenance.put("sources_sha256", Sources.sha256());
    for (String name : SETTINGS) {
      if (System.getenv(name) != null) {
        provenance.put(name, System.getenv(name));
      }
    }
    return provenance;
  }

  private static void demo(int epochs) {
    Torch torch = Torch.start(1, Dtype.FLOAT32);
    torch.manualSeed(42);
    try (Scope scope = new Scope()) {
      Blobs.Data data = new Blobs(torch).generateData(300, 3, 0.7, 0.3);
      ForwardPass.Model net = new ForwardPass(torch).modelInit(2, 20, 3);
      String line = "epoch %" + String.valueOf(epochs).length() + "d/%d  loss %.4f%n";
      System.out.printf(Locale.ROOT, "%d epochs on %d points%n", epochs, data.X().shape().get(0));
      long start = System.nanoTime();
      double[] losses =
          new SgdTraining(torch)
              .train(
                  net,
                  data.X(),
                  data.y(),
                  epochs,
                  0.1,
                  (epoch, loss) -> {
                    if (epoch % 100 == 0) {
                      System.out.printf(Locale.ROOT, line, epoch, epochs, loss);
                    }
                  });
      System.out.printf(
          Locale.ROOT, "%d epochs in %.3f s%n", losses.length, (System.nanoTime() - start) / 1e9);
    }
  }
}

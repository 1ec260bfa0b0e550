package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;
import torchparity.harness.report.ValidationTables;
import torchparity.harness.run.Folders;
import torchparity.harness.run.Instance;
import torchparity.harness.verdict.KnownDifferences;

/** Puts the verdicts themselves to the test, over many seeds. */
@Command(
    name = "validate",
    description = {
      "Puts the verdicts to the test over many seeds.",
      "clean: the shipped ports, and CPython and the JVM with other kernels; nothing may alarm.",
      "errors: CPython with one small error of fixed size each; every one must be found."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ValidateCommand implements Callable<Integer> {
  private static final List<String> ERRORS =
      List.of(
          "lr",
          "bias",
          "skew",
          "cluster_std",
          "gradient_scale",
          "one_element",
          "swapped_rows",
          "stale_gradient");

  /** Seeds that share one start of every port. */
  private static final int BATCH = 5;

  private enum Study {
    CLEAN,
    ERRORS
  }

  private final Workplace place;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STUDY", description = "clean or errors")
  private Study study = Study.CLEAN;

  @Option(
      names = "--case",
      split = ",",
      paramLabel = "NAME",
      description = "Cases to run (default ${DEFAULT-VALUE}).")
  private List<String> caseNames = List.of("sgd-training", "cross-entropy");

  @Option(names = "--seeds", converter = Seeds.Converter.class, description = "Such as 0..199.")
  private Seeds seeds = new Seeds(List.of(0L, 1L));

  @Option(names = "--dtype", split = ",", description = "float32 or float64; both by default.")
  private List<String> dtypes = List.of("float32", "float64");

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Training steps (default ${DEFAULT-VALUE}).")
  private int epochs = 300;

  @Option(names = "--lr", paramLabel = "LR", description = "Learning rate, in place of the case's.")
  private double lr = Double.NaN;

  @Option(names = "--nu", description = "Run the nu port, too.")
  private boolean nu;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for what runs leave (default reports/validate).")
  private Path out = Path.of("");

  ValidateCommand(Workplace place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Project project = place.project();
    Map<String, Port> shipped = new LinkedHashMap<>();
    project.resolve(List.of()).forEach(p -> shipped.put(p.name(), p));
    Port reference = Objects.requireNonNull(shipped.get(study == Study.CLEAN ? "python" : "jvm"));
    List<Port> ports = study == Study.CLEAN ? clean(shipped) : errors(project);
    ports.add(0, reference);
    ValidationTables tables = new ValidationTables();
    PrintWriter writer = spec.commandLine().getOut();
    Path folder =
        out.toString().isEmpty()
            ? place.folder().resolve("reports/validate")
            : out.toAbsolutePath();
    Path saved = folder.resolve(study.name().toLowerCase(Locale.ROOT) + ".txt");
    List<Long> all = seeds.values();
    for (int from = 0; from < all.size(); from += BATCH) {
      List<Long> batch = all.subList(from, Math.min(all.size(), from + BATCH));
      Path work = folder.resolve("seeds-from-" + batch.get(0));
      Folders.delete(work);
      Execution execution =
          new Execution(
              instances(batch),
              ports,
              reference,
              study == Study.CLEAN,
              false,
              KnownDifferences.NONE,
              new Execution.Settings(
                  place.folder().resolve(".parity/allowances"),
                  work,
                  Duration.ofMinutes(30),
                  project.noisePort(),
                  Set.of()));
      tables.add(execution.run((p, event) -> {}).judged());
      Folders.delete(work);
      Files.writeString(saved, text(tables)); // an interruption leaves what was measured
      spec.commandLine()
          .getErr()
          .println(
              "%d of %d seeds done, %d comparisons failed; tables so far: %s"
                  .formatted(from + batch.size(), all.size(), tables.alarms(), saved));
    }
    writer.print(text(tables));
    writer.flush();
    boolean passed = study == Study.CLEAN ? tables.isQuiet() : tables.allFound();
    return passed ? ExitCode.PARITY : ExitCode.DIVERGENCE;
  }

  private String text(ValidationTables tables) {
    return study == Study.CLEAN
        ? tables.falseAlarms() + tables.tightness() + tables.horizons()
        : tables.detection();
  }

  private List<Port> clean(Map<String, Port> shipped) {
    List<Port> ports = new ArrayList<>();
    Port jvm = Objects.requireNonNull(shipped.get("jvm"));
    ports.add(jvm);
    if (nu) {
      ports.add(Objects.requireNonNull(shipped.get("nu")));
    }
    Port python = Objects.requireNonNull(shipped.get("python"));
    Map<String, String> setting = Map.of("MKL_CBWR", "COMPATIBLE");
    ports.add(python.named("compatible").with(setting, setting));
    Map<String, String> kernels = Map.of("OPENBLAS_CORETYPE", "Prescott");
    ports.add(jvm.named("prescott").with(kernels, kernels));
    return ports;
  }

  private List<Port> errors(Project project) throws IOException {
    Path program = place.folder().resolve("harness/validation/errors.py");
    List<Port> ports = new ArrayList<>();
    for (String error : ERRORS) {
      project.resolve(List.of(new Project.Choice("python", program))).stream()
          .filter(p -> p.name().equals("python"))
          .forEach(p -> ports.add(withError(p.named(error), error)));
    }
    return ports;
  }

  private Port withError(Port port, String error) {
    Map<String, String> label = Map.of("PARITY_ERROR", error);
    return port.with(
        Map.of("PARITY_ERROR", error, "PARITY_ROOT", place.folder().toString()), label);
  }

  private List<Instance> instances(List<Long> batch) throws IOException {
    List<Instance> instances = new ArrayList<>();
    for (Case question : Cases.named(place, caseNames)) {
      Case shorter = question.withEpochs(epochs);
      if (!Double.isNaN(lr)) {
        shorter =
            shorter.withParameter("lr", com.fasterxml.jackson.databind.node.DoubleNode.valueOf(lr));
      }
      for (long seed : batch) {
        for (String dtype : dtypes) {
          instances.add(
              new Instance(shorter, seed, Dtype.ofTorchName(dtype).orElseThrow(), Products.BLAS));
        }
      }
    }
    return instances;
  }
}

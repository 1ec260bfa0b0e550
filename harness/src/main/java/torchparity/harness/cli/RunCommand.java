package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.diagnosis.Failure;
import torchparity.harness.diagnosis.Investigation;
import torchparity.harness.diagnosis.RunDiagnosis;
import torchparity.harness.port.Port;
import torchparity.harness.port.PortsFile;
import torchparity.harness.report.JsonReport;
import torchparity.harness.report.TerminalReport;
import torchparity.harness.run.Instance;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Replays;
import torchparity.harness.run.Tier;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.KnownDifferences;

/** Runs cases in every port and compares. */
@Command(
    name = "run",
    description = "Runs cases in every port and compares what they computed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:parity",
      "1:divergence",
      "2:wrong usage, or a case file that breaks its format",
      "3:a port crashed, failed or ran out of time (also when others diverge)",
      "4:set-up missing"
    })
final class RunCommand implements Callable<Integer> {
  private static final String JVM = "jvm";
  private static final int LONGEST_RERUN_SECONDS = 120;

  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--case",
      split = ",",
      paramLabel = "NAME",
      description = "Cases to run; all by default.")
  private List<String> caseNames = List.of();

  @Option(
      names = "--seeds",
      converter = Seeds.Converter.class,
      description = "Seeds such as 42 or 0..9, in place of the cases' own.")
  private @Nullable Seeds seeds;

  @Option(
      names = "--dtype",
      split = ",",
      paramLabel = "DTYPE",
      description = "float32 or float64; both by default.")
  private List<String> dtypes = List.of();

  @Option(names = "--epochs", paramLabel = "N", description = "Training steps (default 3000).")
  private @Nullable Integer epochs;

  @Option(
      names = "--tier",
      split = ",",
      paramLabel = "TIER",
      description = "exact, float64 or float32; all by default.")
  private List<Tier> tiers = List.of(Tier.values());

  @Option(
      names = "--exact-epochs",
      paramLabel = "N",
      description = "Training steps of the exact tier at most (default ${DEFAULT-VALUE}).")
  private int exactEpochs = 100;

  @Option(
      names = "--port",
      paramLabel = "NAME=PATH",
      description = "Another program in a port's place, or one more port. Repeatable.")
  private Map<String, Path> choices = Map.of();

  @Option(
      names = "--ports",
      split = ",",
      paramLabel = "NAME",
      description = "Run these ports only.")
  private List<String> portNames = List.of();

  @Option(
      names = "--reference",
      paramLabel = "NAME",
      description = "The port that others are compared with.")
  private @Nullable String referenceName;

  @Option(
      names = "--env",
      paramLabel = "PORT:NAME=VALUE",
      description = "An environment variable of one port. Repeatable.")
  private List<String> environments = List.of();

  @Option(
      names = "--check-reference",
      description = "Run the reference twice; always so with several seeds.")
  private boolean checkReference;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long a port may take (default ${DEFAULT-VALUE}).")
  private int timeoutSeconds = 1800;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for jobs, traces, logs and result.json; a new one below reports/.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Result as JSON on standard output; text elsewhere.")
  private boolean json;

  @Option(
      names = "--in-process",
      description = "Run the jvm port inside this process, for a debugger.")
  private boolean inProcess;

  @Option(
      names = "--no-explain",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Do not look for the causes of failures.")
  private boolean explain = true;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  RunCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Instance> instances = instances();
    PortsFile file = PortsFile.read(root.resolve("harness/ports.yaml"));
    String referenceChoice = referenceName == null ? file.reference() : referenceName;
    List<Port> ports = ports(file);
    Port reference =
        ports.stream()
            .filter(p -> p.name().equals(referenceChoice))
            .findFirst()
            .orElseThrow(() -> noPort(referenceChoice, ports));
    if (exactEpochs < 1) {
      throw new ParityException(Code.USAGE, "--exact-epochs must be 1 or more, got " + exactEpochs);
    }
    if (timeoutSeconds < 1) {
      throw new ParityException(Code.USAGE, "--timeout must be 1 s or more, got " + timeoutSeconds);
    }
    boolean check = checkReference || isMultiSeed(instances);
    Path folder = folder();
    Execution execution =
        new Execution(
            instances,
            ports,
            reference,
            check,
            KnownDifferences.read(root.resolve("harness/known-differences.yaml")),
            new Execution.Settings(
                root,
                folder,
                Duration.ofSeconds(timeoutSeconds),
                file.noisePort(root),
                inProcess ? Set.of(JVM) : Set.of()));
    Execution.Result result;
    long work = (long) (ports.size() + (check ? 1 : 0)) * instances.size();
    try (Progress progress = new Progress(Boolean.getBoolean("parity.terminal"), quiet, work)) {
      result = execution.run(progress);
    }
    JudgedRun judged = result.judged();
    int exitCode = ExitCode.of(judged);
    long explaining = System.nanoTime();
    List<Diagnosis> diagnoses = explain ? diagnoses(judged, reference, folder) : List.of();
    String document = JsonReport.render(judged, diagnoses, exitCode);
    Files.writeString(folder.resolve("result.json"), document);
    long end = System.nanoTime();

    if (json) {
      print(spec.commandLine().getOut(), document);
    }
    PrintWriter people = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    print(people, new TerminalReport(Ansi.AUTO, reproduce()).render(judged, diagnoses));
    print(people, "files: %s%n".formatted(shown(folder)));
    print(people, times(judged.runs(), result.allowances(), end - explaining, end - start));
    return exitCode;
  }

  private List<Diagnosis> diagnoses(JudgedRun judged, Port reference, Path out)
      throws IOException, InterruptedException {
    List<Failure> failures = RunDiagnosis.worthIt(judged, reference);
    if (!failures.isEmpty() && !quiet) {
      System.err.printf("explaining %d failures: runs them again with op logs%n", failures.size());
    }
    Duration timeout = Duration.ofSeconds(Math.min(timeoutSeconds, LONGEST_RERUN_SECONDS));
    Replays replays = new Replays(root.resolve("engine/replay"), timeout);
    return new Investigation(out.resolve("diagnosis"), replays, timeout).of(failures);
  }

  private List<Instance> instances() throws IOException {
    List<Instance> instances = new ArrayList<>();
    for (Case shipped : Cases.named(root, caseNames)) {
      Case chosen = seeds == null ? shipped : shipped.withSeeds(seeds.values());
      chosen = dtypes.isEmpty() ? chosen : chosen.withDtypes(dtypes);
      if (epochs != null) {
        if (epochs < 1) {
          throw new ParityException(Code.USAGE, "--epochs must be 1 or more, got " + epochs);
        }
        chosen = chosen.withEpochs(epochs);
      }
      for (long seed : chosen.seeds()) {
        for (String name : chosen.dtypes()) {
          Dtype dtype = dtype(name);
          Instance rounding = new Instance(chosen, seed, dtype, Products.BLAS);
          if (tiers.contains(rounding.tier())) {
            instances.add(rounding);
          }
          if (tiers.contains(Tier.EXACT)) {
            instances.add(new Instance(shortened(chosen), seed, dtype, Products.EXACT));
          }
        }
      }
    }
    return instances;
  }

  /** The case with as many epochs as the exact tier runs: bits differ early, or not at all. */
  private Case shortened(Case question) {
    int asked = question.parameters().path("epochs").asInt();
    return asked > exactEpochs ? question.withEpochs(exactEpochs) : question;
  }

  private static boolean isMultiSeed(List<Instance> instances) {
    return instances.stream().map(Instance::seed).distinct().count() > 1;
  }

  private static Dtype dtype(String name) {
    return Dtype.ofTorchName(name)
        .filter(Dtype::isFloatingPoint)
        .orElseThrow(
            () ->
                new ParityException(
                    Code.USAGE, "--dtype must be float32 or float64, got '%s'".formatted(name)));
  }

  private List<Port> ports(PortsFile file) {
    List<PortsFile.Choice> chosen = new ArrayList<>();
    choices.forEach(
        (name, path) -> {
          if (!Files.isRegularFile(path)) {
            throw new ParityException(
                Code.USAGE, "--port %s=%s: there is no such file".formatted(name, path));
          }
          chosen.add(new PortsFile.Choice(name, path.toAbsolutePath().normalize()));
        });
    List<Port> all = file.resolve(root, chosen);
    for (String name : portNames) {
      if (all.stream().noneMatch(p -> p.name().equals(name))) {
        throw noPort(name, all);
      }
    }
    return all.stream()
        .filter(p -> portNames.isEmpty() || portNames.contains(p.name()))
        .map(p -> p.with(EnvironmentOption.of(environments, p.name())))
        .toList();
  }

  private static ParityException noPort(String name, List<Port> ports) {
    return new ParityException(
        Code.USAGE,
        "there is no port '%s' in this run. There are: %s."
            .formatted(name, ports.stream().map(Port::name).collect(Collectors.joining(", "))));
  }

  private Path folder() throws IOException {
    if (out == null) {
      String time =
          DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
              .format(LocalDateTime.now(ZoneId.systemDefault()));
      return root.resolve("reports").resolve("run-" + time);
    }
    Path folder = out.toAbsolutePath().normalize();
    if (Files.exists(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        if (entries.findAny().isPresent()) {
          throw new ParityException(
              Code.USAGE, "--out %s: the folder is not empty; name a new one".formatted(out));
        }
      }
    }
    return folder;
  }

  /** The options of this run that a line needs which repeats one of its failures. */
  private String reproduce() {
    List<String> options = new ArrayList<>();
    if (epochs != null) {
      options.add("--epochs " + epochs);
    }
    if (exactEpochs != 100) {
      options.add("--exact-epochs " + exactEpochs);
    }
    choices.forEach((name, path) -> options.add("--port %s=%s".formatted(name, path)));
    environments.forEach(e -> options.add("--env " + e));
    if (!portNames.isEmpty()) {
      options.add("--ports " + String.join(",", portNames));
    }
    if (referenceName != null) {
      options.add("--reference " + referenceName);
    }
    return String.join(" ", options);
  }

  private Path shown(Path folder) {
    return folder.startsWith(root) ? root.relativize(folder) : folder;
  }

  private static String times(List<PortRun> runs, Duration allowances, long explaining, long all) {
    String ports =
        runs.stream()
            .map(r -> "%s %s".formatted(r.port().name(), seconds(r.wall().toNanos())))
            .collect(Collectors.joining(", "));
    return "time: %s, allowances %s (side by side); diagnosis %s; %s in all%n"
        .formatted(ports, seconds(allowances.toNanos()), seconds(explaining), seconds(all));
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }

  private static void print(PrintWriter writer, String text) {
    writer.print(text);
    writer.flush();
  }
}

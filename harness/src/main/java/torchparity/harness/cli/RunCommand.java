package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.port.Project;
import torchparity.harness.report.JsonReport;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.SavedRun;
import torchparity.harness.run.Instance;
import torchparity.harness.verdict.JudgedRun;

/** Runs cases in every port and compares. */
@Command(
    name = "run",
    description = "Runs cases in every port and compares what they computed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  private static final int TIMEOUT_SECONDS = 1800;

  private final Workplace place;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private InstanceOptions instanceOptions = new InstanceOptions();
  @Mixin private PortOptions portOptions = new PortOptions();

  @Option(
      names = "--check-reference",
      order = 20,
      description = "Run the reference twice; always so with several seeds.")
  private boolean checkReference;

  @Option(
      names = "--isolate",
      order = 20,
      description = "Also run every stage from the reference's own tensors: is it right by itself?")
  private boolean isolate;

  @Option(
      names = "--timeout",
      order = 21,
      paramLabel = "SECONDS",
      description = "How long a port may take (default ${DEFAULT-VALUE}).")
  private int timeoutSeconds = TIMEOUT_SECONDS;

  @Option(
      names = "--out",
      order = 22,
      paramLabel = "DIR",
      description = "Folder for jobs, traces, logs and reports; a new one below reports/.")
  private @Nullable Path out;

  @Option(
      names = "--resume",
      order = 22,
      paramLabel = "RUN",
      description =
          "Go on with a run of your own that was interrupted; the options are those it had.")
  private @Nullable Path resume;

  @Option(
      names = "--json",
      order = 23,
      description = "Result as JSON on standard output; text elsewhere.")
  private boolean json;

  @Option(
      names = "--explain",
      order = 24,
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Look for the causes of failures, or with --no-explain do not.")
  private boolean explain = true;

  @Option(
      names = "--report",
      order = 25,
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Write report.html and the other formats, or with --no-report result.json alone.")
  private boolean report = true;

  @Option(names = "--plot", order = 26, description = "Draw loss curves in characters, too.")
  private boolean plot;

  @Option(names = "--quiet", order = 27, description = "No progress.")
  private boolean quiet;

  RunCommand(Workplace place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (resume != null) {
      return resumed(OutputFolder.of(place.folder(), resume));
    }
    checkTimeout();
    instanceOptions.instances(place);
    // What is wrong is said before a folder is made.
    Known.differences(place, portOptions.choose(place.project()).ports());
    Path folder = OutputFolder.make(place.folder(), out);
    RunFile.write(folder, asked());
    return run(folder);
  }

  /** The options of this run, without those about where results go and how they are shown. */
  private List<String> asked() {
    List<String> all = spec.commandLine().getParseResult().originalArgs();
    return RunFile.asked(all.subList(all.indexOf("run") + 1, all.size()));
  }

  private int resumed(Path folder) throws IOException, InterruptedException {
    if (!asked().isEmpty() || out != null) {
      throw new ParityException(
          Code.USAGE,
          "--resume goes on with the options that the run had; leave out "
              + String.join(" ", asked()));
    }
    OwnRun.check(folder, RunFile.FILE, "--resume");
    RunCommand again = new RunCommand(place);
    CommandLine line = new CommandLine(again).setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(spec.commandLine().getOut()).setErr(spec.commandLine().getErr());
    try {
      line.parseArgs(RunFile.read(folder).toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw new ParityException(
          Code.USAGE, "%s: %s".formatted(folder.resolve(RunFile.FILE), e.getMessage()));
    }
    again.out = folder; // it is no new run: nothing is deleted for it
    again.json = json;
    again.report = report;
    again.plot = plot;
    again.quiet = quiet;
    again.checkTimeout();
    return again.run(folder);
  }

  private void checkTimeout() {
    if (timeoutSeconds < 1) {
      throw new ParityException(Code.USAGE, "--timeout must be 1 s or more, got " + timeoutSeconds);
    }
  }

  private int run(Path folder) throws IOException, InterruptedException {
    Signals.listen();
    RunTimes clock = new RunTimes();
    List<Instance> instances = instanceOptions.instances(place);
    Project project = place.project();
    PortOptions.Chosen chosen = portOptions.choose(project);
    boolean check = checkReference || isMultiSeed(instances);
    Execution execution =
        new Execution(
            instances,
            chosen.ports(),
            chosen.reference(),
            check,
            isolate,
            Known.differences(place, chosen.ports()),
            new Execution.Settings(
                place.folder().resolve(".parity/allowances"),
                folder,
                timeout(),
                project.noisePort(),
                chosen.inProcess()));
    Execution.Result result;
    boolean isTerminal = Boolean.getBoolean("parity.terminal");
    try (Progress progress = new Progress(isTerminal, quiet)) {
      result = execution.run(progress);
    }
    JudgedRun judged = result.judged();
    String reference = chosen.reference().name();
    if (explain && ExitCode.of(judged) != 0) { // a diagnosis that is killed loses none of this
      ResultDocument.Times times = clock.upToNow(judged.runs(), result.allowances(), Duration.ZERO);
      save(folder, judged, reference, List.of(), times);
    }
    long explaining = System.nanoTime();
    List<Diagnosis> diagnoses =
        explain
            ? new Explaining(place.checkout(), timeout(), quiet)
                .of(judged, chosen.reference(), folder)
            : List.of();
    ResultDocument.Times times =
        clock.upToNow(
            judged.runs(), result.allowances(), Duration.ofNanos(System.nanoTime() - explaining));
    SavedRun saved = save(folder, judged, reference, diagnoses, times);
    new Presentation(place, spec.commandLine(), json, plot, report, out == null).show(saved);
    return ExitCode.of(judged); // again: a signal may have come while reports were written
  }

  private SavedRun save(
      Path folder,
      JudgedRun judged,
      String reference,
      List<Diagnosis> diagnoses,
      ResultDocument.Times times)
      throws IOException {
    ResultDocument document =
        new JsonReport(place.folder(), place.checkout(), folder, reproduce())
            .document(judged, reference, diagnoses, ExitCode.of(judged), times);
    return SavedRun.save(folder, document, judged);
  }

  /** The options of this run that a line needs which repeats one of its failures. */
  private String reproduce() {
    List<String> options = new ArrayList<>(instanceOptions.again());
    options.addAll(portOptions.again());
    if (checkReference) {
      options.add("--check-reference");
    }
    if (isolate) {
      options.add("--isolate");
    }
    if (timeoutSeconds != TIMEOUT_SECONDS) {
      options.add("--timeout " + timeoutSeconds);
    }
    return String.join(" ", options);
  }

  private Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  private static boolean isMultiSeed(List<Instance> instances) {
    return instances.stream().map(Instance::seed).distinct().count() > 1;
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.cases.Case;
import torchparity.cases.PlainText;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.allowance.NoiseRun;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultFile;
import torchparity.harness.run.Folders;
import torchparity.harness.run.Instance;
import torchparity.harness.shrink.Shrinker;

/** Makes a failing instance of a run as small as it can be. */
@Command(
    name = "shrink",
    description = {
      "Makes the sizes of a failing instance smaller while it fails in the same place,",
      "and prints the command that runs the smallest one."
    },
    mixinStandardHelpOptions = true)
final class ShrinkCommand implements Callable<Integer> {
  private static final int TIMEOUT_SECONDS = 600;

  private final Workplace place;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunArgument run = new RunArgument();

  @Option(names = "--case", paramLabel = "NAME", description = "The failure of this case.")
  private @Nullable String caseName;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  ShrinkCommand(Workplace place) {
    this.place = place;
  }

  /** The options of the run that failed, as its result repeats them. */
  @Command
  static final class Asked {
    @Mixin private InstanceOptions instances = new InstanceOptions();
    @Mixin private PortOptions ports = new PortOptions();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = run.folder(place.folder());
    OwnRun.check(folder, ResultFile.NAME, "shrink");
    Comparison failure = failure(ResultFile.read(folder));
    Asked asked = new Asked();
    List<String> words = Options.words(failure.again());
    new CommandLine(asked)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUnmatchedArgumentsAllowed(true)
        .parseArgs(words.subList(2, words.size()).toArray(new String[0]));
    Instance failing = asked.instances.instances(place).get(0);
    Case own = Cases.named(place, List.of(failure.caseName())).get(0);
    Project project = place.project();
    List<Port> all = asked.ports.choose(project).ports();
    List<Port> pair = List.of(named(all, failure.reference()), named(all, failure.candidate()));
    Path work = OutputFolder.make(place.folder(), null);
    try {
      Shrinker shrinker =
          new Shrinker(
              pair,
              new NoiseRun(
                  project.noisePort(),
                  place.folder().resolve(".parity/allowances"),
                  Duration.ofSeconds(TIMEOUT_SECONDS),
                  pair),
              Duration.ofSeconds(TIMEOUT_SECONDS),
              work,
              this::progress);
      return shrinker
          .shrink(failing)
          .map(s -> tell(s, failing, own, asked))
          .orElseGet(this::steady);
    } finally {
      Folders.delete(work);
    }
  }

  private Comparison failure(ResultDocument document) {
    return document.comparisons().stream()
        .filter(c -> c.verdict().fails() && !c.derived())
        .filter(c -> caseName == null || c.caseName().equals(caseName))
        .filter(c -> c.reference().equals(document.reference()))
        .findFirst()
        .orElseThrow(() -> usage("nothing fails in that run that could be made smaller"));
  }

  private static Port named(List<Port> ports, String name) {
    return ports.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> usage("the run's port '%s' is not there any more".formatted(name)));
  }

  private int tell(Shrinker.Shrunk shrunk, Instance failing, Case own, Asked asked) {
    Instance smallest = shrunk.smallest();
    StringBuilder command =
        new StringBuilder(
            "%s run --case %s --seeds %d --dtype %s --tier %s"
                .formatted(
                    place.launcher(),
                    smallest.question().name(),
                    smallest.seed(),
                    smallest.dtype(),
                    smallest.tier()));
    StringBuilder sizes = new StringBuilder();
    smallest
        .question()
        .parameters()
        .properties()
        .forEach(
            p -> {
              var before = failing.question().parameters().get(p.getKey());
              if (!p.getValue().equals(own.parameters().get(p.getKey()))) {
                command.append(" --set ").append(p.getKey()).append('=').append(p.getValue());
              }
              if (!p.getValue().equals(before)) {
                sizes.append(
                    "%s%s %s (was %s)"
                        .formatted(sizes.isEmpty() ? "" : ", ", p.getKey(), p.getValue(), before));
              }
            });
    asked.ports.again().forEach(option -> command.append(' ').append(option));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "smallest that fails at %s: %s%n",
        shown(shrunk.place().toString()), sizes.isEmpty() ? "as it is" : sizes);
    out.printf("again: %s%n", command);
    out.flush();
    return ExitCode.DIVERGENCE;
  }

  private int steady() {
    throw usage("it does not fail any more: mended, or not the same each time");
  }

  private void progress(String text) {
    if (!quiet) {
      spec.commandLine().getErr().println(shown(text));
    }
  }

  /** The first line of what a port may have said. */
  private static String shown(String text) {
    return PlainText.line(text.lines().findFirst().orElse(""));
  }

  private static ParityException usage(String message) {
    return new ParityException(Code.USAGE, message);
  }
}

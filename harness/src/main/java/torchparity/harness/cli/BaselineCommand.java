package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.cases.Trace;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.SavedTraces;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultFile;
import torchparity.harness.report.SavedReport;
import torchparity.harness.run.Folders;
import torchparity.harness.run.TraceRoom;

/** Keeps a run's traces, and compares another run's with them. */
@Command(
    name = "baseline",
    description = {
      "save: keeps the traces of a run under a name (refused where CI=true).",
      "check: compares another run with them, bit by bit, port by port."
    },
    mixinStandardHelpOptions = true)
final class BaselineCommand implements Callable<Integer> {
  private enum Action {
    SAVE,
    CHECK
  }

  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "ACTION", description = "save or check")
  private Action action = Action.CHECK;

  @Parameters(index = "1", paramLabel = "NAME", description = "The baseline's name.")
  private String name = "";

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "The run's folder; the latest by default.")
  private @Nullable Path run;

  BaselineCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new ParityException(
          Code.USAGE,
          "a baseline's name has letters, digits, '.', '_' and '-', got '" + name + "'");
    }
    Path kept = root.resolve("baselines").resolve(name);
    Path from = run == null ? latest() : OutputFolder.of(root, run);
    if (!Files.isDirectory(from)) {
      throw new ParityException(Code.USAGE, "--run %s: there is no such folder".formatted(run));
    }
    if (SavedTraces.traces(from).isEmpty()) {
      throw new ParityException(Code.USAGE, from + ": there is no finished trace in it");
    }
    return switch (action) {
      case SAVE -> save(from, kept);
      case CHECK -> check(from, kept);
    };
  }

  /** The newest run that came to its end: of others, traces are missing. */
  private Path latest() throws IOException {
    List<Path> newestFirst =
        OutputFolder.finished(root.resolve("reports")).stream()
            .sorted(Comparator.comparing((Path r) -> r.getFileName().toString()).reversed())
            .toList();
    for (Path finished : newestFirst) {
      if (ResultFile.read(finished).exitCode() < ExitCode.INTERRUPTED) {
        return finished;
      }
    }
    throw new ParityException(
        Code.USAGE, "there is no run yet that came to its end; ./parity run makes one");
  }

  private int save(Path from, Path kept) throws IOException {
    if ("true".equals(System.getenv("CI"))) {
      throw new ParityException(
          Code.USAGE, "a baseline is not saved where CI=true: save it by hand, and say why");
    }
    refuseItself(from, kept);
    refuseUnlessParity(from);
    Path baselines = Files.createDirectories(root.resolve("baselines"));
    Path fresh = Files.createTempDirectory(baselines, "." + name + "-");
    try {
      copy(from, fresh);
      replace(kept, fresh);
    } finally {
      Folders.delete(fresh);
    }
    say(
        "saved %d traces of %s as %s%n"
            .formatted(SavedTraces.traces(kept).size(), OutputFolder.shown(root, from), name));
    return ExitCode.PARITY;
  }

  /** Others are held against a baseline: a run that was wrong, or a part of one, is none. */
  private void refuseUnlessParity(Path from) throws IOException {
    String problem = "";
    if (Files.isRegularFile(from.resolve(ResultFile.NAME))) {
      ResultDocument result = ResultFile.read(from);
      if (result.exitCode() >= ExitCode.INTERRUPTED) {
        problem = "the run was interrupted; ./parity run --resume goes on with it";
      } else if (!result.parity() || result.exitCode() != ExitCode.PARITY) {
        problem =
            "the run ended without parity (exit code %d); --run RUN/PORT keeps what one port computed"
                .formatted(result.exitCode());
      }
    } else if (Files.exists(from.resolve(RunFile.FILE))) {
      problem = "the run has no result; ./parity run --resume goes on with it";
    }
    if (problem.isEmpty() && !SavedTraces.unfinished(from).isEmpty()) {
      problem =
          "unfinished, without trace.json: "
              + String.join(", ", SavedTraces.unfinished(from).keySet());
    }
    if (!problem.isEmpty()) {
      throw new ParityException(
          Code.USAGE, "%s is no baseline: %s".formatted(OutputFolder.shown(root, from), problem));
    }
  }

  /** What lies in the baseline would be gone with the old one; what holds it would grow with it. */
  private void refuseItself(Path from, Path kept) throws IOException {
    if (!Files.isDirectory(kept)) {
      return;
    }
    Path source = from.toRealPath();
    Path target = kept.toRealPath();
    if (source.startsWith(target) || target.startsWith(source)) {
      throw new ParityException(
          Code.USAGE,
          "--run %s: that is the baseline '%s' itself, a part of it, or a folder around it; name a run"
              .formatted(from, name));
    }
  }

  /** The old one stays until the new one is whole. */
  private static void replace(Path kept, Path fresh) throws IOException {
    Path old = fresh.resolveSibling(fresh.getFileName() + "-old");
    if (Files.exists(kept)) {
      Files.move(kept, old);
    }
    Files.move(fresh, kept);
    Folders.delete(old);
  }

  /** Read and written, not copied: what is no part of a trace, a link above all, stays out. */
  private static void copy(Path from, Path kept) throws IOException {
    for (Map.Entry<String, Path> trace : SavedTraces.traces(from).entrySet()) {
      long bytes = Trace.bytes(trace.getValue());
      if (bytes > TraceRoom.bytes()) {
        throw new ParityException(
            Code.USAGE,
            "%s takes more memory than there is: %d bytes, of %d. Give Java more (JAVA_TOOL_OPTIONS=-Xmx...)"
                .formatted(trace.getKey(), bytes, TraceRoom.bytes()));
      }
      Trace.read(trace.getValue()).write(kept.resolve(trace.getKey()).normalize());
    }
  }

  private int check(Path from, Path kept) throws IOException {
    if (!Files.isDirectory(kept)) {
      throw new ParityException(
          Code.USAGE, "there is no baseline '%s'; ./parity baseline save %s".formatted(name, name));
    }
    List<SavedTraces.Found> found = SavedTraces.compare(kept, from, new Allowance.Exact());
    say(SavedReport.render(found, SavedEnvironments.differences(kept, from)));
    return SavedReport.isMatch(found) ? ExitCode.PARITY : ExitCode.DIVERGENCE;
  }

  private void say(String text) {
    spec.commandLine().getOut().print(text);
    spec.commandLine().getOut().flush();
  }
}

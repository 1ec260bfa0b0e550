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
import torchparity.harness.report.SavedReport;
import torchparity.harness.run.Folders;

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
    Path from = run == null ? latest() : run;
    if (SavedTraces.traces(from).isEmpty()) {
      throw new ParityException(Code.USAGE, from + ": there is no finished trace in it");
    }
    return switch (action) {
      case SAVE -> save(from, kept);
      case CHECK -> check(from, kept);
    };
  }

  private Path latest() throws IOException {
    Path reports = root.resolve("reports");
    try (Stream<Path> runs = Files.isDirectory(reports) ? Files.list(reports) : Stream.empty()) {
      return runs.filter(f -> f.getFileName().toString().startsWith("run-"))
          .max(Comparator.naturalOrder())
          .orElseThrow(
              () -> new ParityException(Code.USAGE, "there is no run yet; ./parity run makes one"));
    }
  }

  private int save(Path from, Path kept) throws IOException {
    if ("true".equals(System.getenv("CI"))) {
      throw new ParityException(
          Code.USAGE, "a baseline is not saved where CI=true: save it by hand, and say why");
    }
    refuseItself(from, kept);
    Path baselines = Files.createDirectories(root.resolve("baselines"));
    Path fresh = Files.createTempDirectory(baselines, "." + name + "-");
    try {
      copy(from, fresh);
      replace(kept, fresh);
    } finally {
      Folders.delete(fresh);
    }
    say("saved %d traces as %s%n".formatted(SavedTraces.traces(kept).size(), name));
    return ExitCode.PARITY;
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

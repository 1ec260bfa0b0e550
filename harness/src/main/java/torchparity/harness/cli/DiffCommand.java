package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.cases.PlainText;
import torchparity.harness.report.RunDifference;
import torchparity.harness.report.SavedRun;

/** Tells what changed between two saved runs. */
@Command(
    name = "diff",
    description = {
      "Tells what changed from one saved run to another: verdicts, probes, causes, environments.",
      "Exit code 1 if something passes no more that passed before."
    },
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "RUN1", description = "The earlier run: folder or name.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "RUN2", description = "The later one.")
  private Path after = Path.of("");

  DiffCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    RunDifference difference =
        new RunDifference(
            SavedRun.open(OutputFolder.of(root, before)).document(),
            SavedRun.open(OutputFolder.of(root, after)).document());
    List<String> lines = difference.lines();
    PrintWriter out = spec.commandLine().getOut();
    lines.forEach(line -> out.println(PlainText.line(line)));
    if (lines.isEmpty()) {
      out.println("nothing changed");
    }
    out.flush();
    return difference.isWorse() ? ExitCode.DIVERGENCE : ExitCode.PARITY;
  }
}

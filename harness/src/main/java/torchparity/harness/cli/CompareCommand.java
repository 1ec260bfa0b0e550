package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.harness.ParityException;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.SavedTraces;
import torchparity.harness.report.SavedReport;

/** Compares what was saved; starts no process. */
@Command(
    name = "compare",
    description = {
      "Compares two saved traces, folders of traces, or safetensors files; starts nothing.",
      "Every bit must agree, unless --rtol or --atol allows more."
    },
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "REF", description = "What is right.")
  private Path reference = Path.of("");

  @Parameters(index = "1", paramLabel = "CAND", description = "What is compared with it.")
  private Path candidate = Path.of("");

  @Option(names = "--rtol", description = "Allowed relative difference, set by hand.")
  private double rtol;

  @Option(names = "--atol", description = "Allowed absolute difference, set by hand.")
  private double atol;

  @Override
  public Integer call() throws IOException {
    for (Path path : List.of(reference, candidate)) {
      if (!Files.exists(path)) {
        throw new ParityException(
            ParityException.Code.USAGE, path + ": there is no such file or folder");
      }
    }
    List<SavedTraces.Found> found = SavedTraces.compare(reference, candidate, allowance());
    List<String> environment = SavedEnvironments.differences(reference, candidate);
    spec.commandLine().getOut().print(SavedReport.render(found, environment));
    spec.commandLine().getOut().flush();
    return SavedReport.isMatch(found) ? ExitCode.PARITY : ExitCode.DIVERGENCE;
  }

  private Allowance allowance() {
    if (rtol == 0 && atol == 0) {
      return new Allowance.Exact();
    }
    try {
      return new Allowance.ByHand(rtol, atol, "an option");
    } catch (IllegalArgumentException e) {
      throw new ParityException(ParityException.Code.USAGE, String.valueOf(e.getMessage()));
    }
  }
}

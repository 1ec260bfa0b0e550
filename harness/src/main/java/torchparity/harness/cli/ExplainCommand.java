package torchparity.harness.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.ExplainReport;

/** Tells all that a run found out about its failures. */
@Command(
    name = "explain",
    description = "Shows why a run's ports differ: the short story, then the evidence.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The run's folder; the newest below reports/ by default.")
  private @Nullable Path run;

  @Option(
      names = "--test",
      paramLabel = "CAUSE",
      description = "Only what was tried for this cause, such as wrong-centre, with its residuals.")
  private @Nullable String cause;

  @Option(names = "--json", description = "All of it as JSON.")
  private boolean json;

  ExplainCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = OutputFolder.of(root, run);
    Path file = folder.resolve("result.json");
    if (!Files.isRegularFile(file)) {
      throw new ParityException(
          Code.USAGE,
          "%s holds no result.json; name the folder of a finished run".formatted(folder));
    }
    JsonMapper mapper = new JsonMapper();
    JsonNode diagnoses = mapper.readTree(file.toFile()).path("diagnoses");
    PrintWriter out = spec.commandLine().getOut();
    ExplainReport report = new ExplainReport(cause);
    out.print(json ? report.only(diagnoses).toPrettyString() + "\n" : report.render(diagnoses));
    out.flush();
    return ExitCode.PARITY;
  }
}

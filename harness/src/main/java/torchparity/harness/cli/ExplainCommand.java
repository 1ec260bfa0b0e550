package torchparity.harness.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.cases.PlainText;
import torchparity.harness.report.ExplainReport;
import torchparity.harness.report.ResultFile;

/** Tells all that a run found out about its failures. */
@Command(
    name = "explain",
    description = "Shows why a run's ports differ: the short story, then the evidence.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunArgument run = new RunArgument();

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
    String result = ResultFile.text(ResultFile.read(run.folder(root)));
    JsonNode diagnoses = new JsonMapper().readTree(result).path("diagnoses");
    PrintWriter out = spec.commandLine().getOut();
    ExplainReport report = new ExplainReport(cause);
    String text = json ? report.only(diagnoses).toPrettyString() + "\n" : report.render(diagnoses);
    out.print(PlainText.of(text));
    out.flush();
    return ExitCode.PARITY;
  }
}

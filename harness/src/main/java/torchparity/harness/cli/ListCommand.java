package torchparity.harness.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import torchparity.cases.Case;

/** Shows the cases. */
@Command(name = "list", description = "Shows the cases.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine.Help.TextTable table =
        CommandLine.Help.TextTable.forColumnWidths(
            CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO), 16, 18, 12, 60);
    table.addRowValues("case", "dtypes", "seeds", "what is computed");
    for (Case c : Cases.all(root)) {
      table.addRowValues(
          c.name(),
          String.join(" ", c.dtypes()),
          c.seeds().stream().map(String::valueOf).collect(Collectors.joining(" ")),
          c.title());
    }
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().flush();
    return ExitCode.PARITY;
  }
}

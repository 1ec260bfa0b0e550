package torchparity.harness.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import torchparity.cases.Case;
import torchparity.harness.port.Port;
import torchparity.harness.run.Identity;

/** Shows the cases and the ports. */
@Command(
    name = "list",
    description = "Shows the cases and the ports.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {
  private final Workplace place;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListCommand(Workplace place) {
    this.place = place;
  }

  @Override
  public Integer call() throws Exception {
    CommandLine.Help.TextTable table =
        CommandLine.Help.TextTable.forColumnWidths(
            CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO), 16, 18, 12, 60);
    table.addRowValues("case", "dtypes", "seeds", "what is computed");
    for (Case c : Cases.all(place)) {
      table.addRowValues(
          c.name(),
          String.join(" ", c.dtypes()),
          c.seeds().stream().map(String::valueOf).collect(Collectors.joining(" ")),
          c.title());
    }
    spec.commandLine().getOut().print(table);
    spec.commandLine().getOut().println();
    spec.commandLine().getOut().print(ports());
    spec.commandLine().getOut().flush();
    return ExitCode.PARITY;
  }

  private CommandLine.Help.TextTable ports() throws Exception {
    CommandLine.Help.TextTable table =
        CommandLine.Help.TextTable.forColumnWidths(
            CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.AUTO), 16, 30, 60);
    table.addRowValues("port", "what it computes with", "version");
    for (Port port : place.project().resolve(List.of())) {
      table.addRowValues(port.name(), port.engine(), Identity.version(port));
    }
    return table;
  }
}

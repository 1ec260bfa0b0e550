package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.harness.report.CurvePlots;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.TerminalReport;
import torchparity.harness.report.allure.AllurePage;

/** Makes the reports of a saved run anew; starts no port. */
@Command(
    name = "report",
    description = "Makes the reports of a saved run anew, without running a port.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  private final Workplace place;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private RunArgument run = new RunArgument();

  @Option(names = "--plot", description = "Draw the run's loss curves in characters, too.")
  private boolean plot;

  @Option(
      names = "--allure",
      description = "Make Allure's page, too; its history is kept in reports/allure-history.")
  private boolean allure;

  ReportCommand(Workplace place) {
    this.place = place;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SavedRun saved = SavedRun.open(run.folder(place.folder()));
    Path page = new Reports(place.checkout()).write(saved);
    PrintWriter out = spec.commandLine().getOut();
    out.print(new TerminalReport(Ansi.AUTO).render(saved.document()));
    if (plot) {
      out.print(new CurvePlots(saved).render());
    }
    if (allure) {
      Path made =
          new AllurePage(place.checkout(), place.folder().resolve("reports/allure-history"))
              .write(saved);
      out.printf("Allure: %s%n", OutputFolder.shown(place.folder(), made));
    }
    out.printf("report: %s%n", OutputFolder.shown(place.folder(), page));
    out.flush();
    return ExitCode.PARITY;
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import torchparity.harness.report.CurvePlots;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultFile;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.TerminalReport;

/**
 * How a run's result is shown: on the terminal, and as files in its folder.
 *
 * @param command whose streams are written to
 * @param json the whole result as JSON on standard output, and what is for people elsewhere
 * @param plot loss curves in characters, too
 * @param report the page and the other formats
 * @param deletesOld whether old runs below reports/ may be deleted
 */
record Presentation(
    Workplace place,
    CommandLine command,
    boolean json,
    boolean plot,
    boolean report,
    boolean deletesOld) {

  /** Prints the result, writes the reports, and deletes old runs. */
  void show(SavedRun saved) throws IOException, InterruptedException {
    ResultDocument document = saved.document();
    Path folder = saved.folder();
    if (json) {
      print(command.getOut(), ResultFile.text(document));
    }
    PrintWriter people = json ? command.getErr() : command.getOut();
    print(people, new TerminalReport(Ansi.AUTO).render(document));
    if (plot) {
      print(people, new CurvePlots(saved).render());
    }
    print(people, "files: %s%n".formatted(OutputFolder.shown(place.folder(), folder)));
    if (document.exitCode() >= ExitCode.INTERRUPTED) {
      print(
          people,
          "go on: ./parity run --resume %s%n"
              .formatted(Options.quoted(OutputFolder.shown(place.folder(), folder).toString())));
    }
    if (report) {
      Path page = new Reports(place.checkout()).write(saved);
      Reports.annotate(saved, System.getenv(), people);
      print(people, "report: %s%n".formatted(OutputFolder.shown(place.folder(), page)));
    }
    print(people, RunTimes.text(document.times()));
    List<String> gone =
        deletesOld ? Retention.DEFAULT.apply(place.folder().resolve("reports"), folder) : List.of();
    if (!gone.isEmpty()) {
      print(people, "deleted, as too old: %s%n".formatted(String.join(", ", gone)));
    }
  }

  private static void print(PrintWriter writer, String text) {
    writer.print(text);
    writer.flush();
  }
}

package torchparity.harness.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import torchparity.cases.PlainText;
import torchparity.cases.WholeFile;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.ci.Annotations;
import torchparity.harness.report.ci.JUnitXml;
import torchparity.harness.report.ci.Markdown;
import torchparity.harness.report.ci.Sarif;
import torchparity.harness.report.html.HtmlReport;

/** Writes every format of a saved run into its folder. */
final class Reports {
  private final Path root;

  Reports(Path root) {
    this.root = root;
  }

  /** Answers with the page for people. */
  Path write(SavedRun run) throws IOException {
    Path folder = run.folder();
    WholeFile.write(folder.resolve("junit.xml"), new JUnitXml(run.document()).render());
    WholeFile.write(folder.resolve("summary.md"), Markdown.render(run.document()));
    WholeFile.write(folder.resolve("findings.sarif"), new Sarif(run.document()).render());
    Path page = run.folder().resolve("report.html");
    WholeFile.write(page, new HtmlReport(root).render(run));
    return page;
  }

  /** What a GitHub workflow shows: annotations on {@code out}, and its job's summary. */
  static void annotate(SavedRun run, Map<String, String> environment, PrintWriter out)
      throws IOException {
    if (!environment.containsKey("GITHUB_ACTIONS")) {
      return;
    }
    Annotations.of(run.document()).forEach(line -> out.println(PlainText.line(line)));
    out.flush();
    String summary = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!summary.isEmpty()) {
      Files.writeString(Path.of(summary), Markdown.render(run.document()), CREATE, APPEND);
    }
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.html.HtmlReport;

/** Writes every format of a saved run into its folder. */
final class Reports {
  private final Path root;

  Reports(Path root) {
    this.root = root;
  }

  /** Answers with the page for people. */
  Path write(SavedRun run) throws IOException {
    Path page = run.folder().resolve("report.html");
    Files.writeString(page, new HtmlReport(root).render(run));
    return page;
  }
}

package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;
import torchparity.cases.MalformedFileException;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;
import torchparity.harness.report.allure.AllureResults;
import torchparity.harness.report.ci.Annotations;
import torchparity.harness.report.ci.JUnitXml;
import torchparity.harness.report.ci.Markdown;
import torchparity.harness.report.ci.Sarif;
import torchparity.harness.report.html.HtmlReport;
import torchparity.harness.run.Folders;

/** Documents of runs, mutated: refused by name, or read, and then written alike. */
class ResultFileFuzzTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final Path SAMPLE = ROOT.resolve("reports/sample/result.json");

  /** Of the documents that are read, in this many one is made a page of: that takes long. */
  private static final int ONE_IN = 30;

  @TempDir Path folder;

  @Test
  void documents() throws Exception {
    String hostile = ResultFile.text(HostileRun.write(folder).document());
    Path file = folder.resolve(ResultFile.NAME);
    Path again = Files.createDirectories(folder.resolve("again"));

    new Fuzz("result.json", MalformedFileException.class, 2 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(hostile, hostile, Files.readString(SAMPLE))),
            2_000,
            bytes -> {
              Fuzz.write(file, bytes);
              return ResultFile.read(folder);
            },
            read -> {
              String text = ResultFile.text(read);
              Files.deleteIfExists(again.resolve(ResultFile.NAME));
              Files.writeString(again.resolve(ResultFile.NAME), text);
              assertThat(ResultFile.text(ResultFile.read(again))).isEqualTo(text);
              render(read);
              if (text.hashCode() % ONE_IN == 0) {
                renderSaved(SavedRun.open(folder));
              }
            });
  }

  /** What is read can be told. */
  private static void render(ResultDocument read) {
    assertThat(new TerminalReport(Ansi.OFF).render(read)).isNotBlank();
    assertThat(Markdown.render(read)).isNotBlank();
    assertThat(new JUnitXml(read).render()).isNotBlank();
    assertThat(new Sarif(read).render()).isNotBlank();
    assertThat(Annotations.of(read)).isNotNull();
  }

  /** The same with its traces. */
  private void renderSaved(SavedRun run) throws Exception {
    assertThat(new CurvePlots(run).render()).isNotNull();
    assertThat(new HtmlReport(ROOT).render(run).length()).isPositive();
    Path results = folder.resolve("allure-results");
    Folders.delete(results);
    new AllureResults(run).write(results);
    assertThat(results.resolve("categories.json")).exists();
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The plugin through the real nu against CPython, live. Every tenth case of the table by default;
 * {@code -Dconformance.slice=1} runs all.
 */
class ConformanceTest {
  private static final Path FOLDER = ParityProcess.ROOT.resolve("harness/conformance");
  private static final Path REPORT = ParityProcess.ROOT.resolve("nu/CONFORMANCE.md");

  @TempDir Path folder;

  @Test
  void everyCommandComputesWhatCPythonComputes() throws Exception {
    String slice = System.getProperty("conformance.slice", "10");

    String printed =
        PythonProcess.run(
            folder, 900, FOLDER.resolve("conformance.py").toString(), "--slice", slice);

    assertThat(printed).contains("commands").contains("exact");
  }

  @Test
  void theReportNamesEveryCommandThereIs() throws Exception {
    Path names = folder.resolve("names.txt");
    NuProcess.run(
        folder,
        "scope commands | where category == torch and name != torch | get name"
            + " | str replace 'torch ' '' | str join \"\\n\" | save -f '"
            + names
            + "'",
        60);
    String report = Files.readString(REPORT);

    for (String name : Files.readAllLines(names)) {
      Matcher row = Pattern.compile("(?m)^\\| " + Pattern.quote(name) + " \\|").matcher(report);
      boolean own =
          report.matches("(?s).*No counterpart in PyTorch.*\\b" + name + "\\b.*## Bounds.*");
      assertThat(row.find() || own).as(name + " in nu/CONFORMANCE.md").isTrue();
    }
  }

  @Test
  void optimizersTakeTheStepsOfTorchOptim() throws Exception {
    String printed = PythonProcess.run(folder, 300, FOLDER.resolve("optimizers.py").toString());

    assertThat(printed.lines()).hasSize(12);
  }
}

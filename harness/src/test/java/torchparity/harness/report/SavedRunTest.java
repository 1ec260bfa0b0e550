package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.verdict.JudgedRun;

class SavedRunTest {
  @TempDir Path folder;

  /** Whoever has the old file keeps it whole: it is replaced, and never emptied. */
  @Test
  void isHowAResultIsSaved() throws IOException {
    ResultDocument document = HostileRun.write(folder).document();
    Path old = Files.createLink(folder.resolve("old"), folder.resolve(ResultFile.NAME));
    String text = Files.readString(old);
    ResultDocument other =
        new ResultDocument(
            document.format(),
            document.parity(),
            document.exitCode(),
            document.compared() + 1,
            document.reference(),
            document.cases(),
            document.ports(),
            document.comparisons(),
            document.unmet(),
            document.together(),
            document.knownDifferences(),
            document.diagnoses(),
            document.times());

    SavedRun.save(folder, other, new JudgedRun(List.of(), List.of(), List.of(), List.of()));

    assertThat(Files.readString(old).equals(text)).as("the old file is whole").isTrue();
    assertThat(ResultFile.read(folder)).isEqualTo(other);
  }
}

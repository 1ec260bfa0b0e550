package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  @TempDir Path reports;

  @Test
  void deletesTheOldestBeyondTheNumber() throws Exception {
    Path current = run("run-3", 10);
    run("run-1", 10);
    run("run-2", 10);

    assertThat(new Retention(2, 1000).apply(reports, current)).containsExactly("run-1");
    assertThat(reports.resolve("run-1")).doesNotExist();
    assertThat(reports.resolve("run-2")).exists();
  }

  @Test
  void deletesTheOldestBeyondTheSizeButNeverTheCurrentOne() throws Exception {
    run("run-1", 10);
    Path current = run("run-2", 5000);

    assertThat(new Retention(9, 1000).apply(reports, current)).isEqualTo(List.of("run-1"));
    assertThat(current).exists();
  }

  @Test
  void leavesWhatIsNoFinishedRun() throws Exception {
    Path current = run("run-9", 10);
    Files.createDirectories(reports.resolve("run-1-under-way"));
    Files.createDirectories(reports.resolve("sample"));
    Files.writeString(reports.resolve("sample/result.json"), "{}");

    assertThat(new Retention(1, 1000).apply(reports, current)).isEmpty();
  }

  private Path run(String name, int bytes) throws IOException {
    Path folder = Files.createDirectories(reports.resolve(name));
    Files.write(folder.resolve("result.json"), new byte[bytes]);
    return folder;
  }
}

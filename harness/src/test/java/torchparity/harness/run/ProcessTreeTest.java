package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTreeTest {
  @TempDir Path folder;

  @Test
  void leavesWhatAnEndedProcessPrintedToBeRead() throws Exception {
    ProcessTree tree = new ProcessTree();
    Path printed = folder.resolve("printed");
    Process process =
        Supervised.builder(
                tree.value(),
                List.of("sh", "-c", "echo last words >&2; : > '" + printed + "'; exec sleep 60"),
                Map.of("PATH", System.getenv("PATH")))
            .start();
    while (!Files.exists(printed)) {
      assertThat(process.isAlive()).isTrue();
      Thread.sleep(10);
    }

    tree.end(process);

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.getErrorStream().readAllBytes())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("last words\n");
  }
}

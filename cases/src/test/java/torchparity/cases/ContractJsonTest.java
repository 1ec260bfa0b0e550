package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractJsonTest {
  @TempDir Path folder;

  @Test
  void writesALineWithHalfOfASurrogatePair() throws Exception {
    Path file = folder.resolve("events.jsonl");

    ContractJson.appendLine(file, Event.failed("a", "cut in \ud83d"));

    assertThat(ContractJson.readLines(file, Event.class))
        .containsExactly(Event.failed("a", "cut in ?"));
  }

  @Test
  void bringsBackAJobWithoutInstances() throws Exception {
    Path file = folder.resolve("job.json");
    Job empty = new Job(Job.FORMAT, Path.of("events.jsonl"), 2, List.of());

    ContractJson.write(file, empty);

    assertThat(ContractJson.readChecking(file, Job.class)).isEqualTo(empty);
  }

  @Test
  void readsTextsThatCanBeWrittenAgain() throws Exception {
    Path file = folder.resolve("events.jsonl");
    Files.writeString(
        file,
        "{\"event\": \"failed\", \"instance\": \"a\", \"message\": \"\\ud83d \\ud83d\\ude00\"}\n");

    assertThat(ContractJson.readLines(file, Event.class))
        .containsExactly(Event.failed("a", "\ufffd \ud83d\ude00"));
  }
}

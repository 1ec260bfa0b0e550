package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;

class PortProcessTest {
  private static final int EVENTS = 200;
  private static final int MILLIS_AN_EVENT = 200;
  private static final int LONG_SECONDS = EVENTS * MILLIS_AN_EVENT / 1000;

  /** Writes 20 MB of events, in lines of 100 KB. */
  private static final String FLOOD =
      "line='{\"event\": \"step\", \"instance\": \"'$1'\", \"message\": \"'$(printf '%%100000s' x)'\"}';"
          + " for i in $(seq %d); do printf '%%s\\n' \"$line\"; done >$2; %s";

  @TempDir Path folder;

  @Test
  void keepsItsTimeoutWhileEventsComeFasterThanTheyAreRead() throws Exception {
    PortRun run = flood(Duration.ofSeconds(1), "sleep 300");

    assertThat(run.outcomes().values().toString()).contains("it took longer than 1 s");
    assertThat(run.wall()).isLessThan(Duration.ofSeconds(LONG_SECONDS / 2));
  }

  @Test
  void readsNoLongerThanItsTimeoutWhatAPortLeftThatHasEnded() throws Exception {
    PortRun run = flood(Duration.ofSeconds(8), "exit 0");

    assertThat(run.outcomes().values().toString())
        .contains("it wrote more events than could be read in 8 s");
    assertThat(run.wall()).isLessThan(Duration.ofSeconds(LONG_SECONDS / 2));
  }

  /** A run of a port that floods, with a listener that takes its time. */
  private PortRun flood(Duration timeout, String then) throws Exception {
    Instance instance = instance();
    Path events = Files.createDirectories(folder.resolve("flood")).resolve("events.jsonl");
    Port port =
        new Port(
            "flood",
            "flood",
            List.of(
                "bash",
                "-c",
                FLOOD.formatted(EVENTS, then),
                "flood",
                instance.id(),
                events.toString()));
    Plan plan = new Plan(List.of(instance), List.of(port), 1, timeout, folder);
    return new PortProcess(port, plan, (p, event) -> pause()).run();
  }

  private static Instance instance() {
    Case question = Questions.of("flood");
    return new Instance(question, 1, Dtype.FLOAT32, Products.EXACT);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(MILLIS_AN_EVENT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Event;
import torchparity.cases.MalformedFileException;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;

/** Event files of running ports, mutated: followed to their last line, or refused by name. */
class EventTailFuzzTest {
  private static final String EVENTS =
      """
      {"event":"started","instance":"a.seed-1"}
      {"event":"step","instance":"a.seed-1","epoch":10,"epochs":3000,"loss":0.69}
      {"event":"step","instance":"a.seed-1","epoch":20,"epochs":3000,"loss":null}
      {"event":"finished","instance":"a.seed-1"}
      {"event":"failed","instance":"b","message":"no\\n"}
      {"event":"not_run","instance":"c","message":"why"}
      """;

  @TempDir Path folder;

  @Test
  void events() throws Exception {
    Path file = folder.resolve("events.jsonl");

    new Fuzz("event tail", MalformedFileException.class, 2 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(EVENTS)),
            5_000,
            bytes -> {
              EventTail tail = new EventTail(Fuzz.write(file, bytes));
              List<Event> events = new ArrayList<>();
              List<Event> fresh = tail.next();
              while (!fresh.isEmpty()) {
                events.addAll(fresh);
                fresh = tail.next();
              }
              return events;
            },
            events -> assertThat(events).allMatch(e -> !e.event().isEmpty()));
  }
}

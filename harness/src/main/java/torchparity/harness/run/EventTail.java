package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;

/** Follows the event file of a port that is running. */
final class EventTail {
  private final Path file;
  private int seen;

  EventTail(Path file) {
    this.file = file;
  }

  /**
   * The events since the last call; a line that is still being written is left for the next.
   *
   * @throws torchparity.cases.MalformedFileException if a line is not an event
   */
  List<Event> next() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Event> all = ContractJson.readLines(file, Event.class);
    List<Event> fresh = all.subList(seen, all.size());
    seen = all.size();
    return fresh;
  }
}

package torchparity.harness.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;

/** Follows the event file of a port that is running; what was read is not read again. */
final class EventTail {
  private final Path file;
  private long position;
  private int lines;

  EventTail(Path file) {
    this.file = file;
  }

  /**
   * The events since the last call; a line that is still being written is left for the next.
   *
   * @throws torchparity.cases.MalformedFileException if a line is not an event
   */
  List<Event> next() throws IOException {
    if (!Files.exists(file) || Files.size(file) <= position) {
      return List.of();
    }
    byte[] fresh;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
        // Read on.
      }
      fresh = java.util.Arrays.copyOf(buffer.array(), buffer.position());
    }
    int end = fresh.length;
    while (end > 0 && fresh[end - 1] != '\n') {
      end--;
    }
    String text = new String(fresh, 0, end, java.nio.charset.StandardCharsets.UTF_8);
    List<Event> events = ContractJson.lines(file, text, lines, Event.class);
    position += end;
    lines += events.size();
    return events;
  }
}

package torchparity.harness.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.MalformedFileException;

/** Follows the event file of a port that is running; what was read is not read again. */
final class EventTail {
  /** The longest line, and the most that is held at a time. */
  static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private long position;
  private int lines;

  EventTail(Path file) {
    this.file = file;
  }

  /**
   * The next events, about a megabyte of them; a line that is still being written is left for the
   * next call. Empty if there is nothing more.
   *
   * @throws MalformedFileException if a line is not an event, or longer than a megabyte
   */
  List<Event> next() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) <= position) {
      return List.of();
    }
    byte[] fresh = fresh();
    int end = fresh.length;
    while (end > 0 && fresh[end - 1] != '\n') {
      end--;
    }
    if (end == 0 && fresh.length == MOST_BYTES) {
      throw new MalformedFileException(
          file, "line %d: is longer than %d bytes".formatted(lines + 1, MOST_BYTES));
    }
    String text = new String(fresh, 0, end, StandardCharsets.UTF_8);
    List<Event> events = ContractJson.lines(file, text, lines, Event.class);
    position += end;
    lines += events.size();
    return events;
  }

  /** True if the file ends in the middle of a line. */
  boolean isCutOff() throws IOException {
    return Files.isRegularFile(file) && Files.size(file) > position;
  }

  /** Where the first line begins that was not read. */
  long position() {
    return position;
  }

  private byte[] fresh() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = Math.min(MOST_BYTES, channel.size() - position);
      ByteBuffer buffer = ByteBuffer.allocate((int) Math.max(0, size));
      while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
        // Read on.
      }
      return Arrays.copyOf(buffer.array(), buffer.position());
    }
  }
}

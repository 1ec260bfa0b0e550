package torchparity.harness.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The end of what a port wrote for people: any bytes, of any length, may be in there. Only the end
 * is read; what is no UTF-8 shows as {@code U+FFFD}, and control characters are left out.
 */
public final class LogTail {
  private static final int MOST_BYTES = 4096;
  private static final int MOST_LINES = 20;

  private LogTail() {}

  /** {@code "; its last output:"} and the last lines; empty if there is none. */
  static String of(Path log) {
    String shown = text(log);
    return shown.isBlank() ? "" : "; its last output:\n" + shown;
  }

  /** The last lines; empty if there are none, or they cannot be read. */
  public static String text(Path log) {
    try {
      if (!Files.isRegularFile(log)) {
        return "";
      }
      List<String> lines =
          end(log).lines().map(line -> line.replaceAll("[\\p{Cntrl}&&[^\t]]", "")).toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    } catch (IOException e) {
      return "";
    }
  }

  private static String end(Path log) throws IOException {
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MOST_BYTES));
      long from = size - bytes.capacity();
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // Read on.
      }
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }
  }
}

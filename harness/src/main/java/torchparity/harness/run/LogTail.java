package torchparity.harness.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import torchparity.cases.PlainText;

/**
 * The end of what a port wrote for people: any bytes, of any length, may be in there. Only the end
 * is read; what is no UTF-8 shows as {@code U+FFFD}, and control characters are left out.
 */
public final class LogTail {
  static final int MOST_BYTES = 4096;
  private static final int MOST_LINES = 20;

  private LogTail() {}

  /** The last lines; empty if there are none, or they cannot be read. No link is followed. */
  public static String text(Path log) {
    try {
      return Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS) ? lines(end(log)) : "";
    } catch (IOException e) {
      return "";
    }
  }

  /** The last lines of {@code bytes}. */
  static String lines(byte[] bytes) {
    List<String> lines =
        new String(bytes, StandardCharsets.UTF_8).lines().map(PlainText::line).toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
  }

  private static byte[] end(Path log) throws IOException {
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      long size = channel.size();
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, MOST_BYTES));
      long from = size - bytes.capacity();
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
        // Read on.
      }
      return Arrays.copyOf(bytes.array(), bytes.position());
    }
  }
}

package torchparity.cases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are there whole, or as they were before. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes {@code text} in one move: no reader sees half of it, and an interruption leaves none. A
   * link that stands in the file's place is replaced and not followed.
   */
  public static void write(Path file, String text) throws IOException {
    // Not writeString, which refuses half a surrogate pair.
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of bytes. */
  static void write(Path file, byte[] bytes) throws IOException {
    // A name that nobody can have put a link under.
    Path partial = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".partial");
    try {
      Files.write(partial, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}

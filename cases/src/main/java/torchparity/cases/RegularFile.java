package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Refuses pipes and devices, which may have no end; in what strangers made, links, too. */
final class RegularFile {
  private RegularFile() {}

  /**
   * Refuses what is no file, or too long a one, in a trace or a run, which may be a stranger's.
   *
   * @throws MalformedFileException if it is there and is of another kind, or longer than {@code
   *     most} bytes
   */
  static void check(Path file, long most) throws IOException {
    check(file, most, LinkOption.NOFOLLOW_LINKS);
  }

  /** As {@link #check}, of what the user wrote, which may lie elsewhere and be linked here. */
  static void checkTarget(Path file, long most) throws IOException {
    check(file, most, new LinkOption[0]);
  }

  private static void check(Path file, long most, LinkOption... options) throws IOException {
    if (!Files.exists(file, options)) {
      return; // Opening it says so.
    }
    if (!Files.isRegularFile(file, options)) {
      throw new MalformedFileException(file, "is no regular file");
    }
    if (Files.size(file) > most) {
      throw new MalformedFileException(
          file, "has %d bytes; at most %d are read".formatted(Files.size(file), most));
    }
  }
}

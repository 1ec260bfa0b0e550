package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** What is read of a trace: files, and no pipes, devices or links, which could be anything. */
final class RegularFile {
  private RegularFile() {}

  /**
   * Refuses what is no file, or too long a one.
   *
   * @throws MalformedFileException if it is there and is of another kind, or longer than {@code
   *     most} bytes
   */
  static void check(Path file, long most) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return; // Opening it says so.
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedFileException(file, "is no regular file");
    }
    if (Files.size(file) > most) {
      throw new MalformedFileException(
          file, "has %d bytes; at most %d are read".formatted(Files.size(file), most));
    }
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/** The folder that a run fills. */
final class OutputFolder {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

  private OutputFolder() {}

  /**
   * Makes the folder.
   *
   * @param out what the user named, or null for a new one below {@code reports/}
   * @throws ParityException if there is something in the way
   */
  static Path make(Path root, @Nullable Path out) throws IOException {
    if (out == null) {
      String time = TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
      return Files.createDirectories(root.resolve("reports").resolve("run-" + time));
    }
    Path folder = out.toAbsolutePath().normalize();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ParityException(
          Code.USAGE, "--out %s: no folder can be made: %s".formatted(out, e));
    }
    try (Stream<Path> entries = Files.list(folder)) {
      if (entries.findAny().isPresent()) {
        throw new ParityException(
            Code.USAGE, "--out %s: the folder is not empty; name a new one".formatted(out));
      }
    }
    return folder;
  }

  /** How people see {@code folder}: from the project, if it lies in there. */
  static Path shown(Path root, Path folder) {
    return folder.startsWith(root) ? root.relativize(folder) : folder;
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.ResultDocument;

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

  /**
   * The folder of a finished run.
   *
   * @param run what the user named: a folder, or the name of one below {@code reports/}; or null
   *     for the newest
   * @throws ParityException if there is none
   */
  static Path of(Path root, @Nullable Path run) throws IOException {
    Path reports = root.resolve("reports");
    if (run == null) {
      return finished(reports).stream()
          .max(Comparator.comparing(r -> r.getFileName().toString()))
          .orElseThrow(
              () ->
                  new ParityException(
                      Code.USAGE, "there is no run below reports/ yet; ./parity run"));
    }
    Path named = reports.resolve(run);
    boolean isName = !Files.exists(run) && Files.isDirectory(named);
    return (isName ? named : run.toAbsolutePath()).normalize();
  }

  /** Every finished run below {@code reports}. */
  static List<Path> finished(Path reports) throws IOException {
    try (Stream<Path> runs = Files.isDirectory(reports) ? Files.list(reports) : Stream.empty()) {
      return runs.filter(r -> r.getFileName().toString().startsWith("run-"))
          .filter(r -> Files.isRegularFile(r.resolve(ResultDocument.FILE)))
          .toList();
    }
  }

  /** How people see {@code folder}: from the project, if it lies in there. */
  static Path shown(Path root, Path folder) {
    return folder.startsWith(root) ? root.relativize(folder) : folder;
  }
}

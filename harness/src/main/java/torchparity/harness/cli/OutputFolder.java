package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.ResultFile;

/** The folder that a run fills. */
final class OutputFolder {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");

  /** What ports compute and print is nobody else's business on a shared machine. */
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private OutputFolder() {}

  /**
   * Makes the folder.
   *
   * @param out what the user named, or null for a new one below {@code reports/}
   * @throws ParityException if there is something in the way
   */
  static Path make(Path root, @Nullable Path out) throws IOException {
    if (out == null) {
      return makeNew(Files.createDirectories(root.resolve("reports")));
    }
    Path folder = out.toAbsolutePath().normalize();
    try {
      if (!Files.isDirectory(folder)) {
        Path parent = folder.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.createDirectory(folder, PRIVATE);
      }
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

  /** A name that no other run has taken, at the same time even. */
  private static Path makeNew(Path reports) throws IOException {
    while (true) {
      String time = TIME.format(LocalDateTime.now(ZoneId.systemDefault()));
      try {
        return Files.createDirectory(reports.resolve("run-" + time), PRIVATE);
      } catch (FileAlreadyExistsException e) {
        // A millisecond later it is another name.
      }
    }
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
          .filter(r -> Files.isRegularFile(r.resolve(ResultFile.NAME)))
          .toList();
    }
  }

  /** How people see {@code folder}: from the project, if it lies in there. */
  static Path shown(Path root, Path folder) {
    return folder.startsWith(root) ? root.relativize(folder) : folder;
  }
}

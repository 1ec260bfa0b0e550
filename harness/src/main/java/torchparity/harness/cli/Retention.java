package torchparity.harness.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import torchparity.harness.run.Folders;

/**
 * How many runs are kept below {@code reports/}: the oldest go. Only folders that a run made and
 * finished are looked at; what {@code --out} filled elsewhere is the user's.
 *
 * @param most how many
 * @param mostBytes how large together
 */
record Retention(int most, long mostBytes) {
  /** What a new run keeps: about a fortnight of nights, or some days of work. */
  static final Retention DEFAULT = new Retention(30, 2L << 30);

  /**
   * Deletes the oldest runs that are too many.
   *
   * @param current the run that has just ended, which stays in any case
   * @return the names of what was deleted
   */
  List<String> apply(Path reports, Path current) throws IOException {
    List<Path> newestFirst =
        OutputFolder.finished(reports).stream()
            .sorted(Comparator.comparing((Path r) -> r.getFileName().toString()).reversed())
            .toList();
    List<String> deleted = new ArrayList<>();
    int kept = 0;
    long bytes = 0;
    for (Path run : newestFirst) {
      kept++;
      bytes += size(run);
      if (!run.equals(current) && (kept > most || bytes > mostBytes)) {
        Folders.delete(run);
        deleted.add(run.getFileName().toString());
      }
    }
    return deleted;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(Retention::bytes).sum();
    } catch (UncheckedIOException | NoSuchFileException e) {
      return 0; // Another run is deleting it at this moment.
    }
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

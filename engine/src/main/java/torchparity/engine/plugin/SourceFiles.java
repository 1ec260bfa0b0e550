package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import torchparity.engine.oplog.CallSite;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;

/** Tells lines from spans: Nushell lays all files of a program end to end, byte by byte. */
final class SourceFiles {
  static final SourceFiles NONE = new SourceFiles(List.of());

  private final List<Source> sources;

  /** A file that begins at {@code start}; {@code lineEnds} are offsets in it. */
  private record Source(String name, long start, long end, List<Long> lineEnds) {}

  private SourceFiles(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * The files of {@code table}, which is what Nushell's {@code view files} answers with.
   *
   * @throws NuException if it is not that table
   */
  static SourceFiles of(NuValue table) throws NuException {
    List<Source> sources = new ArrayList<>();
    for (NuValue row : Workspace.items(table)) {
      if (!(row instanceof NuValue.Fields fields
          && fields.values().get("filename") instanceof NuValue.Str name
          && fields.values().get("start") instanceof NuValue.Int start
          && fields.values().get("end") instanceof NuValue.Int end)) {
        throw new NuException(
            "Invalid input",
            "expected the table of `view files`, with filename, start and end",
            row.span(),
            "Write `view files | torch oplog start FOLDER --from 0 --to 5`.");
      }
      read(name.value())
          .ifPresent(
              lines ->
                  sources.add(
                      new Source(fileName(name.value()), start.value(), end.value(), lines)));
    }
    return new SourceFiles(sources);
  }

  private static String fileName(String path) {
    Path name = Path.of(path).getFileName();
    return name == null ? path : name.toString();
  }

  /** Offsets of the line ends; empty for what is no file, such as a line of the command line. */
  private static Optional<List<Long>> read(String path) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(path));
      List<Long> ends = new ArrayList<>();
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          ends.add((long) i);
        }
      }
      return Optional.of(ends);
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** File and line of a span, if it lies in a file. */
  Optional<CallSite> find(Span span) {
    return sources.stream()
        .filter(s -> s.start <= span.start() && span.start() < s.end)
        .findFirst()
        .map(s -> new CallSite(s.name, line(s, span.start() - s.start)));
  }

  private static int line(Source source, long offset) {
    int place = Collections.binarySearch(source.lineEnds, offset);
    return 1 + (place < 0 ? -place - 1 : place);
  }
}

package torchparity.harness.report;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.diagnosis.Diagnosis;
import torchparity.harness.port.Port;
import torchparity.harness.report.ResultDocument.SourceFile;

/** Finds the source files of a port that diagnoses name, and the lines that they name. */
final class Sources {
  private static final int DEPTH = 9;
  private static final int MOST_CHARACTERS = 200;
  private static final long MOST_BYTES = 16 << 20;
  private static final List<String> NOT_OURS = List.of("node_modules", ".venv", "target", ".git");

  private final Path root;
  private final Port port;

  Sources(Path root, Port port) {
    this.root = root;
    this.port = port;
  }

  /** The files, in the order of their names; what cannot be found or read is left out. */
  List<SourceFile> named(List<Diagnosis> diagnoses) {
    Map<String, SortedMap<Integer, String>> wanted = new TreeMap<>();
    for (Diagnosis d : diagnoses) {
      for (Diagnosis.Finding f : d.findings()) {
        if (d.reference().equals(port.name())) {
          want(wanted, f.expected());
          f.aligned().forEach(a -> want(wanted, a.reference()));
        }
        if (d.candidate().equals(port.name())) {
          want(wanted, f.actual());
          want(wanted, f.blame());
          f.aligned().forEach(a -> want(wanted, a.candidate()));
        }
      }
    }
    List<SourceFile> files = new ArrayList<>();
    wanted.forEach(
        (name, lines) ->
            find(name)
                .ifPresent(
                    path -> files.add(new SourceFile(name, shown(path), texts(path, lines)))));
    return files;
  }

  private static void want(
      Map<String, SortedMap<Integer, String>> wanted, Diagnosis.@Nullable Call call) {
    if (call != null && call.file() != null && call.line() != null) {
      wanted.computeIfAbsent(call.file(), f -> new TreeMap<>()).put(call.line(), "");
    }
  }

  /**
   * Looks beside each program of the command, then below the folders in which they lie. The name
   * may be a stranger's: one that leads elsewhere, or that no file can have, is nobody's.
   */
  private Optional<Path> find(String name) {
    if (!leadsInside(name)) {
      return Optional.empty();
    }
    List<Path> folders = new ArrayList<>();
    for (String word : port.command()) {
      Path parent = word.contains("/") ? Path.of(word).toAbsolutePath().getParent() : null;
      boolean installed = NOT_OURS.stream().anyMatch(part -> word.contains("/" + part + "/"));
      if (parent != null && !installed && Files.isRegularFile(Path.of(word))) {
        folders.add(parent);
      }
    }
    Optional<Path> declared =
        port.origin().sources().stream().filter(p -> p.endsWith(name)).findFirst();
    if (declared.isPresent()) {
      return declared;
    }
    for (Path folder : folders) {
      Path beside = folder.resolve(name);
      if (Files.isRegularFile(beside)) {
        return Optional.of(beside);
      }
    }
    for (Path folder : folders) {
      for (Path at = folder; at != null && at.startsWith(root); at = at.getParent()) {
        Optional<Path> found = below(at, name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean leadsInside(String name) {
    try {
      Path path = Path.of(name);
      return !path.isAbsolute() && path.equals(path.normalize()) && !path.startsWith("..");
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static Optional<Path> below(Path folder, String name) {
    try (Stream<Path> files =
        Files.find(folder, DEPTH, (p, a) -> a.isRegularFile(), new FileVisitOption[0])) {
      return files
          .filter(p -> p.getFileName().toString().equals(name))
          .filter(p -> NOT_OURS.stream().noneMatch(part -> p.toString().contains("/" + part + "/")))
          .sorted()
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private String shown(Path path) {
    Path normal = path.normalize();
    return (normal.startsWith(root) ? root.relativize(normal) : normal).toString();
  }

  private static Map<Integer, String> texts(Path path, SortedMap<Integer, String> wanted) {
    Map<Integer, String> texts = new TreeMap<>();
    try {
      if (Files.size(path) > MOST_BYTES) {
        return Map.of(); // No source: the place is told without it, too.
      }
      List<String> lines = Files.readAllLines(path);
      for (int line : wanted.keySet()) {
        if (line >= 1 && line <= lines.size()) {
          String text = lines.get(line - 1).strip();
          texts.put(line, text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
        }
      }
    } catch (IOException e) {
      return Map.of(); // Not text: the place is told without it.
    }
    return texts;
  }
}

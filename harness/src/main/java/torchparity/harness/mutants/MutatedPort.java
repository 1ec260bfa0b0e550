package torchparity.harness.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import torchparity.cases.MalformedFileException;

/** A copy of a port's sources with the edits of one or more mutants, ready to be started. */
final class MutatedPort {
  private final Path root;
  private final Target target;
  private final Map<String, String> sources = new LinkedHashMap<>();

  private MutatedPort(Path root, Target target) {
    this.root = root;
    this.target = target;
  }

  /** The unchanged sources of {@code target} in the project {@code root}, in memory. */
  static MutatedPort of(Path root, Target target) throws IOException {
    MutatedPort port = new MutatedPort(root, target);
    Path folder = root.resolve(target.folder());
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(target.extension())) {
          port.sources.put(name, Files.readString(file));
        }
      }
    }
    return port;
  }

  /**
   * Makes the edits of {@code mutant}.
   *
   * @throws MalformedFileException if one does not fit the port's sources
   */
  void apply(Mutant mutant) {
    for (Edit edit : mutant.edits()) {
      String name = mutant.fileOf(edit);
      try {
        sources.put(name, edit.apply(source(name)));
      } catch (IllegalArgumentException e) {
        throw new MalformedFileException(
            root.resolve(target.folder()).resolve(name),
            "mutant %s does not fit: %s".formatted(mutant.id(), e.getMessage()));
      }
    }
  }

  /** The text of one file, as it is now. */
  String source(String name) {
    String source = sources.get(name);
    if (source == null) {
      throw new IllegalArgumentException("the port has no file " + name);
    }
    return source;
  }

  /**
   * Writes the port into {@code folder}, which is made.
   *
   * @return what a run is given as {@code --port NAME=PATH}
   */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Files.writeString(folder.resolve(source.getKey()), source.getValue());
    }
    if (target == Target.JVM) {
      List<Path> files = sources.keySet().stream().map(folder::resolve).toList();
      JvmBuild.build(root.resolve("engine"), files, folder);
    }
    return folder.resolve(target.program());
  }
}

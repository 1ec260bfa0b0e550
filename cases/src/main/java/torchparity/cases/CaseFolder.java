package torchparity.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The case files of one folder, each checked against a JSON Schema. */
public final class CaseFolder {
  /** The schema's name, where it lies beside the case files. */
  public static final String SCHEMA = "case.schema.json";

  private final Path folder;
  private final SchemaYaml yaml;

  /** The cases in {@code folder}, with their schema beside them. */
  public CaseFolder(Path folder) throws IOException {
    this(folder, folder.resolve(SCHEMA));
  }

  /**
   * The cases in {@code folder}.
   *
   * @throws MalformedFileException if the schema is none
   * @throws IOException if the schema cannot be read
   */
  public CaseFolder(Path folder, Path schema) throws IOException {
    this.folder = folder;
    this.yaml = new SchemaYaml(schema, "the case");
  }

  /**
   * All cases, in the order of their file names.
   *
   * @throws MalformedFileException naming file, line and field of everything wrong in the first
   *     file at fault
   */
  public List<Case> readAll() throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.sorted().toList();
    }
    List<Case> cases = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".yml")) {
        throw new MalformedFileException(file, "the names of case files end in .yaml; rename it");
      }
      if (name.endsWith(".yaml")) {
        cases.add(read(file));
      }
    }
    return cases;
  }

  /**
   * One case.
   *
   * @throws MalformedFileException naming line and field of everything wrong
   */
  public Case read(Path file) throws IOException {
    SchemaYaml.Document<Case> document = yaml.read(file, Case.class);
    checkNames(document.value(), file, document.lines());
    return document.value();
  }

  private static void checkNames(Case read, Path file, YamlLines lines) {
    String expected = read.name() + ".yaml";
    if (!file.getFileName().toString().equals(expected)) {
      throw new MalformedFileException(
          file, "line %d: name: the file must be called %s".formatted(lines.at("/name"), expected));
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < read.probes().size(); i++) {
      Case.Probe probe = read.probes().get(i);
      String at = "/probes/" + i;
      if (!names.add(probe.name())) {
        throw new MalformedFileException(
            file, "line %d: probe '%s' stands twice".formatted(lines.at(at), probe.name()));
      }
      for (String size : probe.shape()) {
        boolean known =
            size.equals("*") || size.matches("[0-9]+") || read.parameters().path(size).isInt();
        if (!known) {
          throw new MalformedFileException(
              file,
              "line %d: probes.%d.shape: no integer parameter is called '%s'"
                  .formatted(lines.at(at + "/shape"), i, size));
        }
      }
    }
    checkPlots(read, names, file, lines);
  }

  private static void checkPlots(Case read, Set<String> probes, Path file, YamlLines lines) {
    for (int i = 0; i < read.plots().size(); i++) {
      for (String probe : read.plots().get(i).probes()) {
        if (!probes.contains(probe)) {
          throw new MalformedFileException(
              file,
              "line %d: plots.%d: no probe is called '%s'"
                  .formatted(lines.at("/plots/" + i), i, probe));
        }
      }
    }
  }
}

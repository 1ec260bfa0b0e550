package torchparity.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The case files of one folder, each checked against {@code case.schema.json} beside it. */
public final class CaseFolder {
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Path folder;
  private final Schema schema;

  /**
   * The cases in {@code folder}.
   *
   * @throws MalformedFileException if the schema is none
   * @throws IOException if the schema cannot be read
   */
  public CaseFolder(Path folder) throws IOException {
    this.folder = folder;
    Path file = folder.resolve("case.schema.json");
    try {
      this.schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(text(file), InputFormat.JSON);
    } catch (SchemaException e) {
      throw new MalformedFileException(file, "is no JSON Schema: " + e.getMessage());
    }
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
    String text = text(file);
    YamlLines lines = lines(file, text);
    for (String pointer : lines.notFinite()) {
      throw new MalformedFileException(
          file,
          "line %d: %s: a number must be finite".formatted(lines.at(pointer), dotted(pointer)));
    }
    try {
      JsonNode tree = YAML.readTree(text);
      List<String> problems = YamlNumbers.problems(tree, lines);
      if (problems.isEmpty()) {
        schema.validate(tree).forEach(error -> problems.add(problem(error, lines)));
      }
      if (!problems.isEmpty()) {
        throw new MalformedFileException(
            file, problems.stream().distinct().collect(Collectors.joining("\n")));
      }
      Case read = YAML.treeToValue(tree, Case.class);
      checkNames(read, file, lines);
      return read;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new MalformedFileException(
          file,
          "line %d: %s"
              .formatted(
                  line, String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("")));
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, "is not UTF-8; save it in that encoding");
    }
  }

  /** Where everything stands; what is no YAML, or more than one document, ends here. */
  private static YamlLines lines(Path file, String text) {
    try {
      return YamlLines.of(text);
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String problem =
          Stream.of(e.getContext(), e.getProblem())
              .filter(Objects::nonNull)
              .map(String::strip)
              .collect(Collectors.joining(": "));
      throw new MalformedFileException(
          file, "line %d: %s".formatted(mark == null ? 1 : mark.getLine() + 1, problem));
    } catch (YAMLException e) {
      throw new MalformedFileException(file, String.valueOf(e.getMessage()).strip());
    }
  }

  private static String problem(Error error, YamlLines lines) {
    String pointer = error.getInstanceLocation().toString();
    String unknown = error.getProperty();
    if (unknown != null && error.getKeyword().equals("additionalProperties")) {
      String field = pointer + "/" + unknown;
      return "line %d: %s: no such field".formatted(lines.at(field), dotted(field));
    }
    return "line %d: %s: %s".formatted(lines.at(pointer), dotted(pointer), error.getMessage());
  }

  private static String dotted(String pointer) {
    return pointer.isEmpty() ? "the case" : pointer.substring(1).replace('/', '.');
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

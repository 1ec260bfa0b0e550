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
import java.util.List;
import java.util.stream.Collectors;

/** Reads YAML files that people write, each checked against a JSON Schema. */
public final class SchemaYaml {
  /** More than these tell nobody more; each is looked up in the text. */
  static final int MOST_PROBLEMS = 100;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private final Schema schema;
  private final String subject;

  /**
   * A reader of one kind of file.
   *
   * @param file the schema
   * @param subject what such a file is called in a message about the whole of it
   * @throws MalformedFileException if the schema is none
   * @throws IOException if the schema cannot be read
   */
  public SchemaYaml(Path file, String subject) throws IOException {
    this.subject = subject;
    try {
      this.schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(text(file), InputFormat.JSON);
    } catch (SchemaException e) {
      throw new MalformedFileException(file, "is no JSON Schema: " + e.getMessage());
    }
  }

  /**
   * What a file says.
   *
   * @param lines where it says it
   */
  public record Document<T>(T value, YamlLines lines) {}

  /**
   * Reads {@code file}.
   *
   * @throws MalformedFileException naming line and field of everything wrong
   */
  public <T> Document<T> read(Path file, Class<T> type) throws IOException {
    String text = YamlText.read(file);
    YamlLines lines = YamlLines.of(text);
    lines
        .notFinite()
        .ifPresent(
            pointer -> {
              throw new MalformedFileException(
                  file,
                  "line %d: %s: a number must be finite"
                      .formatted(lines.at(pointer), dotted(pointer)));
            });
    try {
      JsonNode tree = YAML.readTree(text);
      List<String> problems = YamlNumbers.problems(tree, lines);
      if (problems.isEmpty()) {
        schema.validate(tree).stream()
            .limit(MOST_PROBLEMS)
            .forEach(error -> problems.add(problem(error, lines)));
      }
      if (!problems.isEmpty()) {
        throw new MalformedFileException(
            file, problems.stream().distinct().collect(Collectors.joining("\n")));
      }
      return new Document<>(YAML.treeToValue(tree, type), lines);
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

  private String problem(Error error, YamlLines lines) {
    String pointer = error.getInstanceLocation().toString();
    String unknown = error.getProperty();
    if (unknown != null && error.getKeyword().equals("additionalProperties")) {
      String field = pointer + "/" + unknown;
      return "line %d: %s: no such field".formatted(lines.at(field), dotted(field));
    }
    return "line %d: %s: %s".formatted(lines.at(pointer), dotted(pointer), error.getMessage());
  }

  private String dotted(String pointer) {
    return pointer.isEmpty() ? subject : pointer.substring(1).replace('/', '.');
  }
}

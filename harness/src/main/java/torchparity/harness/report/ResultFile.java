package torchparity.harness.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import torchparity.cases.ContractJson;
import torchparity.cases.MalformedFileException;
import torchparity.cases.WholeText;

/** {@code result.json} in a run's folder. It may come from a stranger. */
public final class ResultFile {
  /** Its name. */
  public static final String NAME = "result.json";

  /** Words between slashes, of which none begins with a dot. */
  private static final Pattern INSIDE =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*+(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*+)*+");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(WholeText.module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private ResultFile() {}

  /** Its text; NaN and infinity are written as strings, which JSON numbers cannot be. */
  public static String text(ResultDocument document) {
    try {
      return JSON.writeValueAsString(document) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }

  /**
   * Reads the file in {@code folder}.
   *
   * @throws MalformedFileException if it is of another version, breaks its format, or speaks of
   *     ports and cases that are not in it
   */
  public static ResultDocument read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    String text = ContractJson.text(file);
    try {
      String format = JSON.readTree(text).path("format").asText();
      if (!format.equals(ResultDocument.FORMAT)) {
        throw new MalformedFileException(
            file,
            "format is '%s', this version reads '%s'".formatted(format, ResultDocument.FORMAT));
      }
      ResultDocument read = JSON.readValue(text, ResultDocument.class);
      RequiredFields.missing(read)
          .ifPresent(
              field -> {
                throw new MalformedFileException(file, "'%s' is missing".formatted(field));
              });
      checkPaths(read, file);
      References.broken(read)
          .ifPresent(
              problem -> {
                throw new MalformedFileException(file, problem);
              });
      return read;
    } catch (JsonProcessingException e) {
      throw new MalformedFileException(file, String.valueOf(e.getOriginalMessage()));
    }
  }

  /** The same document with every text, names included, as {@code change} makes it. */
  static ResultDocument withTexts(ResultDocument document, UnaryOperator<String> change) {
    try {
      return JSON.treeToValue(changed(JSON.valueToTree(document), change), ResultDocument.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written can always be read", e);
    }
  }

  private static JsonNode changed(JsonNode node, UnaryOperator<String> change) {
    if (node.isTextual()) {
      return TextNode.valueOf(change.apply(node.textValue()));
    }
    if (node.isArray()) {
      ArrayNode items = JSON.createArrayNode();
      node.forEach(item -> items.add(changed(item, change)));
      return items;
    }
    if (node.isObject()) {
      ObjectNode fields = JSON.createObjectNode();
      node.properties()
          .forEach(f -> fields.set(change.apply(f.getKey()), changed(f.getValue(), change)));
      return fields;
    }
    return node;
  }

  /** Names and paths that reports resolve lie in the run's folder, whoever wrote the document. */
  private static void checkPaths(ResultDocument document, Path file) {
    Stream.of(
            document.ports().stream().map(ResultDocument.PortEntry::name),
            document.ports().stream().map(ResultDocument.PortEntry::log),
            document.comparisons().stream().map(ResultDocument.Comparison::instance),
            document.comparisons().stream().map(ResultDocument.Comparison::reference),
            document.comparisons().stream().map(ResultDocument.Comparison::candidate))
        .flatMap(names -> names)
        .filter(name -> !INSIDE.matcher(name).matches())
        .findFirst()
        .ifPresent(
            name -> {
              throw new MalformedFileException(
                  file, "'%s' leads out of the run's folder".formatted(name.strip()));
            });
  }
}

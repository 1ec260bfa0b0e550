package torchparity.cases;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/**
 * The text of a YAML file that people write: one document without tags, and without aliases, of
 * which a few lines can stand for gigabytes, or for themselves without end.
 */
public final class YamlText {
  private static final long MOST_BYTES = 1 << 20;

  private YamlText() {}

  /**
   * Reads {@code file}.
   *
   * @throws MalformedFileException naming the line of what is no YAML, nested more than 50 deep, or
   *     a tag or an alias; or if the file is a pipe or a device, not UTF-8, or longer than a
   *     megabyte
   */
  public static String read(Path file) throws IOException {
    RegularFile.checkTarget(file, MOST_BYTES);
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, "is not UTF-8; save it in that encoding");
    }
    try {
      refuseReferences(file, text);
      YamlLines.of(text);
      return text;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      String problem =
          Stream.of(e.getContext(), e.getProblem())
              .filter(Objects::nonNull)
              .map(String::strip)
              .collect(Collectors.joining(": "));
      throw new MalformedFileException(
          file, "line %d: %s".formatted(mark == null ? 1 : mark.getLine() + 1, problem));
    } catch (NumberFormatException e) { // of SnakeYAML: an escape ends where the file does
      throw new MalformedFileException(file, "is no YAML: " + e.getMessage());
    } catch (YAMLException e) {
      throw new MalformedFileException(file, String.valueOf(e.getMessage()).strip());
    }
  }

  /** Tags would turn texts into numbers or bytes, of which schemas know nothing. */
  private static void refuseReferences(Path file, String text) {
    for (var event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
      if (event instanceof AliasEvent alias) {
        throw new MalformedFileException(
            file,
            "line %d: *%s: aliases are not read; write out what it stands for"
                .formatted(alias.getStartMark().getLine() + 1, alias.getAnchor()));
      }
      String tag =
          event instanceof ScalarEvent scalar
              ? scalar.getTag()
              : event instanceof CollectionStartEvent start ? start.getTag() : null;
      if (tag != null) {
        throw new MalformedFileException(
            file,
            "line %d: %s: tags are not read; leave it out, or quote the text"
                .formatted(event.getStartMark().getLine() + 1, tag));
      }
    }
  }
}

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

/**
 * The text of a YAML file that people write: one document without aliases, which a few lines of can
 * stand for gigabytes, or for themselves without end.
 */
public final class YamlText {
  private static final long MOST_BYTES = 1 << 20;

  private YamlText() {}

  /**
   * Reads {@code file}.
   *
   * @throws MalformedFileException naming the line of what is no YAML, nested more than 50 deep, or
   *     an alias; or if the file is not UTF-8 or longer than a megabyte
   */
  public static String read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new MalformedFileException(file, "has more than %d bytes".formatted(MOST_BYTES));
    }
    String text;
    try {
      text = Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, "is not UTF-8; save it in that encoding");
    }
    try {
      refuseAliases(file, text);
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
    } catch (YAMLException e) {
      throw new MalformedFileException(file, String.valueOf(e.getMessage()).strip());
    }
  }

  private static void refuseAliases(Path file, String text) {
    for (var event : new Yaml(new LoaderOptions()).parse(new StringReader(text))) {
      if (event instanceof AliasEvent alias) {
        throw new MalformedFileException(
            file,
            "line %d: *%s: aliases are not read; write out what it stands for"
                .formatted(alias.getStartMark().getLine() + 1, alias.getAnchor()));
      }
    }
  }
}

package torchparity.cases;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes the contract's JSON files; a file that breaks its format is named. */
public final class ContractJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(SerializationFeature.INDENT_OUTPUT)
          // Plain paths: Jackson alone would write file:// URIs, which few languages open.
          .addModule(WholeText.module())
          .addModule(
              new SimpleModule("plain-paths")
                  .addSerializer(Path.class, new ToStringSerializer(Path.class)))
          .build();

  /** For records that check themselves which fields they need. */
  private static final JsonMapper CHECKING =
      JSON.rebuild()
          .disable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /** The longest file that is read; the longest op log of ours has a twentieth of it. */
  private static final long MOST_BYTES = 256L << 20;

  private ContractJson() {}

  /**
   * Reads {@code file} as a {@code type}.
   *
   * @throws MalformedFileException if the file is not JSON, or lacks or misnames a field
   * @throws IOException if it cannot be read
   */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    return read(JSON, file, type);
  }

  /** As {@link #read}, for a record with optional fields, which checks the others itself. */
  public static <T> T readChecking(Path file, Class<T> type) throws IOException {
    return read(CHECKING, file, type);
  }

  private static <T> T read(JsonMapper mapper, Path file, Class<T> type) throws IOException {
    try {
      return present(mapper.readValue(text(file), type), file, "");
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : "line %d, column %d: "
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new MalformedFileException(file, place + e.getOriginalMessage());
    }
  }

  /**
   * Reads one JSON value per line; a last line without its end is still being written, and left
   * out.
   *
   * @throws MalformedFileException naming the line, as {@link #read}
   */
  public static <T> List<T> readLines(Path file, Class<T> type) throws IOException {
    String text = text(file);
    return lines(file, text.substring(0, text.lastIndexOf('\n') + 1), 0, type);
  }

  /**
   * Reads one JSON value per line of {@code text}, which is a part of {@code file}.
   *
   * @param before how many lines of the file come before it
   * @throws MalformedFileException naming the line, as {@link #read}
   */
  public static <T> List<T> lines(Path file, String text, int before, Class<T> type) {
    List<T> values = new ArrayList<>();
    int number = before + 1;
    for (String line : text.lines().toList()) {
      try {
        values.add(present(CHECKING.readValue(line, type), file, "line " + number + ": "));
      } catch (JsonProcessingException e) {
        throw new MalformedFileException(file, "line " + number + ": " + e.getOriginalMessage());
      }
      number++;
    }
    return List.copyOf(values);
  }

  /** The text {@code null} is JSON, and no value of any record. */
  private static <T> T present(@Nullable T value, Path file, String place) {
    if (value == null) {
      throw new MalformedFileException(file, place + "is null, and nothing else");
    }
    return value;
  }

  /**
   * The text of a JSON file, which may come from a stranger.
   *
   * @throws MalformedFileException if it is no regular file, not UTF-8, or longer than 256 MiB
   */
  public static String text(Path file) throws IOException {
    RegularFile.check(file, MOST_BYTES);
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(file, "is not UTF-8");
    }
  }

  /** Appends {@code value} to {@code file} as one line. */
  public static void appendLine(Path file, Object value) throws IOException {
    String line =
        JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value);
    // Not writeString: half a surrogate pair in a message must not cost the whole line.
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Writes {@code value} in one move, so that a reader never sees half of it. */
  public static void write(Path file, Object value) throws IOException {
    WholeFile.write(file, JSON.writeValueAsBytes(value));
  }
}

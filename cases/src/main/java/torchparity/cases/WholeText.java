package torchparity.cases;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts so that they can be written again: JSON's escapes can name half of a surrogate pair,
 * as where a port cut a message in the middle of a character, and no UTF-8 file can hold that. It
 * becomes {@code U+FFFD}.
 */
public final class WholeText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  private WholeText() {
    super(String.class);
  }

  /** Texts and names of a mapper are read like this. */
  public static SimpleModule module() {
    return new SimpleModule("whole-text")
        .addDeserializer(String.class, new WholeText())
        .addKeyDeserializer(
            String.class,
            new KeyDeserializer() {
              @Override
              public Object deserializeKey(String key, DeserializationContext context) {
                return whole(key);
              }
            });
  }

  @Override
  public @Nullable String deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    String text = StringDeserializer.instance.deserialize(parser, context);
    return text == null ? null : whole(text);
  }

  private static String whole(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
        ? text.replaceAll("\\p{Cs}", "\ufffd")
        : text;
  }
}

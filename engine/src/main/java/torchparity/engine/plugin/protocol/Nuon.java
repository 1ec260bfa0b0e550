package torchparity.engine.plugin.protocol;

import java.util.ArrayList;
import java.util.List;

/** Values written in Nushell's notation: what examples in help pages result in. */
final class Nuon {
  private static final Span NOWHERE = new Span(0, 0);

  private final String text;
  private int at;

  private Nuon(String text) {
    this.text = text;
  }

  /**
   * The value that {@code text} writes: null, a bool, number or word, or a list of such.
   *
   * @throws IllegalArgumentException if it ends in the middle
   */
  static NuValue parse(String text) {
    Nuon nuon = new Nuon(text);
    NuValue value = nuon.value();
    if (nuon.at != text.length()) {
      throw new IllegalArgumentException("text after the value: " + text);
    }
    return value;
  }

  private NuValue value() {
    if (text.charAt(at) == '[') {
      return list();
    }
    int start = at;
    while (at < text.length() && ",]".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return word(text.substring(start, at));
  }

  private NuValue list() {
    List<NuValue> items = new ArrayList<>();
    at++;
    while (text.charAt(at) != ']') {
      items.add(value());
      if (text.startsWith(", ", at)) {
        at += 2;
      }
    }
    at++;
    return new NuValue.Items(items, NOWHERE);
  }

  private static NuValue word(String word) {
    return switch (word) {
      case "null" -> new NuValue.Nothing(NOWHERE);
      case "true" -> new NuValue.Bool(true, NOWHERE);
      case "false" -> new NuValue.Bool(false, NOWHERE);
      case "NaN" -> new NuValue.Real(Double.NaN, NOWHERE);
      case "inf" -> new NuValue.Real(Double.POSITIVE_INFINITY, NOWHERE);
      default -> number(word);
    };
  }

  private static NuValue number(String word) {
    if (word.matches("-?[0-9]+")) {
      return new NuValue.Int(Long.parseLong(word), NOWHERE);
    }
    return word.matches("-?[0-9.]+")
        ? new NuValue.Real(Double.parseDouble(word), NOWHERE)
        : new NuValue.Str(word, NOWHERE);
  }
}

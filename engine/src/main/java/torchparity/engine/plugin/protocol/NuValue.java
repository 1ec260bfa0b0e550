package torchparity.engine.plugin.protocol;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.msgpack.value.Value;

/** A Nushell value with the place it comes from. */
public sealed interface NuValue {
  /** Where the value stands in the user's program. */
  Span span();

  record Int(long value, Span span) implements NuValue {}

  record Real(double value, Span span) implements NuValue {}

  record Bool(boolean value, Span span) implements NuValue {}

  record Str(String value, Span span) implements NuValue {}

  record Nothing(Span span) implements NuValue {}

  record Items(List<NuValue> values, Span span) implements NuValue {
    public Items {
      values = List.copyOf(values);
    }
  }

  record Fields(Map<String, NuValue> values, Span span) implements NuValue {
    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
  }

  /**
   * Evenly spaced numbers.
   *
   * @param whole whether they are ints
   */
  record Range(double start, double step, double end, boolean inclusive, boolean whole, Span span)
      implements NuValue {
    /** How many numbers there are; infinitely many if the step is zero. */
    public double count() {
      double steps = (end - start) / step;
      double last = Math.floor(steps + 1e-9);
      return steps < 0 ? 0 : !inclusive && last == steps ? last : last + 1;
    }
  }

  /** A block of code; {@code raw} goes back to Nushell unchanged when it is to be run. */
  record Closure(Value raw, Span span) implements NuValue {}

  /** An error that travels as a value, for example out of a stream. */
  record Failure(Value raw, Span span) implements NuValue {}

  /** A kind that no command takes; {@code kind} is Nushell's name for it. */
  record Other(String kind, Span span) implements NuValue {}

  /** Nushell's name of the value's type, for messages. */
  default String typeName() {
    if (this instanceof Int) {
      return "int";
    } else if (this instanceof Real) {
      return "float";
    } else if (this instanceof Bool) {
      return "bool";
    } else if (this instanceof Str) {
      return "string";
    } else if (this instanceof Nothing) {
      return "nothing";
    } else if (this instanceof Items) {
      return "list";
    } else if (this instanceof Fields) {
      return "record";
    } else if (this instanceof Closure) {
      return "closure";
    } else if (this instanceof Range) {
      return "range";
    } else if (this instanceof Other other) {
      return other.kind.toLowerCase(Locale.ROOT);
    }
    return "error";
  }
}

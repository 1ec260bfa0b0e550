package torchparity.engine.plugin.protocol;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Nushell's ranges. Since 0.108 or so they come as the text {@code start..next..end}; before, as
 * maps with start, step and end.
 */
final class Ranges {
  private static final String NUMBER = "([-+]?[0-9]+(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)";
  private static final Pattern TEXT =
      Pattern.compile(NUMBER + "\\.\\.(?:" + NUMBER + "\\.\\.)?(<|=)?" + NUMBER);

  private Ranges() {}

  /** The range, or an {@link NuValue.Other} if it has no end. */
  static NuValue read(Value value, Span span) throws ProtocolException {
    return value.isStringValue()
        ? fromText(value.asStringValue().asString(), span)
        : fromMap(value, span);
  }

  private static NuValue fromText(String text, Span span) {
    Matcher m = TEXT.matcher(text.replace("_", ""));
    if (!m.matches()) {
      return new NuValue.Other("range without end", span);
    }
    Number start = number(m.group(1));
    Number end = number(m.group(4));
    double step =
        m.group(2) != null
            ? number(m.group(2)).doubleValue() - start.doubleValue()
            : end.doubleValue() < start.doubleValue() ? -1 : 1;
    boolean whole =
        start instanceof Long
            && end instanceof Long
            && (m.group(2) == null || number(m.group(2)) instanceof Long);
    return new NuValue.Range(
        start.doubleValue(), step, end.doubleValue(), !"<".equals(m.group(3)), whole, span);
  }

  private static Number number(String text) {
    if (text.matches("[-+]?[0-9]{1,18}")) {
      return Long.valueOf(text);
    }
    return Double.valueOf(text);
  }

  private static NuValue fromMap(Value value, Span span) throws ProtocolException {
    var variant = only(value);
    var fields = variant.getValue().asMapValue().map();
    Value end = fields.get(ValueFactory.newString("end"));
    if (end == null || !end.isMapValue()) {
      return new NuValue.Other("range without end", span);
    }
    var bound = only(end);
    return new NuValue.Range(
        real(fields.get(ValueFactory.newString("start"))),
        real(fields.get(ValueFactory.newString("step"))),
        real(bound.getValue()),
        bound.getKey().asStringValue().asString().equals("Included"),
        variant.getKey().asStringValue().asString().equals("IntRange"),
        span);
  }

  private static Map.Entry<Value, Value> only(Value variant) throws ProtocolException {
    var entries = variant.asMapValue().entrySet();
    if (entries.size() != 1) {
      throw new ProtocolException("expected one variant, got " + entries.size());
    }
    return entries.iterator().next();
  }

  private static double real(@Nullable Value value) {
    return value == null ? 0 : value.asNumberValue().toDouble();
  }
}

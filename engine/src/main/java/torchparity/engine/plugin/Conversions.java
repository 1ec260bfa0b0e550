package torchparity.engine.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.Parameter;

/** Turns Nushell's values into the arguments of operations, checking each where it stands. */
final class Conversions {
  /** PyTorch's names, the short ones included. */
  private static final Map<String, Dtype> DTYPES =
      Map.of(
          "float32", Dtype.FLOAT32,
          "float", Dtype.FLOAT32,
          "float64", Dtype.FLOAT64,
          "double", Dtype.FLOAT64,
          "int32", Dtype.INT32,
          "int", Dtype.INT32,
          "int64", Dtype.INT64,
          "long", Dtype.INT64,
          "uint8", Dtype.UINT8,
          "bool", Dtype.BOOL);

  private Conversions() {}

  /**
   * {@code value} as an argument of this type.
   *
   * @throws NuException if it is of another type, or names nothing
   */
  static Object argument(Parameter p, NuValue value, Registry registry) throws NuException {
    return switch (p.type()) {
      case TENSOR -> registry.find(value);
      case TENSORS, SIZES -> throw new IllegalArgumentException(p.name() + " is no single value");
      case NUMBER -> number(value);
      case INTEGER -> integer(value);
      case INTEGERS -> integers(value);
      case DIMS -> value instanceof NuValue.Items ? integers(value) : integer(value);
      case WORD -> word(p, value);
      case BOOLEAN -> bool(value);
      case DTYPE -> dtype(value);
      case SCALAR -> value instanceof NuValue.Str ? registry.find(value) : number(value);
      case DEVICE -> device(value);
    };
  }

  static Number number(NuValue value) throws NuException {
    if (value instanceof NuValue.Int i) {
      return i.value();
    }
    if (value instanceof NuValue.Real f) {
      return f.value();
    }
    throw unexpected("a number", value);
  }

  static long integer(NuValue value) throws NuException {
    if (value instanceof NuValue.Int i) {
      return i.value();
    }
    throw unexpected("an int", value);
  }

  static Dtype dtype(NuValue value) throws NuException {
    String name = text(value);
    Dtype dtype = DTYPES.get(name);
    if (dtype == null) {
      throw new NuException(
          "Invalid dtype",
          "no dtype is called '" + name + "'",
          value.span(),
          "Choose float32 (float), float64 (double), int32 (int), int64 (long), uint8 or bool.");
    }
    return dtype;
  }

  private static String word(Parameter p, NuValue value) throws NuException {
    String word = text(value);
    if (!p.words().contains(word)) {
      throw new NuException(
          "Invalid " + p.name(),
          "'" + word + "' is none of " + String.join(", ", p.words()),
          value.span());
    }
    return word;
  }

  static String text(NuValue value) throws NuException {
    if (value instanceof NuValue.Str s) {
      return s.value();
    }
    throw unexpected("a string", value);
  }

  static NuException unexpected(String expected, NuValue value) {
    return unexpected(expected, value.typeName(), value.span());
  }

  private static NuException unexpected(String expected, String actual, Span span) {
    return new NuException("Invalid input", "expected " + expected + ", got " + actual, span);
  }

  static boolean bool(NuValue value) throws NuException {
    if (value instanceof NuValue.Bool b) {
      return b.value();
    }
    throw unexpected("true or false", value);
  }

  static List<Long> integers(NuValue value) throws NuException {
    if (!(value instanceof NuValue.Items items)) {
      throw unexpected("a list of ints", value);
    }
    List<Long> integers = new ArrayList<>();
    for (NuValue item : items.values()) {
      integers.add(integer(item));
    }
    return integers;
  }

  static String device(NuValue value) throws NuException {
    String name = text(value);
    if (!name.equals("cpu")) {
      throw new NuException(
          "Invalid device", "no device is called '" + name + "'", value.span(), "Only cpu exists.");
    }
    return name;
  }
}

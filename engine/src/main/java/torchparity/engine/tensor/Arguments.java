package torchparity.engine.tensor;

import java.util.List;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/**
 * The arguments of one call, in the order of the operation's parameters. What the caller left out
 * is absent; asking for it with a method that has no default is a programming error.
 */
public final class Arguments {
  private final @Nullable Object[] values;

  private Arguments(@Nullable Object[] values) {
    this.values = values;
  }

  /**
   * Arguments in the order of the parameters; null, or a shorter list, for what is left out. An
   * array is taken over, so that its owner must let go of it.
   */
  public static Arguments of(@Nullable Object... values) {
    return new Arguments(values); // a copy would be a fiftieth of a training loop
  }

  /** Number of arguments, absent ones in the middle included. */
  public int count() {
    return values.length;
  }

  /** The argument as it was given, or null if it is absent. */
  public @Nullable Object get(int i) {
    return i < values.length ? values[i] : null;
  }

  public Tensor tensor(int i) {
    return (Tensor) present(i);
  }

  @SuppressWarnings("unchecked")
  public List<Tensor> tensors(int i) {
    return (List<Tensor>) present(i);
  }

  public Number number(int i) {
    return (Number) present(i);
  }

  public double real(int i, double absent) {
    return get(i) == null ? absent : number(i).doubleValue();
  }

  public long integer(int i) {
    return number(i).longValue();
  }

  public long integer(int i, long absent) {
    return get(i) == null ? absent : integer(i);
  }

  public long[] integers(int i) {
    return ((List<?>) present(i)).stream().mapToLong(v -> ((Number) v).longValue()).toArray();
  }

  /** Dimensions: one, several, or none where the argument is absent. */
  public long[] dims(int i) {
    Object value = get(i);
    return value == null
        ? new long[0]
        : value instanceof List ? integers(i) : new long[] {integer(i)};
  }

  public boolean flag(int i, boolean absent) {
    return get(i) instanceof Boolean value ? value : absent;
  }

  /** An argument that is one of several words. */
  public String word(int i, String absent) {
    return get(i) instanceof String value ? value : absent;
  }

  public @Nullable Dtype dtype(int i) {
    return (Dtype) get(i);
  }

  private Object present(int i) {
    Object value = get(i);
    if (value == null) {
      throw new IllegalArgumentException("argument " + i + " is missing");
    }
    return value;
  }
}

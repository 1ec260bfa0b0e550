package torchparity.engine.tensor;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;

/** Conversions from our argument types to libtorch's. */
final class Native {
  private static final Map<Dtype, TensorOptions> OPTIONS = new EnumMap<>(Dtype.class);

  static {
    for (Dtype dtype : Dtype.values()) {
      TensorOptions options = new TensorOptions(ScalarTypes.of(dtype));
      options.retainReference(); // it outlives the scope that happens to be open
      OPTIONS.put(dtype, options);
    }
  }

  private static final Scalars SCALARS = new Scalars();

  /** The first numbers that were used, by their value; they stay for good, and so are few. */
  private static final class Scalars {
    private static final int KEPT = 64;

    private final Map<Number, Scalar> kept = new HashMap<>();

    synchronized Scalar of(double value) {
      Scalar known = kept.get(value);
      return known == null ? keep(value, new Scalar(value)) : known;
    }

    synchronized Scalar of(long value) {
      Scalar known = kept.get(value);
      return known == null ? keep(value, new Scalar(value)) : known;
    }

    private Scalar keep(Number value, Scalar scalar) {
      if (kept.size() < KEPT) {
        scalar.retainReference(); // it outlives the scope that happens to be open
        kept.put(value, scalar);
      }
      return scalar;
    }
  }

  private Native() {}

  static TensorOptions options(Dtype dtype) {
    return Objects.requireNonNull(OPTIONS.get(dtype));
  }

  /**
   * A Python number: an int stays an integer, a float stays a double. It may be kept, as a loop's
   * numbers, such as a learning rate, are the same in each step.
   */
  static Scalar scalar(Number value) {
    return value instanceof Double || value instanceof Float
        ? SCALARS.of(value.doubleValue())
        : SCALARS.of(value.longValue());
  }

  static ScalarTypeOptional optional(@Nullable Dtype dtype) {
    return dtype == null ? new ScalarTypeOptional() : new ScalarTypeOptional(ScalarTypes.of(dtype));
  }

  /** A scalar argument, or none. */
  static ScalarOptional optionalScalar(Arguments a, int i) {
    return a.get(i) == null ? new ScalarOptional() : new ScalarOptional(scalar(a.number(i)));
  }

  static DoubleOptional optionalDouble(Arguments a, int i) {
    return a.get(i) == null ? new DoubleOptional() : new DoubleOptional(a.real(i, 0));
  }

  static TensorOptional optionalTensor(Arguments a, int i) {
    return a.get(i) == null ? new TensorOptional() : new TensorOptional(a.tensor(i).handle());
  }

  static LongOptional optional(Arguments a, int i) {
    return a.get(i) == null ? new LongOptional() : new LongOptional(a.integer(i));
  }

  static TensorVector vector(List<Tensor> tensors) {
    TensorVector vector = new TensorVector();
    tensors.forEach(t -> vector.push_back(t.handle()));
    return vector;
  }
}

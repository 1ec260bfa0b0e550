package torchparity.engine.tensor;

import java.util.List;

/**
 * One operation of the facade: its PyTorch name and what it does.
 *
 * @param name the function's name in {@code torch}
 * @param kernel computes the result; may leave temporaries, which the open scope frees
 */
public record Op(String name, Kernel kernel) {
  /** Computes an operation's result from its arguments. */
  public interface Kernel {
    Tensor run(Arguments arguments);
  }

  /** The arguments of one call, in the operation's order. */
  public record Arguments(List<Object> values) {
    public Arguments {
      values = List.copyOf(values);
    }

    public Tensor tensor(int i) {
      return (Tensor) values.get(i);
    }

    org.bytedeco.pytorch.Tensor handle(int i) {
      return tensor(i).handle();
    }

    @SuppressWarnings("unchecked")
    public List<Tensor> tensors(int i) {
      return (List<Tensor>) values.get(i);
    }

    public double number(int i) {
      return ((Number) values.get(i)).doubleValue();
    }

    public long integer(int i) {
      return ((Number) values.get(i)).longValue();
    }

    public long[] integers(int i) {
      return ((List<?>) values.get(i)).stream().mapToLong(v -> ((Number) v).longValue()).toArray();
    }

    public torchparity.cases.Dtype dtype(int i) {
      return (torchparity.cases.Dtype) values.get(i);
    }
  }
}

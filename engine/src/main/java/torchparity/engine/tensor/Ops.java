package torchparity.engine.tensor;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** The catalogue of operations: one declaration each, named as in PyTorch 2.13. */
final class Ops {
  /** Standard normal draws: (sizes, dtype). */
  static final Op RANDN =
      new Op("randn", a -> new Tensor(torch.randn(a.integers(0), options(a.dtype(1)))));

  /** One value everywhere: (sizes, value, dtype). */
  static final Op FULL =
      new Op(
          "full",
          a -> {
            Dtype dtype = a.dtype(2);
            Scalar value =
                dtype.isFloatingPoint() ? new Scalar(a.number(1)) : new Scalar(a.integer(1));
            return new Tensor(torch.full(a.integers(0), value, options(dtype)));
          });

  /** Elements copied from Java memory: (host tensor). */
  static final Op TENSOR = new Op("tensor", a -> fromHost((HostTensor) a.values().get(0)));

  static final Op ADD = new Op("add", a -> new Tensor(a.handle(0).add(a.handle(1))));
  static final Op SUB = new Op("sub", a -> new Tensor(a.handle(0).sub(a.handle(1))));
  static final Op MUL = new Op("mul", a -> new Tensor(a.handle(0).mul(a.handle(1))));

  /** Matrix product over BLAS: (N, K) x (K, M) -> (N, M). */
  static final Op MM = new Op("mm", a -> new Tensor(a.handle(0).mm(a.handle(1))));

  /** Joined along a dimension: (tensors, dim). */
  static final Op CAT =
      new Op(
          "cat",
          a -> {
            TensorVector parts = new TensorVector();
            a.tensors(0).forEach(t -> parts.push_back(t.handle()));
            return new Tensor(torch.cat(parts, a.integer(1)));
          });

  private Ops() {}

  private static TensorOptions options(Dtype dtype) {
    return new TensorOptions(ScalarTypes.of(dtype));
  }

  private static Tensor fromHost(HostTensor host) {
    long[] shape = host.shape().stream().mapToLong(Long::longValue).toArray();
    org.bytedeco.pytorch.Tensor empty = torch.empty(shape, options(host.dtype()), null);
    byte[] bytes = new byte[host.bytes().remaining()];
    host.bytes().get(bytes);
    new org.bytedeco.javacpp.BytePointer(empty.data_ptr()).put(bytes);
    return new Tensor(empty);
  }
}

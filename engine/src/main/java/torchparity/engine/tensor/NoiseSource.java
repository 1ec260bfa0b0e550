package torchparity.engine.tensor;

import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/** Seeded noise in unit roundoffs; its generator leaves the global stream alone. */
final class NoiseSource {
  private static final double FLOAT32_ROUNDOFF = 0x1p-24;
  private static final double FLOAT64_ROUNDOFF = 0x1p-53;
  private static final long LANES = 2;

  private final Generator generator;
  private final double amplitude;

  NoiseSource(long seed, double amplitude) {
    this.generator = torch.make_generator_cpu(seed);
    this.amplitude = amplitude;
  }

  /** The amplitude as a relative change of numbers of this dtype. */
  double unit(Dtype dtype) {
    return amplitude * (dtype == Dtype.FLOAT64 ? FLOAT64_ROUNDOFF : FLOAT32_ROUNDOFF);
  }

  /** {@code x * (1 + size * noise)}, for its gradient, too. */
  static Tensor scaled(Tensor x, Tensor noise, double size) {
    return x.addcmul(x, noise, new Scalar(size));
  }

  /** Zero, with the gradient of {@code x}. */
  static Tensor gradientAlone(Tensor x) {
    return x.sub(x.detach());
  }

  /**
   * Random walks along {@code rows}, one in each of the columns: what rounding every partial sum
   * over the rows comes to. Kernels add in one lane (MKL at the shapes of small networks) or in
   * several; with u in place of the u / sqrt(3) of a single rounding, two lanes come to what one
   * lane does to terms of one sign.
   */
  Tensor walk(long rows, long columns, Dtype dtype) {
    long steps = (rows + LANES - 1) / LANES;
    return normal(dtype, steps, LANES * columns)
        .cumsum(0)
        .reshape(steps * LANES, columns)
        .narrow(0, 0, rows);
  }

  Tensor normal(Dtype dtype, long... shape) {
    return torch.randn(shape, new GeneratorOptional(generator), Native.options(dtype));
  }
}

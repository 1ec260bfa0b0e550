package torchparity.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

class NoisyProductsTest {
  private static final int ROWS = 300;

  private final Torch plain = Torch.start(1, Dtype.FLOAT32);

  @Test
  void isAboutAsLargeAsWhatTwoOrdersOfSummationDifferBy() {
    try (Scope scope = new Scope()) {
      Products blas = products(plain);
      Products exact = products(plain.intercepted(new ExactProducts()));
      Products noisy = products(plain.intercepted(new NoisyProducts(7, 1)));

      assertThat(apart(blas.value, noisy.value) / apart(blas.value, exact.value))
          .isBetween(0.5, 8.0);
      assertThat(apart(blas.ofSmaller, noisy.ofSmaller) / apart(blas.ofSmaller, exact.ofSmaller))
          .isBetween(0.5, 8.0);
      assertThat(apart(blas.ofLarger, noisy.ofLarger) / apart(blas.ofLarger, exact.ofLarger))
          .isBetween(0.5, 8.0);
    }
  }

  @Test
  void movesASumOfOneTermNotAtAll() {
    try (Scope scope = new Scope()) {
      Tensor a = plain.randn(ROWS, 1);
      Tensor b = plain.randn(1, 5);

      HostTensor noisy = plain.intercepted(new NoisyProducts(7, 64)).mm(a, b).toHost();

      assertThat(noisy.bitEquals(plain.mm(a, b).toHost())).isTrue();
    }
  }

  @Test
  void growsWithTheAmplitude() {
    try (Scope scope = new Scope()) {
      Products exact = products(plain);
      Products once = products(plain.intercepted(new NoisyProducts(7, 1000)));
      Products often = products(plain.intercepted(new NoisyProducts(7, 16_000)));

      assertThat(apart(exact.value, often.value) / apart(exact.value, once.value))
          .isBetween(15.0, 17.0);
      assertThat(apart(exact.ofSmaller, often.ofSmaller) / apart(exact.ofSmaller, once.ofSmaller))
          .isBetween(15.0, 17.0);
    }
  }

  @Test
  void drawsFromAStreamOfItsOwn() {
    try (Scope scope = new Scope()) {
      Tensor square = plain.randn(3, 3);
      plain.manualSeed(3);
      HostTensor expected = plain.randn(4).toHost();

      plain.manualSeed(3);
      plain.intercepted(new NoisyProducts(7, 1)).mm(square, square);

      assertThat(plain.randn(4).toHost().bitEquals(expected)).isTrue();
    }
  }

  private record Products(HostTensor value, HostTensor ofLarger, HostTensor ofSmaller) {}

  /** A hidden layer's product and its gradients, on the same draws each time. */
  private static Products products(Torch torch) {
    torch.manualSeed(5);
    Tensor a = torch.randnRequiringGrad(ROWS, 20);
    Tensor b = torch.randnRequiringGrad(20, 6);
    Tensor product = torch.mm(a, b);
    torch.backward(torch.mean(torch.mul(product, torch.randn(ROWS, 6))));
    return new Products(
        product.toHost(),
        Objects.requireNonNull(torch.grad(a)).toHost(),
        Objects.requireNonNull(torch.grad(b)).toHost());
  }

  /** The root of the mean squared difference. */
  private static double apart(HostTensor a, HostTensor b) {
    double sum = 0;
    for (int i = 0; i < a.numel(); i++) {
      sum += Math.pow(a.getDouble(i) - b.getDouble(i), 2);
    }
    return Math.sqrt(sum / a.numel());
  }
}

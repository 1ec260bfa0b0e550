package torchparity.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

class NoisyFunctionsTest {
  private static final double UNIT = 0x1p-24;

  private final Torch plain = Torch.start(1, Dtype.FLOAT32);
  private final Torch noisy = plain.intercepted(new NoisyFunctions(7, 1000));

  @Test
  void movesAFunctionByTheAmplitude() {
    try (Scope scope = new Scope()) {
      Tensor x = plain.randn(200, 3);

      double relative =
          relative(plain.logSoftmax(x, 1).toHost(), noisy.logSoftmax(x, 1).toHost()) / UNIT;

      assertThat(relative).isBetween(900.0, 1100.0);
    }
  }

  @Test
  void movesAMeanAsManyRoundedSumsDo() {
    try (Scope scope = new Scope()) {
      double ofMany = relativeOfMean(900);
      double ofFew = relativeOfMean(9);

      assertThat(ofMany / ofFew).isBetween(9.9, 10.1);
    }
  }

  /** The same draw of noise each time; it counts sqrt(N) / 3 times for N terms. */
  private double relativeOfMean(int terms) {
    Tensor x = plain.randn(terms);
    Torch torch = plain.intercepted(new NoisyFunctions(7, 1000));
    return relative(plain.mean(x).toHost(), torch.mean(x).toHost());
  }

  @Test
  void namesOperationsThatThereAre() {
    assertThat(NoisyFunctions.named())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(OpCatalogue.find(name)).as(name).isPresent());
  }

  @Test
  void leavesSumsOfTwoNumbersAlone() {
    try (Scope scope = new Scope()) {
      Tensor x = plain.randn(20, 3);
      Tensor y = plain.randn(20, 3);

      assertThat(noisy.add(x, y).toHost().bitEquals(plain.add(x, y).toHost())).isTrue();
      assertThat(noisy.mul(x, y).toHost().bitEquals(plain.mul(x, y).toHost())).isTrue();
    }
  }

  @Test
  void movesTheGradientOfARowThatIsAddedToAllAndNotTheSum() {
    try (Scope scope = new Scope()) {
      Tensor x = plain.randn(300, 3);
      Tensor weights = plain.randn(300, 3);
      HostTensor expected = gradient(plain, x, weights);
      HostTensor actual = gradient(noisy, x, weights);

      assertThat(relative(expected, actual) / UNIT).isBetween(1000.0, 200_000.0);
    }
  }

  private HostTensor gradient(Torch torch, Tensor x, Tensor weights) {
    plain.manualSeed(3);
    Tensor row = plain.randnRequiringGrad(3);
    Tensor sum = torch.add(x, row);
    assertThat(sum.toHost().bitEquals(plain.add(x, row).toHost())).isTrue();
    plain.backward(plain.mean(plain.mul(sum, weights)));
    return Objects.requireNonNull(plain.grad(row)).toHost();
  }

  /** The root of the mean squared relative difference. */
  private static double relative(HostTensor a, HostTensor b) {
    double sum = 0;
    for (int i = 0; i < a.numel(); i++) {
      sum += Math.pow((a.getDouble(i) - b.getDouble(i)) / a.getDouble(i), 2);
    }
    return Math.sqrt(sum / a.numel());
  }
}

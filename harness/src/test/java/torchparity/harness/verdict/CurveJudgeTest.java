package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import torchparity.cases.HostTensor;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.TensorComparison;

class CurveJudgeTest {
  private static final int EPOCHS = 50;
  private static final int RUNS = 8;

  /** A falling loss. */
  private static double loss(int epoch) {
    return 1.0 / (1 + epoch);
  }

  /** Runs of the engine: one without noise, then noisy ones, alternately above and below. */
  private static List<double[]> engine(double noise) {
    List<double[]> runs = new ArrayList<>(List.of(curve(e -> loss(e))));
    for (int k = 1; k <= RUNS; k++) {
      double shift = 1 + noise * (k % 2 == 0 ? k : -k) / RUNS;
      runs.add(curve(e -> loss(e) * shift));
    }
    return runs;
  }

  private static double[] curve(IntToDoubleFunction values) {
    return IntStream.range(0, EPOCHS).mapToDouble(values).toArray();
  }

  private static HostTensor tensor(double[] values) {
    return HostTensor.ofDoubles(List.of((long) values.length), values);
  }

  private static CurveVerdict judge(double[] candidate, int horizon, double allowed) {
    HostTensor reference = tensor(curve(e -> loss(e)));
    ProbeFinding finding =
        TensorComparison.compare(
            "train.loss", reference, tensor(candidate), new Allowance.ByHand(allowed, 0, "a test"));
    return new CurveJudge(reference, tensor(candidate), engine(1e-6), horizon).judge(finding);
  }

  @Test
  void takesADifferenceWithinTheNoiseForRounding() {
    CurveVerdict verdict = judge(curve(e -> loss(e) * (1 + 3e-7)), EPOCHS, 1e-5);

    assertThat(verdict).isInstanceOf(CurveVerdict.Rounding.class);
    assertThat(verdict.matches()).isTrue();
    assertThat(verdict.bias().p()).isGreaterThan(0.01);
  }

  @Test
  void callsACurveThatIsAlwaysLowerBiased() {
    CurveVerdict verdict = judge(curve(e -> loss(e) * 0.7), EPOCHS, 1e-5);

    assertThat(verdict).isInstanceOf(CurveVerdict.Biased.class);
    assertThat(verdict.matches()).isFalse();
    assertThat(verdict.bias().meanRelative()).isCloseTo(-0.3, within(1e-12));
    assertThat(verdict.bias().sameSign()).isEqualTo(1);
    assertThat(verdict.bias().p()).isLessThan(1e-5);
    assertThat(((CurveVerdict.Biased) verdict).from()).isEqualTo(1);
  }

  @Test
  void callsACurveThatSwingsDepartedAndNotBiased() {
    CurveVerdict verdict =
        judge(curve(e -> e < 10 ? loss(e) : loss(e) * (e % 2 == 0 ? 1.2 : 0.8)), EPOCHS, 1e-5);

    assertThat(verdict).isInstanceOf(CurveVerdict.Departed.class);
    assertThat(((CurveVerdict.Departed) verdict).from()).isEqualTo(11);
  }

  @Test
  void comparesStatisticallyPastTheHorizon() {
    CurveVerdict within = judge(curve(e -> loss(e) * (e < 20 ? 1 : 1 + 5e-7)), 20, 1);
    CurveVerdict outside = judge(curve(e -> loss(e) * (e < 20 ? 1 : 1.5)), 20, 1);

    assertThat(within).isInstanceOf(CurveVerdict.WithinDistribution.class);
    assertThat(within.horizon()).isEqualTo(21);
    assertThat(within.matches()).isTrue();
    assertThat(outside).isInstanceOf(CurveVerdict.OutsideDistribution.class);
    assertThat(outside.matches()).isFalse();
  }

  @Test
  void findsNoBiasInTheVerySameCurve() {
    CurveVerdict verdict = judge(curve(e -> loss(e)), EPOCHS, 1e-5);

    assertThat(verdict.bias()).isEqualTo(new CurveVerdict.Bias(0, 0, 1));
  }
}

package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** Where the extremes lie: in any block of the pass, and the first of equal ones. */
class ExtremesTest {
  private static final int ROWS = 3000;
  private static final int WIDTH = 4;
  private static final int BAD = 2345 * WIDTH + 1;
  private static final List<Long> SHAPE = List.of((long) ROWS, (long) WIDTH);

  private static Allowance byRow(Dtype dtype) {
    double[] rows = new double[ROWS];
    Arrays.setAll(rows, row -> 1e-3 * (row + 1));
    return new Allowance.Computed(rows, WIDTH, dtype);
  }

  private static Statistics doubles(double[] expected, double[] actual, Allowance allowance) {
    return difference(
            HostTensor.ofDoubles(SHAPE, expected), HostTensor.ofDoubles(SHAPE, actual), allowance)
        .statistics();
  }

  private static Difference difference(HostTensor expected, HostTensor actual, Allowance allowed) {
    return TensorComparison.compare("p", expected, actual, allowed).measured().orElseThrow();
  }

  private static double[] ones() {
    double[] values = new double[ROWS * WIDTH];
    Arrays.fill(values, 1);
    return values;
  }

  @Test
  void areFoundInLaterBlocksOfDoublesWithTheirRowsAllowance() {
    double[] actual = ones();
    actual[BAD] = 11;

    Difference d =
        difference(
            HostTensor.ofDoubles(SHAPE, ones()),
            HostTensor.ofDoubles(SHAPE, actual),
            byRow(Dtype.FLOAT64));

    assertThat(d.statistics().maxAbsoluteAt()).isEqualTo(BAD);
    assertThat(d.statistics().maxRelativeAt()).isEqualTo(BAD);
    assertThat(d.statistics().usedAt()).isEqualTo(BAD);
    assertThat(d.worstIndex()).containsExactly(2345L, 1L);
    assertThat(d.allowed()).isEqualTo(2.346 + Math.ulp(1.0));
    assertThat(d.used()).isEqualTo(10 / (2.346 + Math.ulp(1.0)));
  }

  @Test
  void areFoundInLaterBlocksOfFloatsWithTheirRowsAllowance() {
    float[] values = new float[ROWS * WIDTH];
    Arrays.fill(values, 1);
    HostTensor expected = HostTensor.ofFloats(SHAPE, values);
    values[BAD] = 11;

    Difference d = difference(expected, HostTensor.ofFloats(SHAPE, values), byRow(Dtype.FLOAT32));

    assertThat(d.statistics().mismatched()).isEqualTo(1);
    assertThat(d.statistics().maxRelativeAt()).isEqualTo(BAD);
    assertThat(d.statistics().usedAt()).isEqualTo(BAD);
    assertThat(d.allowed()).isEqualTo(2.346 + Math.ulp(1f));
    assertThat(d.used()).isEqualTo(10 / (2.346 + Math.ulp(1f)));
  }

  @Test
  void areTheFirstOfEqualOnes() {
    double[] actual = ones();
    actual[0] = 2;
    actual[7] = 2;
    actual[BAD] = 2;

    Statistics s = doubles(ones(), actual, new Allowance.ByHand(0.1, 0, "a test"));

    assertThat(s.maxAbsoluteAt()).isZero();
    assertThat(s.maxRelativeAt()).isZero();
    assertThat(s.usedAt()).isZero();
    assertThat(s.mismatched()).isEqualTo(3);
  }

  @Test
  void countANaNOfBothSidesAsOneMismatchThatNothingAllows() {
    double[] values = ones();
    values[BAD] = Double.NaN;

    Statistics s = doubles(values, values, new Allowance.ByHand(0.1, 0, "a test"));

    assertThat(s.mismatched()).isEqualTo(1);
    assertThat(s.used()).isInfinite();
    assertThat(s.usedAt()).isEqualTo(BAD);
  }

  @Test
  void takeAnElementThatIsAsFarApartAsIsAllowedForAMatch() {
    double[] actual = ones();
    actual[BAD] = 1.5;
    Allowance half = new Allowance.ByHand(0.5, 0, "a test");

    assertThat(doubles(ones(), actual, half).mismatched()).isZero();
    assertThat(doubles(ones(), actual, half).used()).isEqualTo(1);
    actual[BAD] = Math.nextUp(1.5);
    assertThat(doubles(ones(), actual, half).mismatched()).isEqualTo(1);
  }
}

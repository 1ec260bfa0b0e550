package torchparity.harness.allowance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import torchparity.cases.HostTensor;

class ProbeNoiseTest {
  private static final double NEAR = 1e-12;
  private static final int WIDTH = 9;

  @Test
  void allowsNothingWhereNoNoiseArrives() {
    HostTensor base = curve(1, 1, 1);

    ProbeNoise noise = ProbeNoise.of(base, List.of(base, base), List.of(base), true, true);

    assertThat(noise.isUntouched()).isTrue();
  }

  @Test
  void isNotWidenedByOneRunThatPassesAKinkButReachesIt() {
    HostTensor base = curve(1, 1, 1);
    HostTensor usual = curve(1, 1 + NEAR, 1 + NEAR);
    HostTensor kinked = curve(1, 1 + NEAR, 1.01);

    ProbeNoise noise =
        ProbeNoise.of(base, List.of(usual, usual, usual), List.of(kinked), true, true);

    assertThat(noise.tight()[2]).isLessThan(4 * NEAR);
    assertThat(noise.reach()[2]).isGreaterThan(0.01);
    assertThat(noise.reach()[1]).isEqualTo(noise.tight()[1]);
  }

  @Test
  void isNotWidenedByOneRunThatPassesAKinkInAStepOfItsOwn() {
    HostTensor base = curve(1, 1, 1);
    HostTensor usual = curve(1 + NEAR, 1 + NEAR, 1 + NEAR);
    HostTensor kinked = curve(1 + NEAR, 1.01, 1 + NEAR);

    ProbeNoise noise = steps(base, List.of(usual, kinked, usual), usual);

    assertThat(noise.tight()[1]).isLessThan(20 * NEAR);
    assertThat(noise.nearestOutcome(base, kinked).getDouble(1)).isEqualTo(1.01);
  }

  @Test
  void isNotWidenedByHalfOfTheRunsThatPassAKinkInAStep() {
    HostTensor base = steps(1, 1);
    HostTensor usual = steps(1 + NEAR, 1 - NEAR);
    HostTensor kinked = steps(1 + NEAR, 1.01);

    ProbeNoise noise =
        ProbeNoise.of(
            base, List.of(kinked, usual, kinked, kinked, usual), List.of(usual), true, false);

    assertThat(noise.tight()[1]).isLessThan(20 * NEAR);
    assertThat(noise.reach()).isEqualTo(noise.tight());
  }

  @Test
  void takesAStepForWhatItIsOnEitherSideOfAKinkAndNothingBetween() {
    HostTensor base = steps(1, 1);
    HostTensor kinked = steps(1 + NEAR, 1.01);
    HostTensor half = steps(1, 1.005);

    ProbeNoise noise =
        ProbeNoise.of(base, List.of(kinked, base, base, base), List.of(base), true, false);

    assertThat(noise.nearestOutcome(base, kinked).getDouble(WIDTH)).isEqualTo(1.01);
    assertThat(noise.nearestOutcome(base, half).getDouble(WIDTH))
        .isCloseTo(1.005, within(0.0051))
        .isNotCloseTo(1.005, within(0.0049));
  }

  @Test
  void expectsTheReferenceAloneInStepsBesideOneWithAKink() {
    HostTensor base = steps(1, 1);
    HostTensor kinked = steps(1 + NEAR, 1.01);
    List<HostTensor> noisy =
        List.of(
            kinked,
            steps(1 - NEAR, 1 + NEAR),
            steps(1 + 2 * NEAR, 1 - NEAR),
            steps(1 - 2 * NEAR, 1 + 2 * NEAR));

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(base), true, false);

    assertThat(noise.nearestOutcome(base, kinked).getDouble(0)).isEqualTo(1);
    assertThat(noise.nearestOutcome(base, kinked).getDouble(WIDTH)).isEqualTo(1.01);
  }

  @Test
  void expectsTheReferenceAloneWhereNoKinkIs() {
    HostTensor base = steps(1, 1);
    HostTensor usual = steps(1 + NEAR, 1 + NEAR);
    HostTensor other = steps(1 - NEAR, 1 + 2 * NEAR);
    HostTensor third = steps(1 - 2 * NEAR, 1 - NEAR);

    ProbeNoise noise =
        ProbeNoise.of(base, List.of(usual, other, third), List.of(usual), true, false);

    assertThat(noise.nearestOutcome(base, usual).bitEquals(base)).isTrue();
  }

  @Test
  void isNotWidenedByAQuarterOfTheRunsThatPassAKinkInTraining() {
    HostTensor base = steps(1, 1);
    HostTensor usual = steps(1 + NEAR, 1 + NEAR);
    HostTensor kinked = steps(1 + NEAR, 1.01);
    List<HostTensor> noisy = List.of(kinked, usual, usual, usual, kinked, usual, usual, usual);

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(usual), true, true);

    assertThat(noise.tight()[1]).isLessThan(20 * NEAR);
    assertThat(noise.reach()[1]).isGreaterThan(0.01);
  }

  @Test
  void isNotWidenedByMostRunsThatPassAKinkInTraining() {
    HostTensor base = steps(1, 1);
    HostTensor usual = steps(1 + NEAR, 1 - NEAR);
    HostTensor kinked = steps(1 + NEAR, 1.01);
    List<HostTensor> noisy = List.of(kinked, kinked, kinked, usual, kinked, kinked, kinked, kinked);

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(kinked), true, true);

    assertThat(noise.tight()[1]).isLessThan(20 * NEAR);
    assertThat(noise.reach()[1]).isGreaterThan(0.01);
  }

  @Test
  void allowsWhatRunsThatLieApartFromOneAnotherComeTo() {
    HostTensor base = steps(1, 1);
    List<HostTensor> noisy =
        DoubleStream.of(1, -2, 3, -4, 5, -6, 7, -8)
            .mapToObj(x -> steps(1 + NEAR, 1 + x * 0.001))
            .toList();

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(steps(1, 1.1)), true, true);

    assertThat(noise.tight()[1]).isCloseTo(0.007, within(0.0001));
  }

  @Test
  void takesAStepOfFewNumbersForWhatItIsOnTheFarSideOfAKink() {
    HostTensor base = few(0);
    List<HostTensor> noisy =
        DoubleStream.of(1.5, -1.5, 3, 20, 21.5, 23, 18.5, 17).mapToObj(x -> few(x * NEAR)).toList();

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(few(80 * NEAR)), true, false);

    HostTensor passed = few(20 * NEAR);
    double nearest = noise.nearestOutcome(base, passed).getDouble(0);
    assertThat(passed.getDouble(0)).isCloseTo(nearest, within(noise.tight()[0]));
  }

  @Test
  void keepsItsDistanceWhereMostRowsHardlyMove() {
    double u = Math.ulp(1.0);
    double[] moving = {60, 80, 90, 100, 100, 120, 150, 160};
    HostTensor base = wide(0, 0);
    List<HostTensor> noisy = DoubleStream.of(moving).mapToObj(x -> wide(u, x * u)).toList();

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(wide(u, 100 * u)), true, true);

    assertThat(noise.tight()[29]).isGreaterThan(400 * u);
  }

  @Test
  void givesASmallNumberNoMoreThanItMoves() {
    double[] runs = {0.9, 1, 1, 1, 1, 1, 1, 1.1};
    HostTensor base = mostlyMoving(0, 0);
    List<HostTensor> noisy =
        DoubleStream.of(runs).mapToObj(x -> mostlyMoving(x * 1e-3, x * 1e-20)).toList();

    ProbeNoise noise =
        ProbeNoise.of(base, noisy, List.of(mostlyMoving(16e-3, 16e-20)), true, false);

    assertThat(noise.tight()[2]).isLessThan(1e-19);
  }

  @Test
  void boundsNothingWhereNoiseMakesANumberOfInfinity() {
    HostTensor base = steps(1, Double.POSITIVE_INFINITY);
    HostTensor number = steps(1, 1e300);

    ProbeNoise noise = steps(base, List.of(number, number, number), number);

    assertThat(noise.tight()[1]).isInfinite();
  }

  @Test
  void tellsNoSidesApartByTwoNumbers() {
    HostTensor base = HostTensor.ofDoubles(List.of(2L), 1, 1);
    HostTensor far = HostTensor.ofDoubles(List.of(2L), 1.01, 1.01);

    ProbeNoise noise = ProbeNoise.of(base, List.of(far, far, far, far), List.of(far), false, true);

    assertThat(noise.tight()[0]).isGreaterThan(0.01);
  }

  @Test
  void isNotWidenedWhereOtherRowsMoveByLessThanTheirLastPlace() {
    double tiny = Math.ulp(1.0) / 1024;
    HostTensor base = small(0, 1);
    List<HostTensor> noisy =
        List.of(
            small(0, 1),
            small(0, 1),
            small(0, 1),
            small(tiny, 1.01),
            small(tiny, 1.01),
            small(tiny, 1.01),
            small(100 * tiny, 1.01),
            small(100 * tiny, 1.01));

    ProbeNoise noise = ProbeNoise.of(base, noisy, List.of(base), true, false);

    assertThat(noise.tight()[2]).isLessThan(20 * Math.ulp(1.0));
  }

  @Test
  void liftsARowThatWasLuckyToWhatOthersAllowOverTheirMedian() {
    HostTensor base = curve(0, 0, 0);
    double[] large = {1, 1, 3};
    List<HostTensor> noisy =
        DoubleStream.of(large).mapToObj(x -> curve(x * NEAR, x * NEAR, NEAR)).toList();

    ProbeNoise noise = steps(base, noisy, curve(30 * NEAR, 30 * NEAR, 30 * NEAR));

    assertThat(noise.tight()).containsExactly(3 * NEAR, 3 * NEAR, 3 * NEAR);
  }

  @Test
  void widensARowThatMoreNoiseMovesHardlyMore() {
    HostTensor base = curve(0, 0);
    HostTensor noisy = curve(NEAR, NEAR);

    ProbeNoise noise = steps(base, List.of(noisy, noisy, noisy), curve(16 * NEAR, NEAR));

    assertThat(noise.tight()).containsExactly(NEAR, 3 * NEAR);
  }

  @Test
  void boundsNothingWhereNoiseMakesNaN() {
    HostTensor base = curve(1, 1, 1);
    HostTensor broken = curve(1, Double.NaN, 1);

    ProbeNoise noise =
        ProbeNoise.of(base, List.of(broken, broken, broken), List.of(broken), true, true);

    assertThat(noise.tight()[1]).isInfinite();
  }

  @Test
  void boundsNothingWhereThereIsNoNumberWithoutNoise() {
    HostTensor broken = steps(1, Double.NaN, 1);

    ProbeNoise noise = steps(broken, List.of(broken, broken, broken), broken);

    assertThat(noise.tight()[1]).isInfinite();
    assertThat(noise.tight()[2]).isZero();
  }

  private static ProbeNoise steps(HostTensor base, List<HostTensor> noisy, HostTensor finder) {
    return ProbeNoise.of(base, noisy, List.of(finder), true, false);
  }

  /** Rows of {@link #WIDTH} equal elements. */
  private static HostTensor steps(double... rows) {
    return HostTensor.ofDoubles(
        List.of((long) rows.length, (long) WIDTH),
        DoubleStream.of(rows).flatMap(x -> DoubleStream.generate(() -> x).limit(WIDTH)).toArray());
  }

  /** One row of three numbers, the first of which is off by {@code x}. */
  private static HostTensor few(double x) {
    return HostTensor.ofDoubles(List.of(1L, 3L), 1 + x, 1, 1);
  }

  /** A curve whose first twenty values are off by one number, and ten more by another. */
  private static HostTensor wide(double most, double others) {
    return curve(IntStream.range(0, 30).mapToDouble(i -> 1 + (i < 20 ? most : others)).toArray());
  }

  /** Two rows that begin with 1 and {@code x}, and one of {@code last} alone. */
  private static HostTensor small(double x, double last) {
    double[] values = new double[3 * WIDTH];
    Arrays.fill(values, 2 * WIDTH, 3 * WIDTH, last);
    for (int row = 0; row < 2; row++) {
      values[row * WIDTH] = 1;
      values[row * WIDTH + 1] = x;
    }
    return HostTensor.ofDoubles(List.of(3L, (long) WIDTH), values);
  }

  /** Two rows of numbers that are off by {@code x}, and one that begins with 1 and {@code y}. */
  private static HostTensor mostlyMoving(double x, double y) {
    double[] values = new double[3 * WIDTH];
    Arrays.fill(values, 0, 2 * WIDTH, 1 + x);
    values[2 * WIDTH] = 1;
    values[2 * WIDTH + 1] = y;
    return HostTensor.ofDoubles(List.of(3L, (long) WIDTH), values);
  }

  private static HostTensor curve(double... values) {
    return HostTensor.ofDoubles(List.of((long) values.length), DoubleStream.of(values).toArray());
  }
}

package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** What one pass gathers of numbers whose differences are known. */
class StatisticsTest {
  private static final Allowance EXACT = new Allowance.Exact();
  private static final Allowance TENTH = new Allowance.ByHand(0, 0.1, "a test");

  @Test
  void gathersDoublesAcrossBlocks() {
    double[] e = new double[9000];
    java.util.Arrays.fill(e, 2);
    double[] a = e.clone();
    a[10] = 2.0625;
    a[4095] = Math.nextUp(2.0);
    a[4096] = 1.75;
    a[8999] = 2.125;

    Statistics s = doubles(e, a, TENTH);

    assertThat(s.elements()).isEqualTo(9000);
    assertThat(s.mismatched()).isEqualTo(2);
    assertThat(s.maxAbsolute()).isEqualTo(0.25);
    assertThat(s.maxAbsoluteAt()).isEqualTo(4096);
    assertThat(s.maxRelative()).isEqualTo(0.125);
    assertThat(s.maxRelativeAt()).isEqualTo(4096);
    assertThat(s.used()).isEqualTo(2.5);
    assertThat(s.usedAt()).isEqualTo(4096);
    assertThat(s.above()).isEqualTo(3);
    assertThat(s.below()).isEqualTo(1);
    assertThat(s.meanDifference())
        .isCloseTo((0.0625 - 0.25 + 0.125 + Math.ulp(2.0)) / 9000, within(1e-18));
    assertThat(s.ulps().get(0)).isEqualTo(8996);
    assertThat(s.ulps().get(1)).isEqualTo(1);
    assertThat(s.maxUlp()).isEqualTo(1L << 50);
  }

  @Test
  void countsWhatIsNoFiniteNumber() {
    double inf = Double.POSITIVE_INFINITY;
    double nan = Double.NaN;

    Statistics s =
        doubles(new double[] {nan, 1, inf, -inf, inf}, new double[] {1, nan, inf, 2, nan}, TENTH);

    assertThat(s.notFinite()).isEqualTo(new Statistics.Census(1, 2, 3, 1));
    assertThat(s.mismatched()).isEqualTo(4);
    assertThat(s.maxAbsolute()).isNaN();
    assertThat(s.used()).isInfinite();
    assertThat(s.maxUlp()).isEqualTo(Ulp.UNDEFINED);
  }

  @Test
  void findsNothingBetweenTheSameBits() {
    Statistics s = doubles(new double[] {1, -2}, new double[] {1, -2}, EXACT);

    assertThat(s.mismatched()).isZero();
    assertThat(s.maxAbsoluteAt()).isEqualTo(-1);
    assertThat(s.maxRelativeAt()).isEqualTo(-1);
    assertThat(s.usedAt()).isEqualTo(-1);
    assertThat(s.ulps()).containsExactly(2L);
  }

  @Test
  void tellsZerosOfTwoSignsApartByBitsOnly() {
    Statistics s = doubles(new double[] {0}, new double[] {-0.0}, EXACT);

    assertThat(s.mismatched()).isEqualTo(1);
    assertThat(s.maxAbsolute()).isZero();
    assertThat(s.maxAbsoluteAt()).isZero();
    assertThat(s.maxRelative()).isZero();
    assertThat(s.maxUlp()).isEqualTo(1);
    assertThat(s.above() + s.below()).isZero();
  }

  @Test
  void allowsExactlyTheBound() {
    Allowance quarter = new Allowance.ByHand(0, 0.25, "a test");

    assertThat(doubles(new double[] {1}, new double[] {1.25}, quarter).mismatched()).isZero();
    assertThat(floats(1, 1.25f, quarter).mismatched()).isZero();
    assertThat(floats(1, Math.nextUp(1.25f), quarter).mismatched()).isEqualTo(1);
    assertThat(doubles(new double[] {1}, new double[] {Math.nextUp(1.25)}, quarter).mismatched())
        .isEqualTo(1);
  }

  @Test
  void readsIntegersOfEveryWidth() {
    byte[] e = {1, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1};
    byte[] a = {1, 0, 0, 0, 5, 0, 0, 0, -1, -1, -1, 127};

    Statistics s32 = OnePass.compare(Dtype.INT32, ByteBuffer.wrap(e), ByteBuffer.wrap(a), EXACT);
    Statistics s8 = OnePass.compare(Dtype.UINT8, ByteBuffer.wrap(e), ByteBuffer.wrap(a), EXACT);

    assertThat(s32.elements()).isEqualTo(3);
    assertThat(s32.mismatched()).isEqualTo(2);
    assertThat(s32.maxAbsolute()).as("2^31-1 for -1").isEqualTo(0x1p31);
    assertThat(s32.maxAbsoluteAt()).isEqualTo(2);
    assertThat(s32.ulps()).hasSize(33).startsWith(1L, 0L, 0L, 1L);
    assertThat(s8.elements()).isEqualTo(12);
    assertThat(s8.maxAbsolute()).isEqualTo(128);
    assertThat(s8.maxAbsoluteAt()).isEqualTo(11);
    assertThat(s8.below()).isEqualTo(1);
  }

  @Test
  void measuresLongsThatAreFurtherApartThanALongSays() {
    Statistics ends = longs(Long.MIN_VALUE, Long.MAX_VALUE);
    Statistics half = longs(Long.MAX_VALUE, -1);

    assertThat(ends.mismatched()).isEqualTo(1);
    assertThat(ends.maxUlp()).isEqualTo(Long.MAX_VALUE);
    assertThat(half.maxUlp()).isEqualTo(Long.MAX_VALUE);
    assertThat(longs(1L << 53, (1L << 53) + 1).maxUlp()).isEqualTo(1);
    assertThat(longs(-3, 4).maxUlp()).isEqualTo(7);
  }

  @Test
  void measuresDoublesInUnitsInTheLastPlace() {
    assertThat(Ulp.distance(1.0, Math.nextDown(1.0))).isEqualTo(1);
    assertThat(Ulp.distance(0.0, -0.0)).isEqualTo(1);
    assertThat(Ulp.distance(Double.MIN_VALUE, -Double.MIN_VALUE)).isEqualTo(3);
    assertThat(Ulp.distance(Double.MAX_VALUE, Double.POSITIVE_INFINITY)).isEqualTo(1);
    assertThat(Ulp.distance(Double.NaN, 1.0)).isEqualTo(Ulp.UNDEFINED);
    assertThat(Ulp.distance(1.0, Double.NaN)).isEqualTo(Ulp.UNDEFINED);
    assertThat(Ulp.distance(Double.NaN, Double.NaN)).isZero();
    assertThat(Ulp.distance(Double.MAX_VALUE, -Double.MAX_VALUE)).isEqualTo(Ulp.UNDEFINED - 1);
    assertThat(Ulp.distance(-Double.MAX_VALUE, Double.MAX_VALUE)).isEqualTo(Ulp.UNDEFINED - 1);
    assertThat(Ulp.distance(1f, Float.NaN)).isEqualTo(Ulp.UNDEFINED);
    assertThat(Ulp.distance(-Float.MIN_VALUE, Float.MIN_VALUE)).isEqualTo(3);
  }

  private static Statistics doubles(double[] e, double[] a, Allowance allowance) {
    List<Long> shape = List.of((long) e.length);
    return OnePass.compare(
        Dtype.FLOAT64,
        HostTensor.ofDoubles(shape, e).bytes(),
        HostTensor.ofDoubles(shape, a).bytes(),
        allowance);
  }

  private static Statistics floats(float e, float a, Allowance allowance) {
    return OnePass.compare(
        Dtype.FLOAT32,
        HostTensor.ofFloats(List.of(), e).bytes(),
        HostTensor.ofFloats(List.of(), a).bytes(),
        allowance);
  }

  private static Statistics longs(long e, long a) {
    return OnePass.compare(
        Dtype.INT64,
        HostTensor.ofLongs(List.of(), e).bytes(),
        HostTensor.ofLongs(List.of(), a).bytes(),
        EXACT);
  }
}

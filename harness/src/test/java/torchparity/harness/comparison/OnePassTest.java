package torchparity.harness.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/** The fast pass beside one that asks each element in turn. */
class OnePassTest {
  private static final List<Allowance> ALLOWANCES =
      List.of(
          new Allowance.Exact(),
          new Allowance.ByHand(1e-5, 1e-6, "a test"),
          new Allowance.ByHand(1.3e-6, 0, "a test"),
          new Allowance.ByHand(0, 1e-6, "a test"),
          new Allowance.ByHand(1e-40, 1e-45, "a test"),
          new Allowance.ByHand(0.5, 1e300, "a test"));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void saysWhatEachElementSays(int which) {
    Allowance allowance = ALLOWANCES.get(which);
    Random random = new Random(which);
    for (int trial = 0; trial < 60; trial++) {
      float[] e = new float[3 * FloatBlock.SIZE + random.nextInt(9)];
      float[] a = new float[e.length];
      double scale = Math.pow(10, random.nextInt(80) - 45);
      int furthest = 1 << random.nextInt(24);
      for (int i = 0; i < e.length; i++) {
        e[i] = (float) (scale * random.nextGaussian());
        int steps = random.nextInt(2 * furthest + 1) - furthest;
        a[i] = Float.intBitsToFloat(Float.floatToRawIntBits(e[i]) + steps);
      }
      if (random.nextInt(3) == 0) {
        a[random.nextInt(a.length)] = unusual(random);
        e[random.nextInt(e.length)] = unusual(random);
      }

      saysTheSame(e, a, allowance);
    }
  }

  private static float unusual(Random random) {
    float[] some = {Float.NaN, Float.NEGATIVE_INFINITY, -0f, 0, Float.MIN_VALUE, Float.MAX_VALUE};
    return some[random.nextInt(some.length)];
  }

  private static void saysTheSame(float[] e, float[] a, Allowance allowance) {
    List<Long> shape = List.of((long) e.length);
    Statistics said =
        OnePass.compare(
            Dtype.FLOAT32,
            HostTensor.ofFloats(shape, e).bytes(),
            HostTensor.ofFloats(shape, a).bytes(),
            allowance);

    long mismatched = 0;
    long above = 0;
    long below = 0;
    long maxUlp = 0;
    double maxAbsolute = 0;
    double maxRelative = 0;
    double used = 0;
    double sum = 0;
    double sumOfSizes = 0;
    long[] ulps = new long[65];
    for (int i = 0; i < e.length; i++) {
      boolean same = Float.floatToRawIntBits(e[i]) == Float.floatToRawIntBits(a[i]);
      double apart = e[i] == a[i] ? 0 : Math.abs((double) a[i] - e[i]);
      double allowed = allowance.at(i, e[i]);
      boolean fails = allowance.isExact() ? !same : !(apart <= allowed) || Double.isInfinite(apart);
      mismatched += fails ? 1 : 0;
      above += a[i] > e[i] ? 1 : 0;
      below += a[i] < e[i] ? 1 : 0;
      long ulp = Ulp.distance(e[i], a[i]);
      maxUlp = Math.max(maxUlp, ulp);
      ulps[Long.SIZE - Long.numberOfLeadingZeros(ulp)]++;
      if (!same) {
        maxAbsolute = Math.max(maxAbsolute, apart);
        maxRelative = Math.max(maxRelative, apart == 0 ? 0 : apart / Math.abs((double) e[i]));
        sum += apart == 0 ? 0 : (double) a[i] - e[i];
      }
      double share = apart == 0 ? 0 : apart / allowed;
      used = Math.max(used, Double.isNaN(share) ? Double.POSITIVE_INFINITY : share);
      sumOfSizes += Double.isFinite(apart) ? apart : 0;
    }

    assertThat(said.mismatched()).isEqualTo(mismatched);
    assertThat(said.above()).isEqualTo(above);
    assertThat(said.below()).isEqualTo(below);
    assertThat(said.maxUlp()).isEqualTo(maxUlp);
    assertThat(said.maxAbsolute()).isEqualTo(Double.valueOf(maxAbsolute));
    assertThat(said.maxRelative()).isEqualTo(Double.valueOf(maxRelative));
    assertThat(said.used()).isEqualTo(Double.valueOf(used));
    for (int i = 0; i < ulps.length; i++) {
      assertThat(i < said.ulps().size() ? said.ulps().get(i) : 0).isEqualTo(ulps[i]);
    }
    if (Double.isFinite(sum)) {
      assertThat(said.meanDifference())
          .isCloseTo(sum / e.length, within(1e-12 * sumOfSizes / e.length));
    }
    if (said.maxAbsoluteAt() >= 0 && Double.isFinite(maxAbsolute)) {
      int at = (int) said.maxAbsoluteAt();
      assertThat(Math.abs((double) a[at] - e[at])).isEqualTo(maxAbsolute);
    }
  }
}

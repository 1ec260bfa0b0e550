package torchparity.harness.allowance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import torchparity.cases.Dtype;
import torchparity.cases.Job;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Tier;

/**
 * The noisy runs of an instance, and what they are for.
 *
 * <p>A real difference of two libraries is about as large as noise of amplitude 1, which puts what
 * rounding does to each partial sum into the products, in the root of the mean square. {@link
 * #RUNS} runs use {@link #AMPLITUDE}, so that their <em>median</em> lies that many times above, and
 * its upper confidence bound is taken: the safety factor is put in at the source, and the one
 * largest run does not widen the bound. {@link #FINDERS} runs use {@link #FINDER_AMPLITUDE}, to
 * find where a small change tips a comparison (a ReLU's kink) and the response is not proportional
 * to the noise.
 *
 * <p>Cost: {@code RUNS + FINDERS} noisy runs (K = 10), one without noise, and in float32 one in
 * float64 on the same draws: K + 2.
 */
final class NoiseModel {
  /** Changes with the method, so that cached allowances of another one are not used. */
  static final String VERSION = "noise-10";

  static final int RUNS = 8;
  static final int FINDERS = 2;
  static final double AMPLITUDE = 4;
  static final double FINDER_AMPLITUDE = 64;
  private static final long FIRST_SEED = 1000;

  private NoiseModel() {}

  /**
   * The noisy runs, those of {@link #AMPLITUDE} first.
   *
   * @param functions whether sums and functions round differently, too
   */
  static List<Instance> noisy(Instance instance, boolean functions) {
    List<Instance> runs = new ArrayList<>();
    IntStream.range(0, RUNS + FINDERS)
        .mapToObj(k -> noise(k, functions))
        .forEach(noise -> runs.add(instance.with(instance.setting().withNoise(noise))));
    return runs;
  }

  private static Job.Noise noise(int k, boolean functions) {
    return new Job.Noise(FIRST_SEED + k, k < RUNS ? AMPLITUDE : FINDER_AMPLITUDE, functions);
  }

  /** The run whose rounding is too small to see; none for a float64 instance. */
  static List<Instance> truth(Instance instance) {
    return instance.tier() == Tier.FLOAT32 && instance.setting().inputs() == null
        ? List.of(instance.with(Dtype.FLOAT64).with(instance.setting().withDraws(Dtype.FLOAT32)))
        : List.of();
  }

  /** All runs that one allowance takes: without noise, with noise, the truth. */
  static List<Instance> all(Instance instance, boolean functions) {
    List<Instance> runs = new ArrayList<>(List.of(instance));
    runs.addAll(noisy(instance, functions));
    runs.addAll(truth(instance));
    return runs;
  }
}

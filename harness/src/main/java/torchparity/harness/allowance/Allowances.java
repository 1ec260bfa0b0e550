package torchparity.harness.allowance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import torchparity.cases.HostTensor;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.run.Instance;

/**
 * What rounding is allowed to do, for every instance of a run.
 *
 * @param noise by instance
 * @param missing why an instance has none: it is then compared bit by bit
 */
public record Allowances(Map<Instance, InstanceNoise> noise, Map<Instance, String> missing) {
  public static final Allowances NONE = new Allowances(Map.of(), Map.of());

  private static final double UNPREDICTABLE = 0.01;

  public Allowances {
    noise = Map.copyOf(noise);
    missing = Map.copyOf(missing);
  }

  public Optional<InstanceNoise> of(Instance instance) {
    return Optional.ofNullable(noise.get(instance));
  }

  /** What rounding alone explains at one probe, where the response to noise is proportional. */
  public Allowance tight(Instance instance, String probe, HostTensor expected) {
    return allowance(instance, probe, expected, false);
  }

  /** What it explains at most where a kink lies near, in what many steps led to. */
  public Allowance reach(Instance instance, String probe, HostTensor expected) {
    return allowance(instance, probe, expected, true);
  }

  /**
   * For each element of {@code actual}, which of {@code expected} and what single steps came to on
   * either side of a kink it is nearest to. It is {@code expected} where no kink lies near.
   */
  public HostTensor nearestOutcome(
      Instance instance, String probe, HostTensor expected, HostTensor actual) {
    return of(instance)
        .flatMap(n -> n.bounds(probe))
        .map(noise -> noise.nearestOutcome(expected, actual))
        .orElse(expected);
  }

  private Allowance allowance(Instance instance, String probe, HostTensor expected, boolean reach) {
    ProbeNoise bounds = of(instance).flatMap(n -> n.bounds(probe)).orElse(null);
    if (bounds == null || bounds.isUntouched() || !expected.dtype().isFloatingPoint()) {
      return new Allowance.Exact();
    }
    double[] rows = reach ? bounds.reach() : bounds.tight();
    boolean fits = expected.numel() > 0 && expected.numel() % rows.length == 0;
    return fits
        ? new Allowance.Computed(rows, expected.numel() / rows.length, expected.dtype())
        : new Allowance.Exact();
  }

  /**
   * The first epoch whose loss cannot be predicted any more: its allowance exceeds one part in a
   * hundred of the loss. The number of epochs if all can be.
   */
  public int horizon(Instance instance, String curve) {
    InstanceNoise known = noise.get(instance);
    if (known == null || known.curves().isEmpty()) {
      return Integer.MAX_VALUE;
    }
    double[] base = known.curves().get(0);
    double[] tight = known.bounds(curve).map(ProbeNoise::tight).orElse(new double[base.length]);
    for (int e = 0; e < base.length && e < tight.length; e++) {
      if (!(tight[e] <= UNPREDICTABLE * Math.abs(base[e]))) {
        return e;
      }
    }
    return base.length;
  }

  /** These and those. */
  public Allowances and(Allowances others) {
    Map<Instance, InstanceNoise> allNoise = new LinkedHashMap<>(noise);
    allNoise.putAll(others.noise);
    Map<Instance, String> allMissing = new LinkedHashMap<>(missing);
    allMissing.putAll(others.missing);
    return new Allowances(allNoise, allMissing);
  }
}

package torchparity.harness.diagnosis;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/**
 * Numbers are changed, as for people to read, before they are recorded, outside of torch: rounded
 * to few decimals, or all scaled by one factor. Nothing else is computed from them.
 */
final class Reported implements Hypothesis {
  private static final int MOST_DECIMALS = 6;

  /** By how much the ratio of two float32 numbers can be off, one of them rounded. */
  private static final double ROUNDING = 0x1p-23;

  /** What was done to each number. */
  private record Change(Cause cause, String claim, DoubleUnaryOperator function) {}

  @Override
  public List<Suspicion> about(Divergence d) {
    for (Map.Entry<String, Integer> probe : d.candidate().probes().entrySet()) {
      Integer here = d.reference().probes().get(probe.getKey());
      if (here == null || d.reference().value(here).equals(d.candidate().value(probe.getValue()))) {
        continue;
      }
      if (!d.candidate().record(probe.getValue()).inputs().isEmpty()) {
        return List.of(); // computed in torch, and not of numbers that were changed outside
      }
      Optional<HostTensor> expected = d.reference().tensor(here);
      Optional<HostTensor> actual = d.candidate().tensor(probe.getValue());
      if (expected.isEmpty() || actual.isEmpty()) {
        return List.of();
      }
      for (Change change : changes(expected.get(), actual.get())) {
        Optional<HostTensor> changed = changed(expected.get(), change.function);
        if (changed.isPresent()
            && changed.get().bitEquals(actual.get())
            && Pattern.sizes(actual.get()) > 1
            && Pattern.sizes(expected.get()) > 1) {
          return List.of(suspicion(d, probe.getKey(), change, changed.get()));
        }
      }
      return List.of();
    }
    return List.of();
  }

  private static List<Change> changes(HostTensor expected, HostTensor actual) {
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i <= MOST_DECIMALS; i++) {
      int decimals = i;
      changes.add(
          new Change(
              Cause.WRONG_PROBE,
              "`%%s` is recorded rounded to %d decimals".formatted(decimals),
              v -> BigDecimal.valueOf(v).setScale(decimals, RoundingMode.HALF_UP).doubleValue()));
    }
    for (double factor : factors(expected, actual)) {
      String times =
          factor < 1 && factor > 0
              ? "divided by " + shortly(1 / factor)
              : "times " + shortly(factor);
      changes.add(new Change(Cause.SCALE, "`%s` is recorded " + times, v -> v * factor));
    }
    return changes;
  }

  private static String shortly(double number) {
    BigDecimal few = BigDecimal.valueOf(number).round(new MathContext(6));
    return few.stripTrailingZeros().toPlainString();
  }

  /** Numbers by which all elements may have been multiplied; none if one number does not do. */
  private static List<Double> factors(HostTensor expected, HostTensor actual) {
    if (expected.numel() < 2 || expected.numel() != actual.numel()) {
      return List.of(); // Any two numbers have a ratio.
    }
    double first = actual.getDouble(0) / expected.getDouble(0);
    for (int i = 0; i < expected.numel(); i++) {
      double ratio = actual.getDouble(i) / expected.getDouble(i);
      if (!(Math.abs(ratio / first - 1) <= 2 * ROUNDING)) {
        return List.of();
      }
    }
    return Stream.of((double) Math.round(first), 1.0 / Math.round(1 / first), first)
        .filter(factor -> Double.isFinite(factor) && factor != 0)
        .toList();
  }

  private static Optional<HostTensor> changed(HostTensor value, DoubleUnaryOperator function) {
    double[] numbers = IntStream.range(0, value.numel()).mapToDouble(value::getDouble).toArray();
    if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
      return Optional.empty();
    }
    numbers = Arrays.stream(numbers).map(function).toArray();
    if (value.dtype() == Dtype.FLOAT64) {
      return Optional.of(HostTensor.ofDoubles(value.shape(), numbers));
    }
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return value.dtype() == Dtype.FLOAT32
        ? Optional.of(HostTensor.ofFloats(value.shape(), floats))
        : Optional.empty();
  }

  private static Suspicion suspicion(Divergence d, String probe, Change change, HostTensor value) {
    OpRecord detach = OpRecord.of("detach", List.of(), Map.of());
    Edit.Step step = new Edit.Step(detach, List.of(new Operand.Literal(value)));
    int record = Recorded.record(d.reference(), probe).orElseThrow();
    return new Suspicion(
        change.cause,
        change.claim.formatted(probe),
        List.of(new Edit.Before(Set.of(record), 0, List.of(step))),
        OptionalInt.of(d.candidate().probes().getOrDefault(probe, 0)));
  }
}

package torchparity.harness.diagnosis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/** Numbers are rounded to few decimals, as for people to read, before they are recorded. */
final class Rounded implements Hypothesis {
  private static final int MOST_DECIMALS = 6;

  @Override
  public List<Suspicion> about(Divergence d) {
    for (Map.Entry<String, Integer> probe : d.candidate().probes().entrySet()) {
      Integer here = d.reference().probes().get(probe.getKey());
      if (here == null || d.reference().value(here).equals(d.candidate().value(probe.getValue()))) {
        continue;
      }
      Optional<HostTensor> expected = value(d.reference(), here);
      Optional<HostTensor> actual = value(d.candidate(), probe.getValue());
      if (expected.isEmpty() || actual.isEmpty()) {
        return List.of();
      }
      for (int decimals = 0; decimals <= MOST_DECIMALS; decimals++) {
        Optional<HostTensor> rounded = rounded(expected.get(), decimals);
        if (rounded.isPresent() && rounded.get().bitEquals(actual.get())) {
          return List.of(suspicion(d, probe.getKey(), decimals, rounded.get()));
        }
      }
      return List.of();
    }
    return List.of();
  }

  private static Optional<HostTensor> value(OpGraph g, int n) {
    try {
      return g.log().value(n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<HostTensor> rounded(HostTensor value, int decimals) {
    double[] numbers = IntStream.range(0, value.numel()).mapToDouble(value::getDouble).toArray();
    for (int i = 0; i < numbers.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        return Optional.empty();
      }
      numbers[i] =
          BigDecimal.valueOf(numbers[i]).setScale(decimals, RoundingMode.HALF_UP).doubleValue();
    }
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

  private static Suspicion suspicion(Divergence d, String probe, int decimals, HostTensor value) {
    OpRecord detach = OpRecord.of("detach", List.of(), Map.of());
    Edit.Step step = new Edit.Step(detach, List.of(new Operand.Literal(value)));
    int record = Recorded.record(d.reference(), probe).orElseThrow();
    return new Suspicion(
        Cause.WRONG_PROBE,
        "`%s` is recorded rounded to %d decimals".formatted(probe, decimals),
        List.of(new Edit.Before(Set.of(record), 0, List.of(step))),
        OptionalInt.of(d.candidate().probes().getOrDefault(probe, 0)));
  }
}

package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import torchparity.cases.OpRecord;

/**
 * What is recorded, and computed with after that, is an earlier state of the right thing: the
 * reference has the very result, before the one that it records.
 */
final class RecordedEarlier implements Hypothesis {
  @Override
  public List<Suspicion> about(Divergence d) {
    return d.candidate().probes().entrySet().stream()
        .filter(p -> d.reference().probes().containsKey(p.getKey()))
        .filter(p -> !valueOf(d, p.getKey()).equals(d.candidate().value(p.getValue())))
        .findFirst()
        .stream()
        .flatMap(p -> suspicion(d, p))
        .toList();
  }

  private static Optional<OpGraph.Value> valueOf(Divergence d, String probe) {
    return d.reference().value(d.reference().probes().getOrDefault(probe, 0));
  }

  private static Stream<Suspicion> suspicion(Divergence d, Map.Entry<String, Integer> probe) {
    OpGraph g = d.reference();
    int here = g.probes().getOrDefault(probe.getKey(), 0);
    OptionalInt earlier =
        IntStream.range(0, here)
            .filter(n -> !d.isLiteral(g, n) && g.value(n).isPresent())
            .filter(n -> g.value(n).equals(d.candidate().value(probe.getValue())))
            .findFirst();
    if (earlier.isEmpty()) {
      return Stream.of();
    }
    OpRecord as = g.record(earlier.getAsInt());
    Edit.Step instead =
        new Edit.Step(
            OpRecord.of("detach", List.of(), Map.of()),
            List.of(new Operand.Line(earlier.getAsInt())));
    String place = as.place().isEmpty() ? "" : " at " + as.place();
    return Stream.of(
        new Suspicion(
            Cause.WRONG_PROBE,
            "`%s` is what the reference has earlier, from `%s`%s"
                .formatted(probe.getKey(), as.op(), place),
            List.of(new Edit.Replace(Set.of(here), List.of(instead))),
            OptionalInt.of(Recorded.line(d.candidate(), probe.getKey()))));
  }
}

package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * reference has the very result, before the one that it records. So it is with parts that are
 * stacked, each of which the reference has at some moment.
 */
final class RecordedEarlier implements Hypothesis {
  @Override
  public List<Suspicion> about(Divergence d) {
    List<Map.Entry<String, Integer>> differing =
        d.candidate().probes().entrySet().stream()
            .filter(p -> d.reference().probes().containsKey(p.getKey()))
            .filter(p -> !valueOf(d, p.getKey()).equals(d.candidate().value(p.getValue())))
            .toList();
    return differing.isEmpty()
        ? List.of()
        : Stream.concat(suspicion(d, differing.get(0)), stacked(d, differing)).toList();
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

  /**
   * All probes that are stacked from states of other moments, in one change; nothing if another
   * probe differs before them, which is then what is wrong.
   */
  private static Stream<Suspicion> stacked(Divergence d, List<Map.Entry<String, Integer>> probes) {
    int firstHere = d.reference().probes().getOrDefault(probes.get(0).getKey(), 0);
    if (states(d, firstHere, probes.get(0).getValue()).isEmpty()) {
      return Stream.of();
    }
    Map<Integer, Edit> kept = new LinkedHashMap<>();
    List<Edit> edits = new ArrayList<>();
    for (Map.Entry<String, Integer> probe : probes) {
      int here = d.reference().probes().getOrDefault(probe.getKey(), 0);
      List<Integer> states = states(d, here, probe.getValue());
      if (!states.isEmpty()) {
        states.forEach(n -> kept.computeIfAbsent(n, RecordedEarlier::keptAfter));
        List<Operand> parts = new ArrayList<>();
        states.forEach(n -> parts.add(new Operand.Before(n, 1)));
        edits.add(
            new Edit.Replace(
                Set.of(here), List.of(new Edit.Step(d.reference().record(here), parts))));
      }
    }
    edits.addAll(kept.values());
    String name = probes.get(0).getKey();
    int there = probes.get(0).getValue();
    return Stream.of(
        new Suspicion(
            Cause.WRONG_PROBE,
            "`%s` is put together from states of other moments".formatted(name),
            edits,
            d.candidate().record(there).source(0)));
  }

  /** Where the reference has each part of what the candidate stacks; empty if it has not. */
  private static List<Integer> states(Divergence d, int here, int there) {
    OpGraph g = d.reference();
    OpRecord stack = d.candidate().record(there);
    boolean alike =
        stack.op().equals("stack")
            && g.record(here).op().equals("stack")
            && g.record(here).inputs().size() == stack.inputs().size();
    List<Integer> states = new ArrayList<>();
    for (int i = 0; alike && i < stack.inputs().size(); i++) {
      OptionalInt part = stack.source(i);
      Optional<OpGraph.Value> value =
          part.isPresent() ? d.candidate().value(part.getAsInt()) : Optional.empty();
      IntStream.range(0, here)
          .filter(n -> value.isPresent() && g.value(n).equals(value))
          .findFirst()
          .ifPresent(states::add);
    }
    return states.size() == stack.inputs().size() ? states : List.of();
  }

  /** A copy of a state, before the next change in place. */
  private static Edit keptAfter(int n) {
    Edit.Step detach =
        new Edit.Step(OpRecord.of("detach", List.of(), Map.of()), List.of(new Operand.Self()));
    Edit.Step clone =
        new Edit.Step(OpRecord.of("clone", List.of(), Map.of()), List.of(new Operand.Earlier(0)));
    return new Edit.After(Set.of(n), List.of(detach, clone));
  }
}

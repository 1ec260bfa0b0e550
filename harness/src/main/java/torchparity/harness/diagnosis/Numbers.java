package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import torchparity.cases.OpRecord;

/**
 * Other numbers, wherever they are given: one mistake outside torch, such as a bound, reaches the
 * calls of several operations as sizes and ranges. Every call takes the candidate's numbers.
 */
final class Numbers implements Hypothesis {
  @Override
  public List<Suspicion> about(Divergence d) {
    return Stream.of(about(d, d.expected()::contains), about(d, n -> true))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Suspicion> about(Divergence d, IntPredicate counts) {
    List<Edit> edits = new ArrayList<>();
    int first = -1;
    int firstThere = -1;
    for (Map.Entry<String, List<Integer>> op : calls(d.reference()).entrySet()) {
      List<Integer> here = op.getValue();
      List<Integer> there = calls(d.candidate()).getOrDefault(op.getKey(), List.of());
      for (int i = 0; i < here.size() && here.size() == there.size(); i++) {
        OpRecord expected = d.reference().record(here.get(i));
        OpRecord actual = d.candidate().record(there.get(i));
        if (counts.test(here.get(i)) && AttributeNaming.differ(expected, actual)) {
          edits.add(new Edit.Replace(Set.of(here.get(i)), List.of(step(expected, actual))));
          boolean earlier = first < 0 || here.get(i) < first;
          first = earlier ? here.get(i) : first;
          firstThere = earlier ? there.get(i) : firstThere;
        }
      }
    }
    if (edits.size() < 2) {
      return Optional.empty();
    }
    ExchangeNaming.Name name = ExchangeNaming.exchanged(d, first, List.of(firstThere));
    return Optional.of(
        new Suspicion(
            name.cause(),
            name.claim() + "; other sizes and bounds follow from it",
            edits,
            OptionalInt.of(firstThere)));
  }

  private static Map<String, List<Integer>> calls(OpGraph g) {
    Map<String, List<Integer>> calls = new LinkedHashMap<>();
    IntStream.range(0, g.size())
        .filter(n -> !g.record(n).op().equals(OpRecord.PROBE))
        .filter(n -> !g.record(n).attributes().isEmpty())
        .forEach(n -> calls.computeIfAbsent(g.record(n).op(), op -> new ArrayList<>()).add(n));
    return calls;
  }

  private static Edit.Step step(OpRecord expected, OpRecord actual) {
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < expected.inputs().size(); i++) {
      JsonNode input = expected.inputs().get(i);
      operands.add(input.isInt() ? new Operand.Path(List.of(i)) : new Operand.Plain(input));
    }
    return new Edit.Step(expected.withAttributes(actual.attributes()), operands);
  }
}

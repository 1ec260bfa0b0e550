package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/** A tensor that is spelt out in the program with other numbers, or another dtype. */
final class Literals implements Hypothesis {
  @Override
  public List<Suspicion> about(Divergence d) {
    List<Suspicion> found = new ArrayList<>();
    inOrder(d).ifPresent(found::add);
    if (d.actualOp().isEmpty()) {
      return found;
    }
    int c = d.actualOp().getAsInt();
    OpRecord actual = d.candidate().record(c);
    for (int n : Exchanged.front(d, c)) {
      OpRecord expected = d.reference().record(n);
      if (!expected.op().equals(actual.op())) {
        continue;
      }
      anotherOfThem(d, n, c).ifPresent(found::add);
      for (int here : literals(d.reference(), expected)) {
        for (int there : literals(d.candidate(), actual)) {
          if (!d.reference().value(here).equals(d.candidate().value(there))) {
            propose(d, here, there, found);
          }
        }
      }
    }
    return found;
  }

  /** As many tensors of numbers of a shape as the reference has, some with other numbers. */
  private static Optional<Suspicion> inOrder(Divergence d) {
    Map<String, List<Integer>> theirs = byShape(d.candidate());
    List<Edit> edits = new ArrayList<>();
    TreeSet<Integer> lines = new TreeSet<>();
    byShape(d.reference())
        .forEach(
            (shape, here) -> {
              List<Integer> there = theirs.getOrDefault(shape, List.of());
              for (int i = 0; i < here.size() && here.size() == there.size(); i++) {
                Set<Integer> line = Set.of(here.get(i));
                int other = there.get(i);
                if (!d.reference().value(here.get(i)).equals(d.candidate().value(other))) {
                  value(d, other).ifPresent(v -> edits.add(new Edit.Value(line, v)));
                  lines.add(other);
                }
              }
            });
    return edits.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Suspicion(
                Cause.OTHER_CONSTANT,
                "a tensor of numbers has other numbers",
                edits,
                OptionalInt.of(lines.first())));
  }

  /**
   * Each time through a loop another of the constants, such as the next one's, wherever it is used.
   */
  private static Optional<Suspicion> anotherOfThem(Divergence d, int n, int c) {
    OpGraph g = d.reference();
    List<Integer> here = List.copyOf(g.linesOnLine(n));
    List<Integer> there = List.copyOf(d.candidate().linesOnLine(c));
    Map<Integer, Integer> stands = new TreeMap<>();
    for (int i = 0; i < here.size() && here.size() == there.size(); i++) {
      List<Integer> mine = literals(g, g.record(here.get(i)));
      List<Integer> theirs = literals(d.candidate(), d.candidate().record(there.get(i)));
      if (mine.size() != 1 || theirs.size() != 1) {
        return Optional.empty();
      }
      stands.put(mine.get(0), theirs.get(0));
    }
    List<Optional<OpGraph.Value>> own = stands.keySet().stream().map(g::value).toList();
    List<Edit> edits = new ArrayList<>();
    stands.forEach(
        (mine, other) ->
            value(d, other).ifPresent(v -> edits.add(new Edit.Value(Set.of(mine), v))));
    boolean ofThem =
        stands.size() > 1
            && stands.values().stream().allMatch(line -> own.contains(d.candidate().value(line)));
    return ofThem
        ? Optional.of(
            new Suspicion(
                Cause.OTHER_OPERAND,
                "`%s` is given another of %d constants".formatted(g.record(n).op(), stands.size()),
                edits,
                OptionalInt.of(c)))
        : Optional.empty();
  }

  private static Map<String, List<Integer>> byShape(OpGraph g) {
    return IntStream.range(0, g.size())
        .filter(n -> g.record(n).op().equals("tensor"))
        .boxed()
        .collect(
            Collectors.groupingBy(
                n -> g.record(n).dtype() + g.record(n).shape(), TreeMap::new, Collectors.toList()));
  }

  private static List<Integer> literals(OpGraph g, OpRecord record) {
    return record.sources().filter(s -> g.record(s).op().equals("tensor")).boxed().toList();
  }

  private static void propose(Divergence d, int here, int there, List<Suspicion> found) {
    OpRecord expected = d.reference().record(here);
    OpRecord actual = d.candidate().record(there);
    boolean cast = !Objects.equals(expected.dtype(), actual.dtype());
    Cause cause = cast ? Cause.CAST : Cause.OTHER_CONSTANT;
    String claim =
        cast
            ? "a tensor of numbers is %s, the reference has %s"
                .formatted(actual.dtype(), expected.dtype())
            : "a tensor of numbers has other numbers";
    List<Integer> mine = List.copyOf(d.reference().linesAt(d.reference().site(here)));
    List<Integer> theirs = List.copyOf(d.candidate().linesAt(d.candidate().site(there)));
    if (mine.size() == theirs.size() && mine.size() > 1) {
      List<Edit> edits = new ArrayList<>();
      IntStream.range(0, mine.size())
          .forEach(
              i ->
                  value(d, theirs.get(i))
                      .ifPresent(v -> edits.add(new Edit.Value(Set.of(mine.get(i)), v))));
      found.add(new Suspicion(cause, claim, edits, OptionalInt.of(there)));
    }
    value(d, there)
        .ifPresent(
            v ->
                found.add(
                    new Suspicion(
                        cause,
                        claim,
                        List.of(new Edit.Value(Set.of(here), v)),
                        OptionalInt.of(there))));
  }

  private static Optional<HostTensor> value(Divergence d, int line) {
    return d.candidate().tensor(line);
  }
}

package torchparity.harness.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import torchparity.harness.diagnosis.OpGraph.Value;

/**
 * Where two logs part. A line counts only if its result is one that the other side never has and
 * something that was recorded depends on it through such results: a detour that ends at the same
 * value, or a result that nothing uses, is a difference of form.
 *
 * @param reference what should have been done
 * @param candidate what was done
 * @param expected the lines of the reference that count, in order
 * @param actual the lines of the candidate that count, a failure included, in order
 */
record Divergence(
    OpGraph reference, OpGraph candidate, TreeSet<Integer> expected, TreeSet<Integer> actual) {
  private static final Set<String> LITERALS = Set.of("tensor", "given");
  private static final int LONGEST_CHAIN = 12;

  static Divergence between(OpGraph reference, OpGraph candidate) {
    return new Divergence(
        reference, candidate, parting(reference, candidate), parting(candidate, reference));
  }

  private static TreeSet<Integer> parting(OpGraph graph, OpGraph other) {
    TreeSet<Integer> lines = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>();
    graph.probes().forEach((name, n) -> open.add(agrees(name, n, graph, other) ? -1 : n));
    open.removeIf(n -> n < 0 || !isNovel(n, graph, other));
    for (int n = 0; n < graph.size(); n++) {
      if (graph.failed(n) && isNovel(n, graph, other)) {
        open.add(n);
      }
    }
    if (stops(graph, other) && isNovel(graph.size() - 1, graph, other)) {
      open.add(graph.size() - 1);
    }
    while (!open.isEmpty()) {
      int n = open.remove();
      if (lines.add(n)) {
        graph.dependencies(n).filter(d -> isNovel(d, graph, other)).forEach(open::add);
      }
    }
    return lines;
  }

  private static boolean agrees(String probe, int n, OpGraph graph, OpGraph other) {
    Integer there = other.probes().get(probe);
    if (there == null) {
      return !endsBefore(probe, graph, other);
    }
    return other.value(there).equals(graph.value(n));
  }

  /** True if the other side recorded neither this probe nor any later one. */
  private static boolean endsBefore(String probe, OpGraph graph, OpGraph other) {
    List<String> names = List.copyOf(graph.probes().keySet());
    return names.subList(names.indexOf(probe), names.size()).stream()
        .noneMatch(other.probes()::containsKey);
  }

  private static boolean isNovel(int n, OpGraph graph, OpGraph other) {
    if (graph.failed(n)) {
      return !failsAlike(n, graph, other);
    }
    Optional<Value> value = graph.value(n);
    return value.isPresent() && !other.has(value.get());
  }

  /** True if the other side ended at the same operation on the same values. */
  private static boolean failsAlike(int n, OpGraph graph, OpGraph other) {
    if (!other.endsInFailure()) {
      return false;
    }
    int there = other.size() - 1;
    return graph.record(n).op().equals(other.record(there).op())
        && inputs(graph, n).equals(inputs(other, there));
  }

  private static List<Optional<Value>> inputs(OpGraph graph, int n) {
    return graph.record(n).sources().mapToObj(graph::value).toList();
  }

  /** True if the program of {@code graph} ended before it had recorded what the other did last. */
  private static boolean stops(OpGraph graph, OpGraph other) {
    List<String> names = List.copyOf(other.probes().keySet());
    return !names.isEmpty() && !graph.probes().containsKey(names.get(names.size() - 1));
  }

  /** True if the candidate ended early, whether in torch or outside. */
  boolean candidateStops() {
    return stops(candidate, reference);
  }

  /** True if every probe agrees, and neither side failed. */
  boolean isNone() {
    return expected.isEmpty() && actual.isEmpty() && otherProbe().isEmpty();
  }

  /** A probe that the candidate recorded from a result that the reference has, but elsewhere. */
  Optional<String> otherProbe() {
    return reference.probes().entrySet().stream()
        .filter(p -> candidate.probes().containsKey(p.getKey()))
        .filter(p -> !agrees(p.getKey(), p.getValue(), reference, candidate))
        .filter(p -> actual.isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * The first operation of the reference that the candidate lacks; literals come with their use.
   */
  OptionalInt expectedOp() {
    return firstOp(reference, expected);
  }

  /** The first operation of the candidate that the reference lacks, or that failed. */
  OptionalInt actualOp() {
    return firstOp(candidate, actual);
  }

  private static OptionalInt firstOp(OpGraph graph, TreeSet<Integer> lines) {
    return lines.stream()
        .mapToInt(Integer::intValue)
        .filter(n -> !LITERALS.contains(graph.record(n).op()))
        .findFirst();
  }

  boolean isLiteral(OpGraph graph, int n) {
    return LITERALS.contains(graph.record(n).op());
  }

  /**
   * What leads to the candidate's line {@code n} from results that the reference has, the line
   * itself last; literals come with their use. Empty if it is long.
   */
  List<Integer> chainTo(int n) {
    return chain(candidate, actual, n);
  }

  /** The same of the reference's line {@code n}. */
  List<Integer> expectedChainTo(int n) {
    return chain(reference, expected, n);
  }

  private List<Integer> chain(OpGraph graph, TreeSet<Integer> lines, int n) {
    TreeSet<Integer> chain = new TreeSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(n));
    while (!open.isEmpty()) {
      int line = open.remove();
      if (chain.add(line)) {
        graph
            .record(line)
            .sources()
            .filter(s -> lines.contains(s) && !isLiteral(graph, s))
            .forEach(open::add);
      }
    }
    return chain.size() > LONGEST_CHAIN ? List.of() : List.copyOf(chain);
  }

  /** How much is not accounted for: the lines that count, of both sides, and the probes apart. */
  int size() {
    return withProbesApart(expected, reference, candidate)
        + withProbesApart(actual, candidate, reference);
  }

  private static int withProbesApart(TreeSet<Integer> lines, OpGraph graph, OpGraph other) {
    TreeSet<Integer> all = new TreeSet<>(lines);
    graph
        .probes()
        .forEach((name, n) -> all.addAll(agrees(name, n, graph, other) ? Set.of() : Set.of(n)));
    return all.size();
  }

  /**
   * How far the candidate is accounted for: the number of its lines before the first that counts.
   */
  int accounted() {
    return actual.isEmpty() ? candidate.size() : actual.first();
  }
}

package torchparity.harness.diagnosis;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** How often the steps of a training loop, and the passes of a step, are gone through. */
final class Loops {
  private Loops() {}

  /**
   * A loop that is gone through more or fewer times: the candidate goes back through the graph
   * another number of times, and from the same losses as long as both do.
   */
  static Optional<Suspicion> loop(Divergence d) {
    List<Integer> here = passes(d.reference());
    List<Integer> there = passes(d.candidate());
    int both = Math.min(here.size(), there.size());
    boolean same =
        IntStream.range(0, both)
            .allMatch(
                i -> loss(d.reference(), here.get(i)).equals(loss(d.candidate(), there.get(i))));
    boolean ended = d.candidateStops() || d.candidate().endsInFailure();
    if (both == 0 || here.size() == there.size() || !same || ended) {
      return Optional.empty();
    }
    int more = there.size() - here.size();
    Cause cause = Math.abs(more) == 1 ? Cause.OFF_BY_ONE : Cause.OTHER_CONSTANT;
    String claim =
        "the loop over the steps is gone through %d times, the reference does so %d times"
            .formatted(there.size(), here.size());
    int line = more > 0 ? passStart(d.candidate(), there.get(both)) : there.get(both - 1);
    return Optional.of(Observation.seen(cause, line, claim));
  }

  private static Optional<OpGraph.Value> loss(OpGraph g, int backward) {
    OptionalInt loss = g.record(backward).source(0);
    return loss.isPresent() ? g.value(loss.getAsInt()) : Optional.empty();
  }

  /** More or fewer backward passes than the reference has for the same number of updates. */
  static Optional<Suspicion> passesPerStep(Divergence d) {
    int here = passes(d.reference()).size();
    List<Integer> there = passes(d.candidate());
    long steps = updates(d.candidate()).count();
    boolean ended = d.candidateStops() || d.candidate().endsInFailure();
    if (here == 0 || there.size() < 2 || here == there.size() || ended) {
      return Optional.empty();
    } else if (steps == 0 || steps != updates(d.reference()).count()) {
      return Optional.empty();
    }
    return Optional.of(
        Observation.seen(
            there.size() > here ? Cause.EXTRA_OP : Cause.MISSING_OP,
            passStart(d.candidate(), there.get(1)),
            "`backward` is called %d times, the reference calls it %d times for as many updates"
                .formatted(there.size(), here)));
  }

  /** An update that takes gradients of earlier steps along, where the reference takes one. */
  static Optional<Suspicion> momentum(Divergence d) {
    OpGraph c = d.candidate();
    if (updates(d.reference()).anyMatch(n -> stepsBehind(d.reference(), n) > 1)) {
      return Optional.empty();
    }
    return updates(c)
        .filter(n -> stepsBehind(c, n) > 1)
        .boxed()
        .findFirst()
        .map(
            n -> {
              int grad = gradientsBehind(c, n).first();
              int use = c.consumers(grad).findFirst().orElse(grad);
              return Observation.seen(
                  Cause.MOMENTUM, use, "the update takes gradients of earlier steps along");
            });
  }

  /** After how many passes the gradients were read that an update is computed from. */
  private static long stepsBehind(OpGraph g, int update) {
    List<Integer> passes = passes(g);
    return gradientsBehind(g, update).stream()
        .map(n -> Collections.binarySearch(passes, n)) // between two passes it is the same
        .distinct()
        .count();
  }

  /** The gradients that an update is computed from, but for what its parameter was before. */
  private static SortedSet<Integer> gradientsBehind(OpGraph g, int update) {
    int parameter = g.root(update);
    TreeSet<Integer> seen = new TreeSet<>();
    TreeSet<Integer> open = new TreeSet<>(Set.of(update));
    while (!open.isEmpty()) {
      int line = open.pollLast();
      if (!seen.add(line) || g.record(line).op().equals("grad")) {
        continue;
      }
      g.record(line).sources().filter(s -> g.root(s) != parameter).forEach(open::add);
    }
    seen.removeIf(n -> !g.record(n).op().equals("grad"));
    return seen;
  }

  private static IntStream updates(OpGraph g) {
    return IntStream.range(0, g.size()).filter(n -> g.isInPlace(n) && g.isParameter(n));
  }

  /** The lines that go back through the graph. */
  static List<Integer> passes(OpGraph g) {
    return IntStream.range(0, g.size())
        .filter(n -> g.record(n).op().equals("backward") && !g.failed(n))
        .boxed()
        .toList();
  }

  /** The first line since the last update or pass that {@code backward} goes through. */
  private static int passStart(OpGraph g, int backward) {
    List<Integer> passes = passes(g);
    int update = backward - 1;
    while (update >= 0
        && !passes.contains(update)
        && !(g.isInPlace(update) && g.isParameter(update))) {
      update--;
    }
    TreeSet<Integer> pass = new TreeSet<>(Set.of(backward));
    for (int n = backward; n > update; n--) {
      if (pass.contains(n)) {
        g.record(n).sources().forEach(pass::add);
      }
    }
    Integer first = pass.higher(update);
    return first == null ? backward : first;
  }
}

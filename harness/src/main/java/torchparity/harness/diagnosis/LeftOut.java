package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/** An operation of the reference that the candidate does without. */
final class LeftOut implements Hypothesis {
  private static final int FRONT = 4;

  /** What a log says of a tensor of which a part was changed; nobody calls it. */
  private static final String WRITTEN = "written_";

  @Override
  public List<Suspicion> about(Divergence d) {
    OpGraph g = d.reference();
    List<Suspicion> found = new ArrayList<>();
    d.expected().stream()
        .filter(n -> !d.isLiteral(g, n))
        .limit(FRONT)
        .forEach(
            n -> {
              gradients(g, n, found);
              g.record(n).sources().filter(g::isInPlace).forEach(s -> gradients(g, s, found));
              skip(d, n, found);
              g.record(n).sources().filter(s -> isCopy(g, s)).forEach(s -> skip(d, s, found));
            });
    return found;
  }

  /** A copy has the value that it copies, and shows later, when that is changed in place. */
  private static boolean isCopy(OpGraph g, int n) {
    return g.record(n).op().equals("clone");
  }

  private static void skip(Divergence d, int n, List<Suspicion> found) {
    OpGraph g = d.reference();
    OpRecord r = g.record(n);
    boolean isCall = !r.op().equals(WRITTEN);
    if (!isCall
        || isDone(d, n)
        || (isCopy(g, n) && count(d.candidate(), r.op()) >= count(g, r.op()))) {
      return;
    }
    Cause cause = Naming.leftOut(g, n);
    String claim =
        isCopy(g, n)
            ? "`clone` is left out: what is kept shares the memory of what is changed later"
            : "`%s` is left out".formatted(r.op());
    for (int input = 0; input < r.inputs().size(); input++) {
      if (r.source(input).isEmpty() || (g.isInPlace(n) && input > 0)) {
        continue;
      }
      for (Set<Integer> lines : ranges(g, n)) {
        found.add(new Suspicion(cause, claim, List.of(new Edit.Bypass(lines, input))));
      }
    }
  }

  /** True if the candidate calls the same on the same as often, so that it leaves nothing out. */
  private static boolean isDone(Divergence d, int n) {
    OpGraph g = d.reference();
    OpRecord r = g.record(n);
    return !g.isInPlace(n)
        && IntStream.range(0, r.inputs().size())
            .filter(i -> r.source(i).isPresent() && !d.isLiteral(g, r.source(i).getAsInt()))
            .anyMatch(
                i -> {
                  Optional<OpGraph.Value> value = g.value(r.source(i).getAsInt());
                  return value.isPresent()
                      && calls(d.candidate(), r.op(), i, value) >= calls(g, r.op(), i, value);
                });
  }

  private static long count(OpGraph g, String op) {
    return IntStream.range(0, g.size()).filter(i -> g.record(i).op().equals(op)).count();
  }

  private static long calls(OpGraph g, String op, int input, Optional<OpGraph.Value> value) {
    return IntStream.range(0, g.size())
        .filter(i -> g.record(i).op().equals(op) && g.record(i).inputs().size() > input)
        .filter(i -> g.record(i).source(input).isPresent())
        .filter(i -> g.value(g.record(i).source(input).getAsInt()).equals(value))
        .count();
  }

  /** Where a place in the program comes by more than once: every time, once, for one parameter. */
  static List<Set<Integer>> ranges(OpGraph g, int n) {
    List<Set<Integer>> ranges = new ArrayList<>();
    for (Set<Integer> lines :
        List.of(g.linesOnLine(n), g.linesAt(g.site(n)), g.linesOfOwner(n), Set.of(n))) {
      if (!ranges.contains(lines)) {
        ranges.add(lines);
      }
    }
    return ranges;
  }

  /** A gradient that is other than expected: it was not cleared, or nothing is done with it. */
  private static void gradients(OpGraph g, int n, List<Suspicion> found) {
    int owner = g.owner(n);
    if (owner == n || !g.isParameter(owner)) {
      return;
    }
    IntStream.range(0, g.size())
        .filter(i -> g.isInPlace(i) && g.owner(i) == owner)
        .filter(i -> !g.record(i).op().equals(WRITTEN))
        .forEach(
            i -> {
              boolean clears = g.record(i).op().equals("zero_");
              for (Set<Integer> lines : parts(g, i)) {
                Suspicion suspicion =
                    new Suspicion(
                        clears ? Cause.STALE_GRADIENTS : Cause.NOT_UPDATED,
                        clears
                            ? "`zero_` of %s is left out%s: they add up over the steps"
                                .formatted(gradients(g, lines, i), steps(g, lines, i))
                            : "`%s` is left out%s: the parameter stays as it was"
                                .formatted(g.record(i).op(), steps(g, lines, i)),
                        List.of(new Edit.Bypass(lines, 0)));
                if (!found.contains(suspicion)) {
                  found.add(suspicion);
                }
              }
            });
  }

  /**
   * What may be left out together: all on a line, one call, one parameter, all but one of them; all
   * in one step, in every second one, in all but the first.
   */
  private static List<Set<Integer>> parts(OpGraph g, int n) {
    Set<Integer> all = g.linesOnLine(n);
    List<Set<Integer>> parts =
        new ArrayList<>(List.of(all, g.linesAt(g.site(n)), g.linesOfOwner(n)));
    owners(g, all)
        .forEach(
            owner -> {
              Set<Integer> others = new TreeSet<>(all);
              others.removeIf(line -> g.owner(line) == owner);
              parts.add(others);
            });
    List<Set<Integer>> steps = steps(g, all);
    parts.addAll(steps);
    parts.add(union(steps, 0, 2));
    parts.add(union(steps, 1, 2));
    parts.add(union(steps, 1, 1));
    parts.removeIf(Set::isEmpty);
    return parts;
  }

  /** The lines of each step: the first for each parameter, the second for each, and so on. */
  private static List<Set<Integer>> steps(OpGraph g, Set<Integer> all) {
    List<Set<Integer>> steps = new ArrayList<>();
    Map<Integer, Integer> done = new HashMap<>();
    for (int line : new TreeSet<>(all)) {
      int step = done.merge(g.owner(line), 1, Integer::sum);
      if (step > steps.size()) {
        steps.add(new TreeSet<>());
      }
      steps.get(step - 1).add(line);
    }
    return steps;
  }

  private static Set<Integer> union(List<Set<Integer>> steps, int from, int every) {
    Set<Integer> lines = new TreeSet<>();
    for (int i = from; i < steps.size(); i += every) {
      lines.addAll(steps.get(i));
    }
    return lines;
  }

  /** " in 1 of 3 steps", of those that the log has; empty if it is all of them. */
  private static String steps(OpGraph g, Set<Integer> lines, int n) {
    List<Set<Integer>> all = steps(g, g.linesOnLine(n));
    long some = all.stream().filter(step -> !Collections.disjoint(step, lines)).count();
    return some == all.size() ? "" : " in %d of %d steps".formatted(some, all.size());
  }

  private static String gradients(OpGraph g, Set<Integer> lines, int n) {
    int all = owners(g, g.linesOnLine(n)).size();
    int some = owners(g, lines).size();
    return some == all ? "the gradients" : "%d of %d gradients".formatted(some, all);
  }

  private static Set<Integer> owners(OpGraph g, Set<Integer> lines) {
    return lines.stream().map(g::owner).collect(Collectors.toCollection(TreeSet::new));
  }
}

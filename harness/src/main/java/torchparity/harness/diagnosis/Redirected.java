package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/** An update that changes another parameter than the reference's, with that one's gradient. */
final class Redirected implements Hypothesis {
  @Override
  public List<Suspicion> about(Divergence d) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    List<Integer> here = updates(g);
    List<Integer> there = updates(c);
    List<Edit> edits = new ArrayList<>();
    OptionalInt first = OptionalInt.empty();
    for (int i = 0; i < here.size() && here.size() == there.size(); i++) {
      int mine = g.root(here.get(i));
      int theirs = c.root(there.get(i));
      OptionalInt instead =
          c.value(theirs).isPresent() && !c.value(theirs).equals(g.value(mine))
              ? leaf(g, c.value(theirs).get())
              : OptionalInt.empty();
      if (instead.isPresent()) {
        edits.addAll(redirect(g, here.get(i), instead.getAsInt()));
        first = first.isPresent() ? first : OptionalInt.of(there.get(i));
      }
    }
    return edits.isEmpty()
        ? List.of()
        : List.of(
            new Suspicion(
                Cause.OTHER_OPERAND,
                "`%s` changes another parameter".formatted(c.record(first.getAsInt()).op()),
                edits,
                first));
  }

  /** The lines that change a parameter in place, in order. */
  private static List<Integer> updates(OpGraph g) {
    return IntStream.range(0, g.size())
        .filter(n -> g.isInPlace(n) && g.record(g.root(n)).leaf() && !g.failed(n))
        .filter(n -> g.record(n).inputs().size() == 2)
        .boxed()
        .toList();
  }

  /** The parameter that began with this value. */
  private static OptionalInt leaf(OpGraph g, OpGraph.Value value) {
    return IntStream.range(0, g.size())
        .filter(n -> g.record(n).leaf() && g.root(n) == n)
        .filter(n -> g.value(n).filter(value::equals).isPresent())
        .findFirst();
  }

  /** The update of line {@code n}, and the gradients it is computed from, of another parameter. */
  private static List<Edit> redirect(OpGraph g, int n, int parameter) {
    List<Edit> edits = new ArrayList<>();
    for (int grad : gradients(g, n)) {
      edits.add(
          new Edit.Replace(
              Set.of(grad),
              List.of(new Edit.Step(g.record(grad), List.of(new Operand.Line(parameter))))));
    }
    OpRecord update = g.record(n);
    Edit.Step instead =
        new Edit.Step(update, List.of(new Operand.Line(parameter), new Operand.Self()));
    update.source(1).ifPresent(step -> edits.add(new Edit.After(Set.of(step), List.of(instead))));
    edits.add(new Edit.Bypass(Set.of(n), 0));
    return edits;
  }

  private static Set<Integer> gradients(OpGraph g, int n) {
    TreeSet<Integer> open = new TreeSet<>();
    g.record(n).sources().skip(1).forEach(open::add);
    Set<Integer> found = new TreeSet<>();
    while (!open.isEmpty()) {
      int line = open.pollLast();
      if (g.record(line).op().equals("grad")) {
        found.add(line);
      } else {
        open.addAll(g.record(line).sources().boxed().collect(Collectors.toSet()));
      }
    }
    return found;
  }
}

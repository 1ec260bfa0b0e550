package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpRecord;

/**
 * No gradient passes a place of the candidate, though every value there is the same: a {@code
 * detach}, or operations without recording of history.
 */
final class CutHistory implements Hypothesis {
  private static final String DETACH = "detach";
  private static final String BACKWARD = "backward";

  @Override
  public List<Suspicion> about(Divergence d) {
    List<Suspicion> found = new ArrayList<>();
    if (concernsGradients(d)) {
      detached(d, found);
      withoutGrad(d, found);
      started(d, found);
    }
    return found;
  }

  /** True if the first thing that differs is a gradient, or the program's end. */
  private static boolean concernsGradients(Divergence d) {
    OptionalInt first = d.actualOp();
    return first.isEmpty()
        || d.candidate().failed(first.getAsInt())
        || d.candidate().record(first.getAsInt()).op().equals("grad");
  }

  private static void detached(Divergence d, List<Suspicion> found) {
    OpGraph c = d.candidate();
    for (int n = 0; n < c.size(); n++) {
      OpRecord record = c.record(n);
      if (!record.op().equals(DETACH) || record.source(0).isEmpty() || c.value(n).isEmpty()) {
        continue;
      }
      OptionalInt here =
          d.reference().lastLineBefore(d.reference().size(), c.value(n).orElseThrow());
      if (here.isEmpty() || d.reference().record(here.getAsInt()).op().equals(DETACH)) {
        continue;
      }
      OpGraph g = d.reference();
      int made = here.getAsInt();
      for (Set<Integer> lines : List.of(g.linesOnLine(made), Set.of(made))) {
        found.add(
            new Suspicion(
                Cause.EXTRA_OP,
                "`detach` cuts the history: nothing before it gets a gradient",
                List.of(new Edit.Replace(lines, List.of(again(g, made), detach(record)))),
                OptionalInt.of(n)));
      }
    }
  }

  /** {@code loss.backward(gradient)}, where the reference goes back from the loss alone. */
  private static void started(Divergence d, List<Suspicion> found) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    OptionalInt here = first(g, BACKWARD);
    OptionalInt there = first(c, BACKWARD);
    if (here.isEmpty() || there.isEmpty()) {
      return;
    }
    int n = here.getAsInt();
    int pass = there.getAsInt();
    if (g.record(n).inputs().size() == c.record(pass).inputs().size()) {
      return;
    }
    Translation.at(d, n)
        .steps(List.of(pass))
        .ifPresent(
            steps ->
                found.add(
                    new Suspicion(
                        Cause.OTHER_OPERAND,
                        "`backward` begins with another gradient than 1",
                        List.of(new Edit.Replace(g.linesAt(g.site(n)), steps)),
                        OptionalInt.of(pass))));
  }

  private static OptionalInt first(OpGraph g, String op) {
    return IntStream.range(0, g.size()).filter(n -> g.record(n).op().equals(op)).findFirst();
  }

  private static Edit.Step detach(OpRecord record) {
    return new Edit.Step(record, List.of(new Operand.Earlier(0)));
  }

  /** Line {@code n} as it is. */
  private static Edit.Step again(OpGraph g, int n) {
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < g.record(n).inputs().size(); i++) {
      operands.add(
          g.record(n).source(i).isPresent()
              ? new Operand.Path(List.of(i))
              : new Operand.Plain(g.record(n).inputs().get(i)));
    }
    return new Edit.Step(g.record(n), operands);
  }

  private static void withoutGrad(Divergence d, List<Suspicion> found) {
    OpGraph g = d.reference();
    List<Edit> edits = new ArrayList<>();
    @Nullable Integer first = null;
    for (int n = 0; n < g.size(); n++) {
      int line = n;
      OptionalInt there =
          g.value(n).isEmpty() || g.record(n).inputs().isEmpty() || g.record(n).noGrad()
              ? OptionalInt.empty()
              : withoutGrad(d.candidate(), g, n);
      if (there.isPresent()) {
        first = first == null ? there.getAsInt() : first;
        Edit.Step step = again(g, line);
        OpRecord call = step.call().withoutGrad();
        edits.add(new Edit.Replace(Set.of(n), List.of(new Edit.Step(call, step.operands()))));
      }
    }
    if (first != null) {
      found.add(
          new Suspicion(
              Cause.EXTRA_OP,
              "history is not recorded here, so that nothing before it gets a gradient",
              edits,
              OptionalInt.of(first)));
    }
  }

  /** The candidate's only line with the same call and result, if autograd was off there. */
  private static OptionalInt withoutGrad(OpGraph c, OpGraph g, int n) {
    int[] same =
        IntStream.range(0, c.size())
            .filter(i -> c.value(i).equals(g.value(n)))
            .filter(i -> c.record(i).op().equals(g.record(n).op()))
            .toArray();
    return same.length == 1 && c.record(same[0]).noGrad()
        ? OptionalInt.of(same[0])
        : OptionalInt.empty();
  }
}

package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/**
 * The same operations as often as in the reference, some of which are given other tensors of the
 * same program: an index or a variable is another, wherever it is used.
 */
final class Wiring implements Hypothesis {
  private static final int MOST = 64;

  @Override
  public List<Suspicion> about(Divergence d) {
    Map<Integer, Integer> partners = partners(d.reference(), d.candidate());
    List<Edit> edits = new ArrayList<>();
    Name name = null;
    for (int c = 0; c < d.candidate().size(); c++) {
      Integer r = partners.get(c);
      if (r == null) {
        continue;
      }
      List<Operand> operands = new ArrayList<>();
      List<Integer> others = new ArrayList<>();
      for (int i = 0; i < d.candidate().record(c).inputs().size(); i++) {
        Operand operand = operand(d, r, c, i, partners);
        if (operand == null) {
          return List.of();
        }
        if (!operand.equals(own(d.reference(), r, i))) {
          others.add(i);
        }
        operands.add(operand);
      }
      if (!others.isEmpty()) {
        Edit.Step step = new Edit.Step(d.reference().record(r), operands);
        edits.add(new Edit.Replace(Set.of(r), List.of(step)));
        name = name == null ? new Name(c, others.get(0)) : name;
      }
    }
    return name == null || edits.size() > MOST
        ? List.of()
        : List.of(
            new Suspicion(
                Cause.OTHER_OPERAND,
                "argument %d of `%s` is another tensor of the same program%s"
                    .formatted(
                        name.argument + 1,
                        d.candidate().record(name.line).op(),
                        edits.size() > 1
                            ? ", and so it is %d times more".formatted(edits.size() - 1)
                            : ""),
                edits,
                OptionalInt.of(name.line)));
  }

  /** The first use of another tensor. */
  private record Name(int line, int argument) {}

  /**
   * For each operation of the candidate the one of the reference that is called as the same one of
   * its kind; empty if any kind is called more often on one side, or with other attributes.
   */
  private static Map<Integer, Integer> partners(OpGraph g, OpGraph c) {
    Map<String, List<Integer>> here = byOp(g);
    Map<String, List<Integer>> there = byOp(c);
    Map<Integer, Integer> partners = new HashMap<>();
    if (!here.keySet().equals(there.keySet())) {
      return partners;
    }
    for (Map.Entry<String, List<Integer>> kind : there.entrySet()) {
      List<Integer> expected = here.getOrDefault(kind.getKey(), List.of());
      for (int i = 0; i < kind.getValue().size(); i++) {
        int line = kind.getValue().get(i);
        if (expected.size() != kind.getValue().size()
            || !areAlike(g.record(expected.get(i)), c.record(line))) {
          return Map.of();
        }
        partners.put(line, expected.get(i));
      }
    }
    return partners;
  }

  private static boolean areAlike(OpRecord here, OpRecord there) {
    return here.inputs().size() == there.inputs().size() && !AttributeNaming.differ(here, there);
  }

  private static Map<String, List<Integer>> byOp(OpGraph g) {
    Map<String, List<Integer>> lines = new HashMap<>();
    for (int n = 0; n < g.size(); n++) {
      OpRecord r = g.record(n);
      boolean counts = !r.op().equals(OpRecord.PROBE) && !r.inputs().isEmpty();
      if (counts && !Naming.COPIES.contains(r.op())) {
        lines.computeIfAbsent(r.op(), op -> new ArrayList<>()).add(n);
      }
    }
    return lines;
  }

  /** What stands in the place of an argument of line {@code r}; null if nothing can. */
  private static @Nullable Operand operand(
      Divergence d, int r, int c, int i, Map<Integer, Integer> partners) {
    OpGraph g = d.reference();
    OpRecord there = d.candidate().record(c);
    Operand own = own(g, r, i);
    Optional<Double> number = Constants.of(d.candidate(), c, i);
    if (number.isPresent()) {
      return number.equals(Constants.of(g, r, i)) ? own : null;
    }
    int source = origin(d.candidate(), there.source(i).orElse(-1));
    OptionalInt expected = g.record(r).source(i);
    if (source < 0 || expected.isEmpty()) {
      return null;
    }
    Optional<OpGraph.Value> value = d.candidate().value(source);
    Integer partner = partners.get(source);
    if ((partner != null && partner == origin(g, expected.getAsInt()))
        || (partner == null && value.equals(g.value(expected.getAsInt())))) {
      return own;
    } else if (partner != null) {
      return partner < r ? new Operand.Line(partner) : null;
    }
    boolean known = value.filter(g::has).isPresent() && d.isLiteral(d.candidate(), source);
    Optional<HostTensor> literal = known ? d.candidate().tensor(source) : Optional.empty();
    return literal.<Operand>map(Operand.Literal::new).orElse(null);
  }

  private static Operand own(OpGraph g, int r, int i) {
    return g.record(r).source(i).isPresent()
        ? new Operand.Path(List.of(i))
        : new Operand.Plain(g.record(r).inputs().get(i));
  }

  /** What a copy or a view of the whole is made from. */
  private static int origin(OpGraph g, int n) {
    int line = n;
    while (line >= 0
        && Naming.COPIES.contains(g.record(line).op())
        && g.record(line).source(0).isPresent()) {
      line = g.record(line).source(0).getAsInt();
    }
    return line;
  }
}

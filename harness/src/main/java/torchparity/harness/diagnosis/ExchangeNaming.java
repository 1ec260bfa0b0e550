package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpRecord;

/** Tells what kind of mistake it is if an operation, or a chain of them, stands for another. */
final class ExchangeNaming {
  private static final int FEW_STEPS = 4;
  private static final Set<String> GRID = Set.of("repeat", "repeat_interleave", "meshgrid");
  private static final List<Set<String>> OPPOSITES =
      List.of(Set.of("add", "sub"), Set.of("add_", "sub_"));

  private ExchangeNaming() {}

  /**
   * What an exchange amounts to.
   *
   * @param line the candidate's line that holds the mistake, if it is not the operation itself
   */
  record Name(Cause cause, String claim, OptionalInt line) {}

  /** What it amounts to if {@code chain} of the candidate stands for line {@code n}. */
  static Name exchanged(Divergence d, int n, List<Integer> chain) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    int last = chain.get(chain.size() - 1);
    String there = c.record(last).op();
    String here = g.record(n).op();
    if (chain.size() > 1 || !there.equals(here)) {
      return otherOp(d, n, chain, here, there);
    }
    if (!difference(g.record(n).attributes(), c.record(last).attributes()).isEmpty()) {
      return attributes(g, n, c, last);
    }
    return operands(d, n, last);
  }

  private static Name otherOp(Divergence d, int n, List<Integer> chain, String here, String there) {
    Set<String> both = new TreeSet<>(List.of(here, there));
    String claim = "`%s` is called where the reference calls `%s`".formatted(there, here);
    if (chain.size() > 1 && here.equals(there)) {
      String more = "%d more operations come before `%s`".formatted(chain.size() - 1, there);
      return new Name(Cause.EXTRA_OP, more, OptionalInt.empty());
    }
    Cause cause = Cause.OTHER_OP;
    if (both.equals(Set.of("sum", "mean"))) {
      cause = Cause.SUM_FOR_MEAN;
    } else if (OPPOSITES.contains(both)) {
      cause = Cause.SIGN;
    } else if (chain.size() == 1 && Naming.isActivation(d.reference(), n)) {
      cause = Cause.OTHER_ACTIVATION;
    } else if (GRID.contains(here) && GRID.contains(there)) {
      cause = Cause.GRID_AXES;
    } else if (here.equals("t") || there.equals("t")) {
      cause = Cause.TRANSPOSED;
    } else if (Naming.changesDtype(d.candidate(), chain.get(0))) {
      cause = Cause.CAST;
    }
    return new Name(cause, claim, OptionalInt.empty());
  }

  private static List<String> difference(Map<String, JsonNode> a, Map<String, JsonNode> b) {
    Set<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    names.removeAll(Set.of("device", "requires_grad", "keepdim", OpRecord.OPAQUE));
    return names.stream().filter(name -> !same(a.get(name), b.get(name))).toList();
  }

  private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (a == null || b == null) {
      JsonNode one = a == null ? b : a;
      return one == null || (one.isNumber() && one.asDouble() == 0);
    }
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    boolean numbers = a.isNumber() && b.isNumber();
    return numbers ? a.asDouble() == b.asDouble() : a.equals(b);
  }

  /** True if two calls of one operation are given other numbers. */
  static boolean attributesDiffer(OpRecord expected, OpRecord actual) {
    return !difference(expected.attributes(), actual.attributes()).isEmpty();
  }

  private static Name attributes(OpGraph g, int n, OpGraph c, int last) {
    OpRecord r = g.record(n);
    OpRecord a = c.record(last);
    String name = difference(r.attributes(), a.attributes()).get(0);
    JsonNode expected = r.attributes().get(name);
    JsonNode actual = a.attributes().get(name);
    String claim =
        "`%s` is called with %s %s, the reference has %s"
            .formatted(a.op(), name, text(actual), text(expected));
    Cause cause = Cause.OTHER_CONSTANT;
    if (name.equals("dtype")) {
      cause = Cause.CAST;
    } else if (name.startsWith("dim") && !name.equals("dims")) {
      cause = Cause.WRONG_AXIS;
    } else if (name.equals("dims") && sorted(expected).equals(sorted(actual))) {
      cause = Cause.TRANSPOSED;
    } else if (r.op().equals("arange") || r.op().equals("linspace")) {
      cause = Cause.GRID_BOUNDS;
    } else if (GRID.contains(r.op()) || r.op().equals("reshape")) {
      cause = Cause.GRID_AXES;
    } else if (differsByOne(expected, actual)) {
      cause = Cause.OFF_BY_ONE;
    } else if (name.equals("fill_value") && "int64".equals(r.dtype())) {
      cause = Cause.LABEL_ORDER;
    }
    return new Name(cause, claim, OptionalInt.empty());
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "left out" : value.toString();
  }

  private static List<String> sorted(@Nullable JsonNode array) {
    List<String> items = new ArrayList<>();
    if (array != null) {
      array.forEach(item -> items.add(item.toString()));
    }
    Collections.sort(items);
    return items;
  }

  private static boolean differsByOne(@Nullable JsonNode a, @Nullable JsonNode b) {
    return a != null
        && b != null
        && a.isIntegralNumber()
        && b.isIntegralNumber()
        && Math.abs(a.asLong() - b.asLong()) == 1;
  }

  private static Name operands(Divergence d, int n, int last) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    OpRecord r = g.record(n);
    OpRecord a = c.record(last);
    if (isPermuted(d, n, last)) {
      boolean labels = "int64".equals(r.dtype());
      Cause cause =
          r.op().equals("stack") && ofGrid(g, n)
              ? Cause.GRID_AXES
              : r.op().equals("cat") || r.op().equals("stack")
                  ? labels ? Cause.LABEL_ORDER : Cause.PERMUTATION
                  : Cause.SWAPPED_ARGUMENTS;
      return new Name(
          cause, "the arguments of `%s` are exchanged".formatted(a.op()), OptionalInt.empty());
    }
    if (!Objects.equals(r.dtype(), a.dtype()) && a.dtype() != null) {
      return new Name(
          Cause.CAST,
          "`%s` gives %s, the reference has %s".formatted(a.op(), a.dtype(), r.dtype()),
          OptionalInt.empty());
    }
    List<Integer> here = unmatched(g, n, c, last);
    List<Integer> there = unmatched(c, last, g, n);
    if (there.isEmpty() && here.isEmpty()) {
      String claim = "a number that `%s` is given is of another dtype".formatted(a.op());
      return new Name(Cause.CAST, claim, OptionalInt.empty());
    } else if (there.isEmpty()) {
      String claim = "`%s` is given %d tensors fewer".formatted(a.op(), here.size());
      return new Name(Cause.MISSING_OP, claim, OptionalInt.empty());
    } else if (here.size() == 1 && there.size() == 1) {
      return operand(d, n, here.get(0), last, there.get(0));
    }
    return new Name(
        Cause.OTHER_OPERAND,
        "`%s` is called on other tensors".formatted(a.op()),
        OptionalInt.empty());
  }

  private static boolean ofGrid(OpGraph g, int n) {
    return g.record(n).sources().allMatch(s -> GRID.contains(g.record(s).op()));
  }

  private static boolean isPermuted(Divergence d, int n, int last) {
    List<String> expected =
        d.reference().record(n).sources().mapToObj(s -> digest(d.reference(), s)).toList();
    List<String> actual =
        d.candidate().record(last).sources().mapToObj(s -> digest(d.candidate(), s)).toList();
    return !expected.equals(actual)
        && expected.stream().sorted().toList().equals(actual.stream().sorted().toList());
  }

  private static String digest(OpGraph g, int n) {
    return g.value(n).map(OpGraph.Value::digest).orElse("");
  }

  /** The arguments of line {@code n} that line {@code m} has no equal of. */
  private static List<Integer> unmatched(OpGraph g, int n, OpGraph other, int m) {
    List<String> there = new ArrayList<>();
    for (int i = 0; i < other.record(m).inputs().size(); i++) {
      there.add(argument(other, m, i));
    }
    List<Integer> unmatched = new ArrayList<>();
    for (int i = 0; i < g.record(n).inputs().size(); i++) {
      if (!there.remove(argument(g, n, i))) {
        unmatched.add(i);
      }
    }
    return unmatched;
  }

  private static String argument(OpGraph g, int n, int i) {
    Optional<Double> constant = Constants.of(g, n, i);
    return constant.isPresent()
        ? constant.get().toString()
        : g.record(n).source(i).isPresent()
            ? digest(g, g.record(n).source(i).getAsInt())
            : g.record(n).inputs().get(i).toString();
  }

  /** What it amounts to if argument {@code j} stands where the reference has argument {@code i}. */
  private static Name operand(Divergence d, int n, int i, int last, int j) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    String op = c.record(last).op();
    Optional<Double> expected = Constants.of(g, n, i);
    Optional<Double> actual = Constants.of(c, last, j);
    OptionalInt source = c.record(last).source(j);
    if (expected.isPresent() && actual.isPresent()) {
      boolean step = g.owner(n) != n || ofGradient(g, n);
      Cause cause =
          expected.get() == -actual.get()
              ? Cause.SIGN
              : step ? Cause.LEARNING_RATE : Cause.OTHER_CONSTANT;
      String claim =
          "`%s` is called with %s, the reference has %s"
              .formatted(op, actual.get(), expected.get());
      return new Name(cause, claim, source);
    }
    if (source.isEmpty() || g.record(n).source(i).isEmpty()) {
      return new Name(
          Cause.OTHER_OPERAND, "argument %d of `%s` is another".formatted(j + 1, op), source);
    }
    String here = g.record(g.record(n).source(i).getAsInt()).op();
    String there = c.record(source.getAsInt()).op();
    String dtype = c.record(source.getAsInt()).dtype();
    if (!Objects.equals(dtype, g.record(g.record(n).source(i).getAsInt()).dtype())) {
      return new Name(Cause.CAST, "`%s` is given a tensor of %s".formatted(op, dtype), source);
    }
    if (here.equals("tensor") && there.equals("tensor")) {
      return new Name(
          Cause.OTHER_CONSTANT,
          "`%s` is called with a tensor of other numbers".formatted(op),
          source);
    }
    if (isAncestor(g, g.record(n).source(i).getAsInt(), c.value(source.getAsInt()))) {
      return new Name(
          Cause.MISSING_OP,
          "`%s` is applied to what the reference has before `%s`".formatted(op, here),
          OptionalInt.empty());
    }
    boolean turned = here.equals("t") != there.equals("t");
    return new Name(
        turned ? Cause.TRANSPOSED : Cause.OTHER_OPERAND,
        turned
            ? "`%s` is called on a matrix that is transposed the other way".formatted(op)
            : "argument %d of `%s` is another tensor".formatted(j + 1, op),
        OptionalInt.empty());
  }

  /** True if line {@code n} is computed from {@code value}, by few steps. */
  private static boolean isAncestor(OpGraph g, int n, Optional<OpGraph.Value> value) {
    List<Integer> level = List.of(n);
    for (int step = 0; step < FEW_STEPS && value.isPresent(); step++) {
      level = level.stream().flatMap(line -> g.record(line).sources().boxed()).distinct().toList();
      if (level.stream().anyMatch(line -> g.value(line).equals(value))) {
        return step > 0 || !g.record(n).op().equals("t");
      }
    }
    return false;
  }

  private static boolean ofGradient(OpGraph g, int n) {
    return g.record(n).sources().anyMatch(s -> g.record(s).op().equals("grad"));
  }
}

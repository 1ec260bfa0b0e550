package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.ExchangeNaming.Name;

/** Tells what kind of mistake it is if an operation is given other tensors than it should be. */
final class OperandNaming {
  private static final int FEW_STEPS = 4;

  private OperandNaming() {}

  /** What it amounts to if the candidate's line {@code last} stands for line {@code n}. */
  static Name of(Divergence d, int n, int last) {
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
          cause,
          "the arguments of `%s` are exchanged".formatted(a.op()),
          madeOtherwise(d, n, last));
    }
    if (!Objects.equals(r.dtype(), a.dtype()) && a.dtype() != null) {
      return new Name(
          Cause.CAST,
          "`%s` gives %s, the reference has %s".formatted(a.op(), a.dtype(), r.dtype()),
          OptionalInt.empty());
    }
    List<Integer> here = unmatched(g, n, c, last);
    List<Integer> there = unmatched(c, last, g, n);
    if (there.isEmpty() && here.isEmpty() && r.noGrad() && !a.noGrad()) {
      String claim =
          "`%s` is carried out while history is recorded, without no_grad".formatted(a.op());
      return new Name(Cause.MISSING_OP, claim, OptionalInt.of(last));
    } else if (there.isEmpty() && here.isEmpty()) {
      String claim = "a number that `%s` is given is of another dtype".formatted(a.op());
      return new Name(Cause.CAST, claim, OptionalInt.empty());
    } else if (there.isEmpty()) {
      String claim = "`%s` is given %d tensors fewer".formatted(a.op(), here.size());
      return new Name(Cause.MISSING_OP, claim, madeForOthers(d, n, here.get(0), last));
    } else if (here.size() == 1 && there.size() == 1) {
      return operand(d, n, here.get(0), last, there.get(0));
    }
    if (areStates(c, last) && there.stream().allMatch(i -> isKnown(d, last, i))) {
      String claim = "`%s` puts states of other moments together".formatted(a.op());
      return new Name(
          Cause.WRONG_PROBE, claim, OptionalInt.of(c.record(last).source(0).orElse(last)));
    }
    if (Outside.isStack(c, last) && c.probes().containsValue(last)) {
      String claim = "what is recorded is put together from other numbers";
      return new Name(Cause.WRONG_PROBE, claim, OptionalInt.empty());
    }
    return new Name(
        Cause.OTHER_OPERAND,
        "`%s` is called on other tensors".formatted(a.op()),
        there.stream()
            .flatMapToInt(i -> c.record(last).source(i).stream())
            .filter(c::isInPlace) // made before, and filled with something else since
            .findFirst());
  }

  /** Where the candidate begins to make the like of argument {@code i}, if it never makes that. */
  private static OptionalInt madeForOthers(Divergence d, int n, int i, int last) {
    OpGraph c = d.candidate();
    OptionalInt lacking = d.reference().record(n).source(i);
    List<Integer> chain = lacking.isPresent() ? d.expectedChainTo(lacking.getAsInt()) : List.of();
    if (chain.isEmpty()) {
      return OptionalInt.empty();
    }
    String op = d.reference().record(chain.get(0)).op();
    return IntStream.range(0, last).filter(line -> c.record(line).op().equals(op)).max();
  }

  /** True if all arguments of line {@code n} are states of one parameter, or copies of them. */
  private static boolean areStates(OpGraph c, int n) {
    return c.record(n).sources().mapToObj(s -> origin(c, s)).distinct().count() == 1
        && c.record(n).source(0).isPresent()
        && c.record(origin(c, c.record(n).source(0).getAsInt())).leaf();
  }

  private static int origin(OpGraph c, int n) {
    int line = c.root(n);
    while (Naming.COPIES.contains(c.record(line).op()) && c.record(line).source(0).isPresent()) {
      line = c.root(c.record(line).source(0).getAsInt());
    }
    return line;
  }

  private static boolean isKnown(Divergence d, int n, int argument) {
    OptionalInt source = d.candidate().record(n).source(argument);
    return source.isPresent()
        && d.candidate().value(source.getAsInt()).filter(d.reference()::has).isPresent();
  }

  private static boolean ofGrid(OpGraph g, int n) {
    return g.record(n).sources().allMatch(s -> ExchangeNaming.GRID.contains(g.record(s).op()));
  }

  private static boolean isPermuted(Divergence d, int n, int last) {
    List<String> expected =
        d.reference().record(n).sources().mapToObj(s -> digest(d.reference(), s)).toList();
    List<String> actual =
        d.candidate().record(last).sources().mapToObj(s -> digest(d.candidate(), s)).toList();
    return !expected.equals(actual)
        && expected.stream().sorted().toList().equals(actual.stream().sorted().toList());
  }

  /**
   * The first argument that was made with another value, if the arguments are exchanged because
   * they were made in another order, and not because they are put together in another.
   */
  private static OptionalInt madeOtherwise(Divergence d, int n, int last) {
    int[] expected = d.reference().record(n).sources().sorted().toArray();
    int[] actual = d.candidate().record(last).sources().sorted().toArray();
    return IntStream.range(0, Math.min(expected.length, actual.length))
        .filter(i -> !digest(d.reference(), expected[i]).equals(digest(d.candidate(), actual[i])))
        .map(i -> actual[i])
        .findFirst();
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
            ? String.valueOf(g.value(g.record(n).source(i).getAsInt()).orElse(null))
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
      boolean step = g.owner(n) != n;
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
    int given = g.record(n).source(i).getAsInt();
    if (isAncestor(g, given, c.value(source.getAsInt()))) {
      // To read a gradient computes nothing: who leaves that out has the parameter instead.
      boolean leftOut = !here.equals("grad") && times(g, g.value(given)) > times(c, g.value(given));
      return new Name(
          leftOut ? Cause.MISSING_OP : Cause.OTHER_OPERAND,
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

  private static long times(OpGraph g, Optional<OpGraph.Value> value) {
    return IntStream.range(0, g.size()).filter(n -> g.value(n).equals(value)).count();
  }
}

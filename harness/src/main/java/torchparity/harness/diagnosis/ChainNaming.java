package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.ExchangeNaming.Name;

/** Tells what kind of mistake it is if an operation is applied to what other operations make. */
final class ChainNaming {
  private ChainNaming() {}

  /**
   * What it amounts to if the chain, which ends in the same operation, stands for line {@code n}.
   */
  static Name of(Divergence d, int n, List<Integer> chain) {
    String op = d.reference().record(n).op();
    if (makesAConstant(d, n, chain)) {
      return name(
          Cause.OTHER_CONSTANT, "`%s` is called with a tensor of other numbers".formatted(op));
    }
    Optional<Name> first = first(d, n, chain);
    if (first.isPresent()) {
      return first.get();
    }
    if (isWithoutOperand(d, n, chain)) {
      return instead(d, n, chain);
    }
    return name(Cause.EXTRA_OP, "%s before `%s`".formatted(before(d.candidate(), chain), op));
  }

  /**
   * True if two chains of much the same operations differ in several places: those are found one
   * after the other.
   */
  static boolean areSeveral(Divergence d, List<Integer> expected, List<Integer> actual) {
    List<String> here = expected.stream().map(n -> d.reference().record(n).op()).toList();
    List<String> there = actual.stream().map(n -> d.candidate().record(n).op()).toList();
    boolean inOtherOrder =
        !here.equals(there)
            && here.stream().sorted().toList().equals(there.stream().sorted().toList());
    return here.size() == there.size()
        && !inOtherOrder
        && IntStream.range(0, here.size()).anyMatch(i -> here.get(i).equals(there.get(i)))
        && IntStream.range(0, actual.size())
                .filter(i -> differ(d, expected.get(i), actual.get(i)))
                .count()
            > 1;
  }

  private static boolean differ(Divergence d, int n, int c) {
    OpRecord here = d.reference().record(n);
    OpRecord there = d.candidate().record(c);
    return !here.op().equals(there.op())
        || AttributeNaming.differ(here, there)
        || !constants(d.reference(), n).equals(constants(d.candidate(), c));
  }

  private static List<Optional<Double>> constants(OpGraph g, int n) {
    return IntStream.range(0, g.record(n).inputs().size())
        .mapToObj(i -> Constants.of(g, n, i))
        .toList();
  }

  private static Name name(Cause cause, String claim) {
    return new Name(cause, claim, OptionalInt.empty());
  }

  /** The first operation in which the ways to both differ, if both come from the same. */
  private static Optional<Name> first(Divergence d, int n, List<Integer> chain) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    List<Integer> expected = d.expectedChainTo(n);
    int actual = chain.get(0);
    if (expected.size() < 2 || !haveOneOrigin(d, expected.get(0), actual)) {
      return Optional.empty();
    }
    int lacking = expected.get(0);
    Optional<Integer> same =
        chain.stream()
            .filter(line -> c.record(line).op().equals(g.record(lacking).op()))
            .filter(line -> line != actual && d.chainTo(line).contains(actual))
            .findFirst();
    if (same.isPresent()) {
      List<Integer> more = new ArrayList<>(d.chainTo(same.get()));
      more.remove(same.get());
      String claim =
          "%s before `%s`".formatted(before(c, d.chainTo(same.get())), c.record(same.get()).op());
      return Optional.of(name(Naming.putIn(d, more), claim));
    }
    return Optional.of(ExchangeNaming.exchanged(d, lacking, List.of(actual)));
  }

  /** True if both are made out of nothing, or of something that both have. */
  private static boolean haveOneOrigin(Divergence d, int expected, int actual) {
    OpRecord here = d.reference().record(expected);
    OpRecord there = d.candidate().record(actual);
    List<Optional<OpGraph.Value>> taken =
        there.sources().mapToObj(d.candidate()::value).filter(Optional::isPresent).toList();
    return here.inputs().isEmpty()
        ? there.inputs().isEmpty()
        : here.sources().mapToObj(d.reference()::value).anyMatch(taken::contains);
  }

  /** It takes nothing of what the reference takes: something is made instead. */
  private static Name instead(Divergence d, int n, List<Integer> chain) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    String op = g.record(n).op();
    List<String> ops = new ArrayList<>(chain.stream().map(line -> c.record(line).op()).toList());
    List<String> lacking = new ArrayList<>();
    for (int line : d.expectedChainTo(n)) {
      if (!ops.remove(g.record(line).op())) {
        lacking.add("`" + g.record(line).op() + "`");
      }
    }
    String operand = operand(g, n).op();
    boolean calls = chain.stream().anyMatch(line -> c.record(line).op().equals(operand));
    if (ops.isEmpty() && !lacking.isEmpty()) {
      String claim = "`%s` is applied to what is made without %s";
      return name(Cause.MISSING_OP, claim.formatted(op, String.join(", ", lacking)));
    } else if (calls) {
      String claim = "`%s` before `%s` is applied to what `%s` makes";
      return name(Cause.OTHER_OPERAND, claim.formatted(operand, op, c.record(chain.get(0)).op()));
    }
    String claim = "%s before `%s`, where the reference has `%s`";
    return name(Cause.OTHER_OP, claim.formatted(before(c, chain), op, operand));
  }

  /** True if the chain makes, out of nothing but numbers, what is a constant in the reference. */
  private static boolean makesAConstant(Divergence d, int n, List<Integer> chain) {
    OpGraph c = d.candidate();
    OpRecord last = c.record(chain.get(chain.size() - 1));
    List<Integer> made = chain.subList(0, chain.size() - 1);
    OpRecord call = d.reference().record(n);
    List<OptionalInt> stead =
        IntStream.range(0, Math.min(last.inputs().size(), call.inputs().size()))
            .filter(i -> last.source(i).isPresent() && made.contains(last.source(i).getAsInt()))
            .mapToObj(call::source)
            .toList();
    return made.stream()
            .flatMap(line -> c.record(line).sources().boxed())
            .allMatch(s -> made.contains(s) || c.record(s).inputs().isEmpty())
        && !stead.isEmpty()
        && stead.stream().allMatch(s -> s.isPresent() && d.isLiteral(d.reference(), s.getAsInt()));
  }

  /** "`exp`, `sum` come", of the chain without its end; of a long one, its beginning. */
  private static String before(OpGraph c, List<Integer> chain) {
    int count = chain.size() - 1;
    return ExchangeNaming.names(c, chain, count) + (count == 1 ? " comes" : " come");
  }

  /** True if the chain takes nothing of what the reference applies line {@code n} to. */
  private static boolean isWithoutOperand(Divergence d, int n, List<Integer> chain) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    List<OpGraph.Value> operands =
        g.record(n)
            .sources()
            .filter(s -> !d.isLiteral(g, s))
            .boxed()
            .flatMap(s -> g.value(s).stream())
            .toList();
    return !operands.isEmpty()
        && chain.stream()
            .flatMap(line -> c.record(line).sources().boxed())
            .flatMap(s -> c.value(s).stream())
            .noneMatch(operands::contains);
  }

  private static OpRecord operand(OpGraph g, int n) {
    return g.record(g.record(n).source(0).orElse(n));
  }
}

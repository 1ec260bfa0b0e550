package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/** Tells what kind of mistake it is if an operation, or a chain of them, stands for another. */
final class ExchangeNaming {
  static final Set<String> GRID = Set.of("repeat", "repeat_interleave", "meshgrid");
  private static final List<Set<String>> OPPOSITES =
      List.of(Set.of("add", "sub"), Set.of("add_", "sub_"));

  /** So many operations of a chain are told by name. */
  private static final int NAMED = 4;

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
    if (AttributeNaming.differ(g.record(n), c.record(last))) {
      return AttributeNaming.of(g, n, c, last);
    }
    return OperandNaming.of(d, n, last);
  }

  private static Name otherOp(Divergence d, int n, List<Integer> chain, String here, String there) {
    Set<String> both = new TreeSet<>(List.of(here, there));
    String claim =
        chain.size() == 1
            ? "`%s` is called where the reference calls `%s`".formatted(there, here)
            : "%s are called where the reference calls `%s`"
                .formatted(names(d.candidate(), chain, chain.size()), here);
    if (chain.size() > 1 && here.equals(there)) {
      return ChainNaming.of(d, n, chain);
    }
    boolean sameWithMore =
        chain.size() > 1
            && d.candidate().record(chain.get(0)).op().equals(here)
            && AttributeNaming.differ(d.reference().record(n), d.candidate().record(chain.get(0)));
    if (sameWithMore) {
      Name first = AttributeNaming.of(d.reference(), n, d.candidate(), chain.get(0));
      return new Name(first.cause, "%s, then `%s`".formatted(first.claim, there), first.line);
    }
    if (isInOtherOrder(d, n, chain)) {
      String earlier =
          "`%s` is applied before `%s`, the reference applies it after"
              .formatted(here, d.candidate().record(chain.get(1)).op());
      return new Name(Cause.OTHER_OPERAND, earlier, OptionalInt.empty());
    }
    if (chain.size() == 1 && here.equals("grad") && takesGradients(d.reference(), there)) {
      String instead = "`%s` is applied to the parameter and not to its gradient".formatted(there);
      return new Name(Cause.OTHER_OPERAND, instead, OptionalInt.empty());
    }
    Cause cause = Cause.OTHER_OP;
    if (both.equals(Set.of("sum", "mean"))) {
      cause = Cause.SUM_FOR_MEAN;
    } else if (chain.size() == 1 && OPPOSITES.contains(both)) {
      cause = Cause.SIGN;
    } else if (Naming.isActivation(d.reference(), n) && isAnother(d, n, chain)) {
      cause = Cause.OTHER_ACTIVATION;
    } else if (GRID.contains(here) && GRID.contains(there) && d.candidate().calls(here)) {
      cause = Cause.GRID_AXES; // one stands for the other, and the other way round
    } else if (here.equals("t") || there.equals("t")) {
      cause = Cause.TRANSPOSED;
    } else if (Naming.changesDtype(d.candidate(), chain.get(0))) {
      cause = Cause.CAST;
    }
    return new Name(cause, claim, OptionalInt.empty());
  }

  private static boolean takesGradients(OpGraph g, String op) {
    return IntStream.range(0, g.size())
        .filter(n -> g.record(n).op().equals(op))
        .anyMatch(n -> g.record(n).sources().anyMatch(s -> g.record(s).op().equals("grad")));
  }

  /** True for an activation, and for whatever else works element by element. */
  private static boolean isAnother(Divergence d, int n, List<Integer> chain) {
    OpRecord last = d.candidate().record(chain.get(chain.size() - 1));
    return Naming.isActivation(d.candidate(), chain.get(chain.size() - 1))
        || Objects.equals(last.shape(), d.reference().record(n).shape());
  }

  /** True if the chain does the same things as the reference, the last of them first. */
  private static boolean isInOtherOrder(Divergence d, int n, List<Integer> chain) {
    OpGraph c = d.candidate();
    List<String> others =
        chain.subList(1, chain.size()).stream().map(line -> c.record(line).op()).toList();
    return chain.size() > 1
        && c.record(chain.get(0)).op().equals(d.reference().record(n).op())
        && isMadeBy(d.reference(), n, others);
  }

  /** True if an argument of line {@code n} is made by these operations, one after the other. */
  private static boolean isMadeBy(OpGraph g, int n, List<String> ops) {
    return ops.isEmpty()
        || g.record(n)
            .sources()
            .filter(s -> g.record(s).op().equals(ops.get(ops.size() - 1)))
            .anyMatch(s -> isMadeBy(g, s, ops.subList(0, ops.size() - 1)));
  }

  /** The first {@code count} of the chain; of many, the beginning. */
  static String names(OpGraph c, List<Integer> chain, int count) {
    String ops =
        chain.stream()
            .limit(Math.min(count, NAMED))
            .map(line -> "`" + c.record(line).op() + "`")
            .collect(Collectors.joining(", "));
    return ops + (count > NAMED ? " and %d more".formatted(count - NAMED) : "");
  }
}

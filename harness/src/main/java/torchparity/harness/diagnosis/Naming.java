package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Set;
import torchparity.cases.OpRecord;

/** Tells from the operations involved what kind of mistake an edit amounts to. */
final class Naming {
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "relu",
          "maximum",
          "clamp",
          "sigmoid",
          "tanh",
          "softplus",
          "gelu",
          "elu",
          "silu",
          "leaky_relu",
          "minimum",
          "abs",
          "sin",
          "exp");

  /** What gives the same numbers in another tensor. */
  static final Set<String> COPIES = Set.of("clone", "detach");

  private static final Set<String> UPDATES = Set.of("sub_", "add_", "mul_", "addcmul_");
  private static final Set<String> CASTS =
      Set.of("to", "float", "double", "type_as", "long", "int");

  private Naming() {}

  /** The cause if line {@code n} of the reference is left out. */
  static Cause leftOut(OpGraph g, int n) {
    String op = g.record(n).op();
    boolean ofParameter = g.isParameter(g.owner(n));
    if (op.equals("zero_") && ofParameter) {
      return Cause.STALE_GRADIENTS;
    } else if (UPDATES.contains(op) && ofParameter) {
      return Cause.NOT_UPDATED;
    } else if (op.equals("neg")) {
      return Cause.SIGN;
    } else if (op.equals("t") || op.equals("transpose")) {
      return Cause.TRANSPOSED;
    } else if (CASTS.contains(op)) {
      return Cause.CAST;
    } else if (op.equals("add") && addsParameter(g, n)) {
      return Cause.MISSING_BIAS;
    } else if (isActivation(g, n)) {
      return Cause.MISSING_ACTIVATION;
    } else if ((op.equals("mul") || op.equals("div")) && hasConstant(g, n)) {
      return Cause.SCALE;
    }
    return Cause.MISSING_OP;
  }

  private static boolean addsParameter(OpGraph g, int n) {
    return g.record(n).sources().anyMatch(g::isParameter);
  }

  /** A known activation; a maximum only of something and a constant. */
  static boolean isActivation(OpGraph g, int n) {
    String op = g.record(n).op();
    boolean pair = op.equals("maximum") || op.equals("minimum");
    return ACTIVATIONS.contains(op) && (!pair || hasConstant(g, n));
  }

  private static boolean hasConstant(OpGraph g, int n) {
    OpRecord r = g.record(n);
    return r.inputs().stream().anyMatch(i -> i.has("number"))
        || r.sources()
            .anyMatch(
                s ->
                    g.record(s).op().equals("tensor")
                        && g.value(s).filter(v -> v.shape().isEmpty()).isPresent());
  }

  /** The cause if {@code chain} of the candidate is put in. */
  static Cause putIn(Divergence d, List<Integer> chain) {
    OpGraph c = d.candidate();
    int n = chain.get(0);
    String op = c.record(n).op();
    if (touchesUpdate(c, chain)) {
      return usesParameter(c, chain) ? Cause.WEIGHT_DECAY : Cause.MOMENTUM;
    } else if (chain.size() == 1 && op.equals("neg")) {
      return Cause.SIGN;
    } else if (op.equals("t") || op.equals("transpose")) {
      return Cause.TRANSPOSED;
    } else if (changesDtype(c, n)) {
      return Cause.CAST;
    } else if (isDoubled(c, n)) {
      return Cause.EXTRA_OP;
    } else if (isAllOf(c, chain, Set.of("mul", "div")) && hasConstant(c, n)) {
      return Cause.SCALE;
    } else if (isAllOf(c, chain, Set.of("add", "sub")) && hasConstant(c, n)) {
      return Cause.OFFSET;
    }
    return Cause.EXTRA_OP;
  }

  private static boolean isAllOf(OpGraph c, List<Integer> chain, Set<String> ops) {
    return chain.stream().allMatch(n -> ops.contains(c.record(n).op()));
  }

  /** True if a gradient is combined with something before the update. */
  private static boolean touchesUpdate(OpGraph c, List<Integer> chain) {
    return chain.size() > 1
        && chain.stream().anyMatch(n -> c.record(n).op().startsWith("add"))
        && chain.stream()
            .flatMap(n -> c.record(n).sources().boxed())
            .anyMatch(s -> c.record(s).op().equals("grad"));
  }

  private static boolean usesParameter(OpGraph c, List<Integer> chain) {
    return chain.stream()
        .flatMap(n -> c.record(n).sources().boxed())
        .anyMatch(s -> c.record(c.root(s)).leaf());
  }

  private static boolean isDoubled(OpGraph c, int n) {
    return c.isInPlace(n)
        || c.record(n).sources().anyMatch(s -> c.record(s).op().equals(c.record(n).op()));
  }

  static boolean changesDtype(OpGraph c, int n) {
    String dtype = c.record(n).dtype();
    return dtype != null
        && CASTS.contains(c.record(n).op())
        && c.record(n).sources().anyMatch(s -> !dtype.equals(c.record(s).dtype()));
  }
}

package torchparity.harness.diagnosis;

import static java.util.Comparator.naturalOrder;

import java.util.Collections;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;

/** Where a program lacks something: the line of it that stands next to what is not there. */
final class Gap {
  private static final String BACKWARD = "backward";

  private Gap() {}

  /**
   * The candidate's line next to the place where it leaves an operation out: what the operation
   * would have been applied to; for one in place, the line that does the same to another tensor, or
   * else what comes after the last thing that both do before it; empty for any other suspicion.
   */
  static OptionalInt of(Divergence d, Suspicion suspicion) {
    boolean leftOut = suspicion.edits().stream().allMatch(Edit.Bypass.class::isInstance);
    if (!leftOut || suspicion.edits().size() != 1 || suspicion.cause() == Cause.TRANSPOSED) {
      return OptionalInt.empty();
    }
    Edit.Bypass bypass = (Edit.Bypass) suspicion.edits().get(0);
    OpGraph g = d.reference();
    int n = Collections.min(bypass.lines());
    if (!g.isInPlace(n)) {
      int felt =
          bypass.lines().stream().filter(d.expected()::contains).min(naturalOrder()).orElse(n);
      OptionalInt target = g.record(felt).source(bypass.input());
      while (target.isPresent() && d.expected().contains(target.getAsInt())) {
        target = g.record(target.getAsInt()).source(0); // left out, too
      }
      OptionalInt there =
          target.isPresent() && !g.record(target.getAsInt()).inputs().isEmpty()
              ? equal(d, target.getAsInt())
              : OptionalInt.empty();
      OptionalInt withIn = there.isPresent() ? sameLine(d, felt, there.getAsInt()) : there;
      return withIn.isPresent() ? withIn : there;
    }
    OptionalInt alike =
        g.linesAt(g.site(n)).stream().flatMapToInt(i -> alike(d, i, g.record(n).op())).findFirst();
    boolean tooLate = alike.orElse(-1) > d.actualOp().orElse(Integer.MAX_VALUE);
    if (tooLate) {
      return d.actualOp();
    }
    return alike.isPresent() ? copyOf(d.candidate(), alike.getAsInt()) : afterLastInCommon(d, n);
  }

  /** Where the tensor was copied that line {@code n} changes in another's place, or the line. */
  private static OptionalInt copyOf(OpGraph c, int n) {
    int root = c.root(n);
    return OptionalInt.of(Naming.COPIES.contains(c.record(root).op()) ? root : n);
  }

  /**
   * What uses the operation in the same line of the reference, where the candidate has it too, and
   * applies it to line {@code there}: the operation is missing inside of that line.
   */
  private static OptionalInt sameLine(Divergence d, int n, int there) {
    OpGraph g = d.reference();
    Set<String> users =
        g.consumers(n)
            .filter(i -> g.site(i).place().equals(g.site(n).place()))
            .mapToObj(i -> g.record(i).op())
            .collect(Collectors.toSet());
    return d.candidate()
        .consumers(there)
        .filter(i -> users.contains(d.candidate().record(i).op()))
        .findFirst();
  }

  /** The candidate's lines that do the same as {@code op}, with the result of line {@code n}. */
  private static IntStream alike(Divergence d, int n, String op) {
    OpGraph c = d.candidate();
    return d.reference().value(n).isEmpty()
        ? IntStream.empty()
        : IntStream.range(0, c.size())
            .filter(i -> alike(c.record(i).op(), op))
            .filter(i -> c.value(i).equals(d.reference().value(n)));
  }

  /** True for an operation and its form in place, too. */
  private static boolean alike(String op, String inPlace) {
    return op.equals(inPlace) || (op + "_").equals(inPlace);
  }

  /** The candidate's last line with the result of line {@code n} of the reference. */
  private static OptionalInt equal(Divergence d, int n) {
    return d.isLiteral(d.reference(), n) || d.reference().value(n).isEmpty()
        ? OptionalInt.empty()
        : d.candidate().lastLineBefore(d.candidate().size(), d.reference().value(n).get());
  }

  /**
   * What the candidate does after the last thing that both compute before line {@code n}; where
   * that is a backward pass from the same loss, which has no result, the pass itself.
   */
  private static OptionalInt afterLastInCommon(Divergence d, int n) {
    OpGraph g = d.reference();
    OpGraph c = d.candidate();
    for (int i = n - 1; i >= 0; i--) {
      boolean isPass = g.record(i).op().equals(BACKWARD);
      OptionalInt there = isPass ? passFrom(d, g.record(i).source(0)) : OptionalInt.empty();
      if (there.isPresent()) {
        return there;
      }
      there = isStepTo(g, i, n) || d.isLiteral(g, i) ? OptionalInt.empty() : firstEqual(d, i);
      if (there.isPresent()) {
        return firstElsewhere(c, there.getAsInt());
      }
    }
    return OptionalInt.empty();
  }

  /** True for what only leads up to line {@code n}: its own place, gradients, other updates. */
  private static boolean isStepTo(OpGraph g, int i, int n) {
    return g.site(i).place().equals(g.site(n).place())
        || g.record(i).op().equals("grad")
        || g.isInPlace(i);
  }

  /** The candidate's last backward pass from what the reference has on line {@code loss}. */
  private static OptionalInt passFrom(Divergence d, OptionalInt loss) {
    OpGraph c = d.candidate();
    return loss.isEmpty()
        ? loss
        : IntStream.iterate(c.size() - 1, j -> j >= 0, j -> j - 1)
            .filter(j -> c.record(j).op().equals(BACKWARD) && c.record(j).source(0).isPresent())
            .filter(
                j ->
                    c.value(c.record(j).source(0).getAsInt())
                        .equals(d.reference().value(loss.getAsInt())))
            .findFirst();
  }

  private static OptionalInt firstEqual(Divergence d, int n) {
    OpGraph c = d.candidate();
    return d.reference().value(n).isEmpty()
        ? OptionalInt.empty()
        : IntStream.range(0, c.size())
            .filter(j -> c.value(j).equals(d.reference().value(n)))
            .findFirst();
  }

  private static OptionalInt firstElsewhere(OpGraph c, int n) {
    return IntStream.range(n + 1, c.size())
        .filter(i -> !c.site(i).place().equals(c.site(n).place()))
        .filter(i -> !c.record(i).op().equals(OpRecord.PROBE))
        .findFirst();
  }

  /** The last line with what both have before the candidate lacks something. */
  static OptionalInt of(Divergence d) {
    return d.expected().isEmpty()
        ? OptionalInt.empty()
        : IntStream.iterate(d.expected().first() - 1, n -> n >= 0, n -> n - 1)
            .flatMap(n -> equal(d, n).stream())
            .findFirst();
  }
}

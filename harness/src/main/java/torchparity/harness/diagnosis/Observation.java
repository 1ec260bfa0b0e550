package torchparity.harness.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import torchparity.cases.OpRecord;

/** A cause that the logs show where no replay can prove it. */
final class Observation {
  private static final Set<String> MORE_DRAWS =
      Set.of(
          "randperm", "randint", "rand", "randn", "normal", "bernoulli", "multinomial", "dropout");

  private Observation() {}

  /** The cause that the logs show by themselves, if they show one. */
  static Optional<Suspicion> of(Divergence d) {
    return Stream.<Function<Divergence, Optional<Suspicion>>>of(
            Observation::refused,
            Observation::again,
            Observation::cast,
            Observation::draw,
            Observation::update,
            Observation::stranger)
        .flatMap(observation -> observation.apply(d).stream())
        .findFirst();
  }

  /** A cast where the results part. */
  private static Optional<Suspicion> cast(Divergence d) {
    return first(d)
        .filter(n -> Naming.changesDtype(d.candidate(), n) && record(d, n).op().equals("to"))
        .map(
            n ->
                seen(
                    Cause.CAST,
                    n,
                    "a tensor is cast to %s, which the reference does not do"
                        .formatted(record(d, n).dtype())));
  }

  /** A parameter that is changed in place while its history is recorded, which torch refuses. */
  private static Optional<Suspicion> refused(Divergence d) {
    OpGraph c = d.candidate();
    OpGraph g = d.reference();
    return first(d)
        .filter(n -> c.failed(n) && c.isInPlace(n) && !record(d, n).noGrad())
        .filter(c::isParameter)
        .filter(
            n ->
                IntStream.range(0, g.size())
                    .filter(i -> g.isInPlace(i) && g.isParameter(i))
                    .anyMatch(i -> g.record(i).noGrad()))
        .map(
            n ->
                seen(
                    Cause.MISSING_OP,
                    n,
                    "`%s` changes a parameter while its history is recorded; the reference does so without gradients (no_grad)"
                        .formatted(record(d, n).op())));
  }

  /** A backward pass through what an earlier one went through, so that it was not computed anew. */
  private static Optional<Suspicion> again(Divergence d) {
    OpGraph c = d.candidate();
    Optional<Integer> failed =
        first(d).filter(n -> c.failed(n) && record(d, n).op().equals("backward"));
    return failed.flatMap(
        n ->
            Loops.passes(c).stream()
                .filter(earlier -> earlier < n)
                .flatMap(
                    earlier -> {
                      Set<Integer> both = behind(c, n);
                      both.retainAll(behind(c, earlier));
                      both.removeIf(line -> c.record(line).inputs().isEmpty());
                      return both.stream().reduce((x, y) -> y).stream();
                    })
                .findFirst()
                .map(
                    line ->
                        seen(
                            Cause.MISSING_OP,
                            n,
                            "`backward` goes a second time through `%s` at %s, which is not computed anew in this step"
                                .formatted(record(d, line).op(), record(d, line).place()))));
  }

  /** The lines that line {@code n} is computed from. */
  private static Set<Integer> behind(OpGraph g, int n) {
    TreeSet<Integer> lines = new TreeSet<>();
    TreeSet<Integer> open = new TreeSet<>(Set.of(n));
    while (!open.isEmpty()) {
      int line = open.pollLast();
      g.record(line).sources().filter(lines::add).forEach(open::add);
    }
    return lines;
  }

  /** A draw that only the candidate makes, before draws of the reference that differ. */
  private static Optional<Suspicion> draw(Divergence d) {
    return first(d)
        .filter(n -> MORE_DRAWS.contains(record(d, n).op()))
        .filter(n -> !d.expected().isEmpty() && Draws.isDraw(d.reference(), d.expected().first()))
        .map(
            n ->
                seen(
                    Cause.RNG_SHIFT,
                    n,
                    "`%s` draws numbers that the reference does not draw; later draws are others"
                        .formatted(record(d, n).op())));
  }

  /** Parameters that are updated by another operation: another rule than the reference's. */
  private static Optional<Suspicion> update(Divergence d) {
    OpGraph c = d.candidate();
    Set<String> here = updates(d.reference(), IntStream.range(0, d.reference().size()));
    Set<String> there = updates(c, d.actual().stream().mapToInt(n -> n));
    there.removeAll(here);
    if (here.isEmpty() || there.isEmpty()) {
      return Optional.empty();
    }
    String claim =
        "the parameters are updated by `%s`, the reference updates them by `%s`: another rule"
            .formatted(String.join("`, `", there), String.join("`, `", here));
    return first(d).map(n -> seen(Cause.OTHER_OP, n, claim));
  }

  /** An operation that the reference never calls, on the way to one that it does. */
  private static Optional<Suspicion> stranger(Divergence d) {
    OpGraph c = d.candidate();
    return first(d)
        .filter(n -> !d.reference().calls(record(d, n).op()) && !c.failed(n))
        .filter(
            n ->
                d.actual().tailSet(n, false).stream()
                    .anyMatch(i -> d.reference().calls(record(d, i).op())))
        .map(
            n -> {
              String op = record(d, n).op();
              String gone = gone(d);
              return gone.isEmpty()
                  ? seen(
                      Cause.EXTRA_OP,
                      n,
                      "`%s` is called, which the reference does nowhere; what comes after uses it"
                          .formatted(op))
                  : seen(
                      Cause.OTHER_OP,
                      n,
                      "`%s` is called, where the reference has %s".formatted(op, gone));
            });
  }

  /** The operations of the reference where the two part that the candidate calls nowhere. */
  private static String gone(Divergence d) {
    return d.expected().stream()
        .map(n -> d.reference().record(n).op())
        .filter(op -> !d.candidate().calls(op))
        .distinct()
        .map(op -> "`" + op + "`")
        .collect(Collectors.joining(", "));
  }

  private static Set<String> updates(OpGraph g, IntStream lines) {
    return lines
        .filter(n -> g.isInPlace(n) && g.isParameter(n))
        .mapToObj(n -> g.record(n).op())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Gradients that are changed in place before the update, as by clipping. */
  static Optional<Suspicion> gradients(Divergence d) {
    OpGraph c = d.candidate();
    return IntStream.range(0, c.size())
        .filter(n -> c.isInPlace(n) && c.record(c.root(n)).op().equals("grad"))
        .filter(
            n -> !d.reference().calls(record(d, n).op()) && !d.actual().headSet(n, true).isEmpty())
        .boxed()
        .findFirst()
        .map(
            n ->
                seen(
                    Cause.EXTRA_OP,
                    n,
                    "`%s` changes the gradients before the update, which the reference does not do"
                        .formatted(record(d, n).op())));
  }

  private static Optional<Integer> first(Divergence d) {
    return d.actualOp().stream().boxed().findFirst();
  }

  private static OpRecord record(Divergence d, int n) {
    return d.candidate().record(n);
  }

  static Suspicion seen(Cause cause, int line, String claim) {
    return new Suspicion(cause, claim, List.of(), OptionalInt.of(line));
  }
}

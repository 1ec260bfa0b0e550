package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.OpGraph.Value;

/** Operations of the candidate that the reference does without. */
final class PutIn implements Hypothesis {
  private static final int LONGEST = 4;
  private static final int MOST_PLACES = 4;

  private final boolean behind;

  /** Operations put in before a use of a value, or behind what makes it. */
  PutIn(boolean behind) {
    this.behind = behind;
  }

  @Override
  public List<Suspicion> about(Divergence d) {
    List<Suspicion> found = new ArrayList<>();
    if (d.actualOp().isEmpty()) {
      return found;
    }
    int first = d.actualOp().getAsInt();
    if (!behind) {
      inPlace(d, first, found);
    }
    OptionalInt next = OptionalInt.of(first);
    for (int further = 0; further < LONGEST && next.isPresent(); further++) {
      List<Integer> chain = d.chainTo(next.getAsInt());
      if (chain.isEmpty() || d.candidate().failed(next.getAsInt())) {
        break;
      }
      if (behind) {
        behind(d, chain, found);
      }
      next = user(d, next.getAsInt());
      if (next.isPresent() && !behind) {
        before(d, chain, next.getAsInt(), found);
      }
    }
    return found;
  }

  /** The first line of the candidate that uses line {@code n} and counts. */
  private static OptionalInt user(Divergence d, int n) {
    return d.candidate()
        .consumers(n)
        .filter(i -> d.actual().contains(i) || d.candidate().failed(i))
        .findFirst();
  }

  /** Puts the chain before the places where the reference does what the candidate does next. */
  private static void before(Divergence d, List<Integer> chain, int next, List<Suspicion> found) {
    OpGraph g = d.reference();
    String op = d.candidate().record(next).op();
    List<Value> taken = inputs(d.candidate(), chain);
    List<OpGraph.Site> places = new ArrayList<>();
    for (int n = 0; n < g.size() && places.size() < MOST_PLACES; n++) {
      OpRecord record = g.record(n);
      if (!record.op().equals(op) || places.contains(g.site(n))) {
        continue;
      }
      for (int input = 0; input < record.inputs().size(); input++) {
        boolean same =
            record.source(input).isPresent()
                && g.value(record.source(input).getAsInt()).filter(taken::contains).isPresent();
        Optional<List<Edit.Step>> steps =
            same ? Translation.at(d, n).steps(chain) : Optional.empty();
        if (steps.isPresent()) {
          places.add(g.site(n));
          int argument = input;
          propose(
              d, chain, n, "before", lines -> new Edit.Before(lines, argument, steps.get()), found);
        }
      }
    }
  }

  /** The chain at line {@code n}, wherever that place comes by. */
  private static void propose(
      Divergence d,
      List<Integer> chain,
      int n,
      String where,
      Function<Set<Integer>, Edit> edit,
      List<Suspicion> found) {
    String claim =
        "%s is put in %s `%s`"
            .formatted(names(d.candidate(), chain), where, d.reference().record(n).op());
    for (Set<Integer> lines : LeftOut.ranges(d.reference(), n)) {
      found.add(new Suspicion(Naming.putIn(d, chain), claim, List.of(edit.apply(lines))));
    }
  }

  /** Has the chain follow the lines of the reference that make what it begins with. */
  private static void behind(Divergence d, List<Integer> chain, List<Suspicion> found) {
    OpGraph g = d.reference();
    List<Value> taken = inputs(d.candidate(), chain);
    List<OpGraph.Site> places = new ArrayList<>();
    for (int n : makers(d, taken)) {
      Optional<List<Edit.Step>> steps =
          places.size() < MOST_PLACES && !places.contains(g.site(n))
              ? Translation.after(d, n).steps(chain)
              : Optional.empty();
      if (steps.isPresent()) {
        places.add(g.site(n));
        List<Edit.Step> all = behind(g, n, steps.get());
        propose(d, chain, n, "after", lines -> new Edit.Replace(lines, all), found);
      }
    }
  }

  /**
   * The lines of the reference with one of these results: the last of each, then from the first.
   */
  private static Set<Integer> makers(Divergence d, List<Value> values) {
    OpGraph g = d.reference();
    Set<Integer> makers = new LinkedHashSet<>();
    values.forEach(value -> g.lastLineBefore(g.size(), value).ifPresent(makers::add));
    IntStream.range(0, g.size())
        .filter(n -> g.value(n).filter(values::contains).isPresent())
        .forEach(makers::add);
    makers.removeIf(n -> d.isLiteral(g, n) || isReplaced(d, n));
    return makers;
  }

  /** True if the candidate calls nowhere what the reference does next: that is an exchange. */
  private static boolean isReplaced(Divergence d, int n) {
    return d.reference()
        .consumers(n)
        .filter(d.expected()::contains)
        .anyMatch(i -> !d.candidate().calls(d.reference().record(i).op()));
  }

  private static List<Edit.Step> behind(OpGraph g, int n, List<Edit.Step> steps) {
    List<Operand> own = new ArrayList<>();
    for (int i = 0; i < g.record(n).inputs().size(); i++) {
      own.add(
          g.record(n).source(i).isPresent()
              ? new Operand.Path(List.of(i))
              : new Operand.Plain(g.record(n).inputs().get(i)));
    }
    List<Edit.Step> all = new ArrayList<>(List.of(new Edit.Step(g.record(n), own)));
    for (Edit.Step step : steps) {
      all.add(new Edit.Step(step.call(), step.operands().stream().map(PutIn::afterOwn).toList()));
    }
    return all;
  }

  private static Operand afterOwn(Operand operand) {
    if (operand instanceof Operand.Self) {
      return new Operand.Earlier(0);
    }
    return operand instanceof Operand.Earlier earlier
        ? new Operand.Earlier(earlier.step() + 1)
        : operand;
  }

  private static void inPlace(Divergence d, int n, List<Suspicion> found) {
    OpGraph c = d.candidate();
    boolean acts = c.isInPlace(n) || c.record(n).op().equals("backward");
    if (!acts || c.record(n).source(0).isEmpty()) {
      return;
    }
    Optional<Value> changed = c.value(c.record(n).source(0).getAsInt());
    OpGraph g = d.reference();
    changed.stream()
        .flatMapToInt(
            value ->
                IntStream.range(0, g.size()).filter(i -> g.value(i).equals(Optional.of(value))))
        .limit(MOST_PLACES)
        .forEach(
            i ->
                Translation.after(d, i)
                    .steps(List.of(n))
                    .ifPresent(
                        steps -> {
                          for (Set<Integer> lines : LeftOut.ranges(g, i)) {
                            found.add(
                                new Suspicion(
                                    Naming.putIn(d, List.of(n)),
                                    "`%s` is there once too often".formatted(c.record(n).op()),
                                    List.of(new Edit.After(lines, steps))));
                          }
                        }));
  }

  private static List<Value> inputs(OpGraph c, List<Integer> chain) {
    return chain.stream()
        .flatMap(n -> c.record(n).sources().boxed())
        .filter(n -> !chain.contains(n))
        .flatMap(s -> c.value(s).stream())
        .toList();
  }

  private static String names(OpGraph c, List<Integer> chain) {
    return chain.stream()
        .map(n -> "`" + c.record(n).op() + "`")
        .reduce((a, b) -> a + ", " + b)
        .orElse("nothing");
  }
}

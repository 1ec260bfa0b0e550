package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.OpGraph.Value;

/** The candidate carries out something else in the place of an operation of the reference. */
final class Exchanged implements Hypothesis {
  private static final int FRONT = 6;
  private static final int LONGEST = 3;
  private static final int MOST_TWINS = 2;

  private final Kind kind;

  Exchanged(Kind kind) {
    this.kind = kind;
  }

  /** What is exchanged, the likeliest first. */
  enum Kind {
    /** The same operation on the same tensors, with other numbers or in another order. */
    ARGUMENTS,
    /** One operation for another. */
    OPERATION,
    /** The same operation on other tensors. */
    OPERANDS,
    /** Several operations for one. */
    CHAIN;

    static Kind of(boolean single, boolean sameOp, Cause cause) {
      if (!single) {
        return CHAIN;
      } else if (!sameOp) {
        return OPERATION;
      }
      boolean tensors = cause == Cause.OTHER_OPERAND || cause == Cause.MISSING_OP;
      return tensors ? OPERANDS : ARGUMENTS;
    }
  }

  @Override
  public List<Suspicion> about(Divergence d) {
    List<Suspicion> found = new ArrayList<>();
    if (d.actualOp().isEmpty()) {
      return found;
    }
    int first = d.actualOp().getAsInt();
    Set<Integer> front = new LinkedHashSet<>(front(d, first));
    int next = first;
    for (int further = 0; further < LONGEST && next >= 0; further++) {
      List<Integer> chain = d.chainTo(next);
      if (chain.isEmpty()) {
        break;
      }
      front.addAll(twins(d, next));
      for (int n : front) {
        propose(d, n, chain, found);
      }
      next = user(d, next);
    }
    return found;
  }

  /** Lines of the reference that the candidate's line {@code c} may stand for. */
  static List<Integer> front(Divergence d, int c) {
    List<Integer> front = new ArrayList<>(twins(d, c));
    d.expected().stream()
        .filter(n -> !d.isLiteral(d.reference(), n) && !front.contains(n))
        .limit(FRONT)
        .forEach(front::add);
    return front;
  }

  /**
   * Lines of the reference that call the same on one of the same tensors, or something else on all
   * of them, whatever comes of it.
   */
  private static List<Integer> twins(Divergence d, int c) {
    OpRecord actual = d.candidate().record(c);
    List<Optional<Value>> inputs =
        actual.sources().mapToObj(d.candidate()::value).filter(Optional::isPresent).toList();
    OpGraph g = d.reference();
    IntStream same =
        IntStream.range(0, g.size())
            .filter(n -> g.record(n).op().equals(actual.op()))
            .filter(n -> g.record(n).sources().anyMatch(s -> inputs.contains(g.value(s))))
            .limit(MOST_TWINS);
    IntStream instead =
        IntStream.range(0, g.size())
            .filter(n -> inputs.size() > 1 && !g.record(n).op().equals(actual.op()))
            .filter(n -> g.record(n).sources().mapToObj(g::value).toList().equals(inputs))
            .limit(MOST_TWINS);
    return IntStream.concat(same, instead).boxed().toList();
  }

  /** True if one operation may stand for the other, or for the end of a chain that it replaces. */
  private static boolean isAkin(Divergence d, int n, List<Integer> chain) {
    return shareAnInput(d, n, chain.get(0))
        || create(d, n, chain)
        || areRecordedAlike(d, n, chain.get(0));
  }

  private static boolean areRecordedAlike(Divergence d, int n, int c) {
    return d.reference().probes().entrySet().stream()
        .filter(probe -> probe.getValue() == n)
        .anyMatch(probe -> Integer.valueOf(c).equals(d.candidate().probes().get(probe.getKey())));
  }

  private static boolean shareAnInput(Divergence d, int n, int c) {
    List<Optional<Value>> inputs =
        d.candidate().record(c).sources().mapToObj(d.candidate()::value).toList();
    return d.reference()
        .record(n)
        .sources()
        .mapToObj(d.reference()::value)
        .anyMatch(inputs::contains);
  }

  /** True if both make a tensor of one shape out of nothing. */
  private static boolean create(Divergence d, int n, List<Integer> chain) {
    OpRecord here = d.reference().record(n);
    OpRecord there = d.candidate().record(chain.get(0));
    return chain.size() == 1
        && here.inputs().isEmpty()
        && there.inputs().isEmpty()
        && here.shape() != null
        && here.shape().equals(there.shape());
  }

  private static int user(Divergence d, int n) {
    return d.candidate().consumers(n).filter(d.actual()::contains).findFirst().orElse(-1);
  }

  /** True if both call the same on the same tensors, so that nothing is exchanged. */
  private static boolean areTheSame(Divergence d, int n, int c) {
    OpRecord here = d.reference().record(n);
    OpRecord there = d.candidate().record(c);
    return here.op().equals(there.op())
        && here.noGrad() == there.noGrad()
        && !AttributeNaming.differ(here, there)
        && there.inputs().stream().allMatch(JsonNode::isInt)
        && there.sources().noneMatch(s -> d.isLiteral(d.candidate(), s))
        && here.sources()
            .mapToObj(d.reference()::value)
            .toList()
            .equals(there.sources().mapToObj(d.candidate()::value).toList());
  }

  private void propose(Divergence d, int n, List<Integer> chain, List<Suspicion> found) {
    OpGraph g = d.reference();
    if (chain.size() == 1 && areTheSame(d, n, chain.get(0))) {
      return;
    }
    String last = d.candidate().record(chain.get(chain.size() - 1)).op();
    ExchangeNaming.Name name = ExchangeNaming.exchanged(d, n, chain);
    boolean sameOp = last.equals(g.record(n).op());
    if (kind != Kind.of(chain.size() == 1, sameOp, name.cause())
        || (kind == Kind.OPERATION && !isAkin(d, n, chain))) {
      return;
    }
    Optional<List<Edit.Step>> steps = Translation.at(d, n).steps(chain);
    if (steps.isEmpty() || ChainNaming.areSeveral(d, d.expectedChainTo(n), chain)) {
      return;
    }
    if (chain.size() == 1) {
      int c = chain.get(0);
      Edit.Step step = steps.get().get(0);
      everyTime(d, g.linesAt(g.site(n)), d.candidate().linesAt(d.candidate().site(c)), step)
          .ifPresent(found::add);
      everyTime(d, g.linesOnLine(n), d.candidate().linesOnLine(c), step).ifPresent(found::add);
    }
    for (Set<Integer> lines : LeftOut.ranges(g, n)) {
      found.add(
          new Suspicion(
              name.cause(),
              name.claim(),
              List.of(new Edit.Replace(lines, steps.get())),
              name.line()));
    }
  }

  /**
   * Each time the place comes by, with the tensors, numbers and literals of that time: a loop over
   * blobs has another constant in each. Where the tensors are others already, they are those that
   * stand where the first time's stand. It is called what it is the first time that the two differ.
   */
  private static Optional<Suspicion> everyTime(
      Divergence d, Set<Integer> here, Set<Integer> there, Edit.Step template) {
    List<Integer> expected = List.copyOf(here);
    List<Integer> actual = List.copyOf(there);
    if (expected.size() != actual.size() || expected.size() < 2) {
      return Optional.empty();
    }
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      Optional<Edit.Step> own =
          Translation.at(d, expected.get(i)).steps(List.of(actual.get(i))).map(s -> s.get(0));
      Edit.@Nullable Step step =
          own.isPresent() ? own.get() : step(d.candidate(), actual.get(i), template);
      if (step == null) {
        return Optional.empty();
      }
      edits.add(new Edit.Replace(Set.of(expected.get(i)), List.of(step)));
    }
    return IntStream.range(0, expected.size())
        .filter(
            i -> !d.reference().value(expected.get(i)).equals(d.candidate().value(actual.get(i))))
        .mapToObj(i -> ExchangeNaming.exchanged(d, expected.get(i), List.of(actual.get(i))))
        .findFirst()
        .map(name -> new Suspicion(name.cause(), name.claim(), edits, name.line()));
  }

  private static Edit.@Nullable Step step(OpGraph c, int line, Edit.Step template) {
    OpRecord record = c.record(line);
    if (record.inputs().size() != template.operands().size()) {
      return null;
    }
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < record.inputs().size(); i++) {
      Operand operand = template.operands().get(i);
      JsonNode input = record.inputs().get(i);
      if (operand instanceof Operand.Plain && !input.isInt()) {
        operands.add(new Operand.Plain(input));
      } else if (operand instanceof Operand.Literal && input.isInt()) {
        Optional<HostTensor> value = c.tensor(input.intValue());
        if (value.isEmpty()) {
          return null;
        }
        operands.add(new Operand.Literal(value.get()));
      } else {
        operands.add(operand);
      }
    }
    return new Edit.Step(record, operands);
  }
}

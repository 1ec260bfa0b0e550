package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;

/**
 * The update uses earlier gradients: {@code v <- m v + g; p <- p - lr v}, as torch.optim.SGD does
 * with momentum m (Source: torch.optim.SGD, PyTorch 2.13). The factor is fitted to the second
 * update, where the difference from the reference is m times the first.
 */
final class Momentum implements Hypothesis {
  private static final MathContext FEW_DIGITS = new MathContext(3);
  private static final double MISFIT = 0.01;

  /** One update of a parameter: the line in place, and the one that scales the gradient. */
  private record Update(int inPlace, int scaled) {}

  @Override
  public List<Suspicion> about(Divergence d) {
    Map<Integer, List<Update>> updates = updates(d.reference());
    OptionalDouble factor = OptionalDouble.empty();
    List<Edit> edits = new ArrayList<>();
    for (Map.Entry<Integer, List<Update>> parameter : updates.entrySet()) {
      if (factor.isEmpty() && parameter.getValue().size() > 1) {
        factor = factor(d, parameter.getKey(), parameter.getValue());
      }
      if (factor.isPresent()) {
        edits.addAll(edits(d.reference(), parameter.getValue(), factor.getAsDouble()));
      }
    }
    return edits.isEmpty()
        ? List.of()
        : List.of(
            new Suspicion(
                Cause.MOMENTUM,
                "v <- %s v + grad, and the step is along v".formatted(factor.getAsDouble()),
                edits));
  }

  /** The updates of each parameter, known by the line that made it, in order. */
  private static Map<Integer, List<Update>> updates(OpGraph g) {
    Map<Integer, List<Update>> updates = new LinkedHashMap<>();
    for (int n = 0; n < g.size(); n++) {
      boolean step =
          g.isInPlace(n) && g.record(g.root(n)).leaf() && g.record(n).source(1).isPresent();
      if (step) {
        int scaled = g.record(n).source(1).getAsInt();
        if (gradient(g, scaled) >= 0) {
          updates.computeIfAbsent(g.root(n), p -> new ArrayList<>()).add(new Update(n, scaled));
        }
      }
    }
    return updates;
  }

  /** Which input of line {@code n} is a gradient; -1 if none is. */
  private static int gradient(OpGraph g, int n) {
    return IntStream.range(0, g.record(n).inputs().size())
        .filter(i -> g.record(n).source(i).isPresent())
        .filter(i -> g.record(g.record(n).source(i).getAsInt()).op().equals("grad"))
        .findFirst()
        .orElse(-1);
  }

  private static OptionalDouble factor(Divergence d, int parameter, List<Update> updates) {
    OpGraph c = d.candidate();
    List<Integer> theirs =
        IntStream.range(0, c.size())
            .filter(n -> c.isInPlace(n) && c.record(c.root(n)).leaf())
            .filter(n -> c.value(c.root(n)).equals(d.reference().value(parameter)))
            .boxed()
            .toList();
    boolean firstAgrees =
        theirs.size() > 1
            && c.value(theirs.get(0)).equals(d.reference().value(updates.get(0).inPlace()));
    return firstAgrees
        ? fit(
            value(d.reference(), updates.get(1).inPlace()),
            value(c, theirs.get(1)),
            value(d.reference(), updates.get(0).scaled()))
        : OptionalDouble.empty();
  }

  /** {@code m} in {@code expected - actual = m * first}, by least squares; empty for a misfit. */
  private static OptionalDouble fit(
      Optional<HostTensor> expected, Optional<HostTensor> actual, Optional<HostTensor> first) {
    if (expected.isEmpty() || actual.isEmpty() || first.isEmpty()) {
      return OptionalDouble.empty();
    }
    double product = 0;
    double square = 0;
    double whole = 0;
    for (int i = 0; i < first.get().numel(); i++) {
      double apart = expected.get().getDouble(i) - actual.get().getDouble(i);
      product += apart * first.get().getDouble(i);
      square += first.get().getDouble(i) * first.get().getDouble(i);
      whole += apart * apart;
    }
    double m = product / square;
    double rest = whole - m * product;
    if (!Double.isFinite(m) || !(rest <= MISFIT * MISFIT * whole)) {
      return OptionalDouble.empty();
    }
    double factor = new BigDecimal(m).round(FEW_DIGITS).doubleValue();
    boolean stale = factor == 1; // gradients that add up, which is another mistake
    return factor == 0 || stale ? OptionalDouble.empty() : OptionalDouble.of(factor);
  }

  private static Optional<HostTensor> value(OpGraph g, int n) {
    try {
      return g.log().value(n);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Edit> edits(OpGraph g, List<Update> updates, double m) {
    List<Edit> edits = new ArrayList<>();
    for (int k = 0; k < updates.size(); k++) {
      int scaled = updates.get(k).scaled();
      int input = gradient(g, scaled);
      Operand gradient = new Operand.Path(List.of(input));
      List<Edit.Step> steps =
          k == 0
              ? List.of(step("clone", gradient)) // the gradient itself is cleared in place
              : List.of(
                  step(
                      "mul",
                      new Operand.Before(updates.get(k - 1).scaled(), k == 1 ? 0 : 1),
                      number(m)),
                  step("add", new Operand.Earlier(0), gradient));
      edits.add(new Edit.Before(Set.of(scaled), input, steps));
    }
    return edits;
  }

  private static Edit.Step step(String op, Operand... operands) {
    return new Edit.Step(OpRecord.of(op, List.of(), Map.of()), List.of(operands));
  }

  private static Operand number(double m) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return new Operand.Plain(json.objectNode().set("number", json.numberNode(m)));
  }
}

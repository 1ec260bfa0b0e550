package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import torchparity.cases.OpRecord;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Programs.Program;

/** Changes to small programs that a test proposes, and the programs. */
final class Changes {
  private Changes() {}

  static Tensor call(Torch t, String op, Tensor x) {
    return t.call(OpCatalogue.find(op).orElseThrow(), Arguments.of(x));
  }

  /** Line 0 draws, line 1 multiplies. */
  static Program times(double factor) {
    return (t, log) -> log.probe("x", t.mul(t.randn(3), factor));
  }

  static Edit.Step step(String op, Operand... operands) {
    return new Edit.Step(OpRecord.of(op, List.of(), Map.of()), List.of(operands));
  }

  /** The call of a line, with nothing given to it. */
  static Edit.Step call(OpGraph g, int n) {
    return new Edit.Step(g.record(n), List.of());
  }

  static Operand number(double number) {
    return new Operand.Plain(JsonNodeFactory.instance.objectNode().put("number", number));
  }

  static Operand input(Integer... path) {
    return new Operand.Path(List.of(path));
  }

  static Suspicion instead(Cause cause, String claim, int line, Edit.Step... steps) {
    return new Suspicion(cause, claim, List.of(new Edit.Replace(Set.of(line), List.of(steps))));
  }

  static Suspicion factor(Cause cause, double factor) {
    return instead(cause, "times " + factor, 1, step("mul", input(0), number(factor)));
  }
}

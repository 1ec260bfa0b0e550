package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import torchparity.cases.HostTensor;

/** What stands in the place of an argument, in an operation that an edit puts into a log. */
sealed interface Operand {
  /** An ancestor of the edited line: input by input from there, such as input 1 of input 0. */
  record Path(List<Integer> inputs) implements Operand {
    public Path {
      inputs = List.copyOf(inputs);
    }
  }

  /** The result of one line of the log, the same for every edited line. */
  record Line(int number) implements Operand {}

  /** The result of an earlier step of the same edit. */
  record Earlier(int step) implements Operand {}

  /** The result of a step that another edit puts before {@code line}, which comes earlier. */
  record Before(int line, int step) implements Operand {}

  /** What the edited line itself gives. */
  record Self() implements Operand {}

  record Literal(HostTensor value) implements Operand {}

  /** A plain number, as the log has it. */
  record Plain(JsonNode input) implements Operand {}
}

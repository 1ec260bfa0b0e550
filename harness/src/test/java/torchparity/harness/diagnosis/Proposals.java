package torchparity.harness.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import torchparity.cases.HostTensor;

/** Suspicions in words, with the changes to the reference that are to prove them. */
final class Proposals {
  private Proposals() {}

  /** A line for each suspicion, as in {@code SIGN 3: claim}, and one for each of its changes. */
  static String of(Suspicion... suspicions) {
    return of(List.of(suspicions));
  }

  static String of(List<Suspicion> suspicions) {
    List<String> lines = new ArrayList<>();
    for (Suspicion s : suspicions) {
      String line = s.line().isPresent() ? " " + s.line().getAsInt() : "";
      lines.add("%s%s: %s".formatted(s.cause().name(), line, s.claim()));
      s.edits().forEach(edit -> lines.add("  " + text(edit)));
    }
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  /** Operations one after the other, each with where its arguments come from. */
  static String of(Edit.Step... steps) {
    return Stream.of(steps).map(Proposals::text).collect(Collectors.joining(", "));
  }

  private static String text(Edit edit) {
    String lines = new TreeSet<>(edit.lines()).toString();
    String steps = of(edit.steps().toArray(Edit.Step[]::new));
    if (edit instanceof Edit.Bypass bypass) {
      return "bypass %s by input %d".formatted(lines, bypass.input());
    } else if (edit instanceof Edit.Before before) {
      return "before input %d of %s: %s".formatted(before.input(), lines, steps);
    } else if (edit instanceof Edit.Value value) {
      return "value of %s: %s".formatted(lines, numbers(value.value()));
    } else if (edit instanceof Edit.Reorder reorder) {
      return "in the order of " + reorder.order();
    }
    return "%s %s: %s".formatted(edit instanceof Edit.After ? "after" : "replace", lines, steps);
  }

  private static String text(Edit.Step step) {
    List<String> arguments = new ArrayList<>();
    step.operands().forEach(operand -> arguments.add(text(operand)));
    step.call().attributes().forEach((name, value) -> arguments.add(name + "=" + value));
    return "%s(%s)".formatted(step.call().op(), String.join(", ", arguments));
  }

  private static String text(Operand operand) {
    if (operand instanceof Operand.Path path) {
      return "input "
          + path.inputs().stream().map(String::valueOf).collect(Collectors.joining("."));
    } else if (operand instanceof Operand.Line line) {
      return "line " + line.number();
    } else if (operand instanceof Operand.Earlier earlier) {
      return "step " + earlier.step();
    } else if (operand instanceof Operand.Before before) {
      return "step %d at %d".formatted(before.step(), before.line());
    } else if (operand instanceof Operand.Literal literal) {
      return numbers(literal.value());
    }
    return operand instanceof Operand.Plain plain
        ? plain.input().path("number").asText()
        : "itself";
  }

  private static String numbers(HostTensor value) {
    return IntStream.range(0, value.numel())
        .mapToObj(i -> String.valueOf(value.getDouble(i)))
        .collect(Collectors.joining(" ", "[", "]"));
  }
}

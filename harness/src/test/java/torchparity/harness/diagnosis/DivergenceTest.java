package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpLogWriter;
import torchparity.cases.OpRecord;

class DivergenceTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @TempDir Path folder;

  /** A line of a program; its value stands for a result. */
  private record Line(String op, double value, List<Integer> inputs) {}

  private OpGraph graph(String name, Line... lines) throws Exception {
    try (OpLogWriter writer = new OpLogWriter(folder.resolve(name))) {
      for (Line line : lines) {
        List<JsonNode> inputs = line.inputs.stream().<JsonNode>map(JSON::numberNode).toList();
        boolean probe = line.op.equals(OpRecord.PROBE);
        Map<String, JsonNode> attributes = probe ? Map.of("name", JSON.textNode("p")) : Map.of();
        @Nullable HostTensor result = probe ? null : HostTensor.ofDoubles(List.of(), line.value);
        writer.append(OpRecord.of(line.op, inputs, attributes), result);
      }
    }
    return new OpGraph(OpLog.read(folder.resolve(name)).orElseThrow());
  }

  @Test
  void namesTheFirstOperationWithOtherBits() throws Exception {
    OpGraph reference =
        graph("r", line("randn", 1), line("mean", 2, 0), line("neg", -2, 1), probe(2));
    OpGraph candidate =
        graph("c", line("randn", 1), line("sum", 4, 0), line("neg", -4, 1), probe(2));

    Divergence d = Divergence.between(reference, candidate);

    assertThat(d.expectedOp()).hasValue(1);
    assertThat(d.actualOp()).hasValue(1);
    assertThat(candidate.record(d.actual().first()).op()).isEqualTo("sum");
  }

  @Test
  void countsAProbeThatDisagreesThoughBothSidesHaveBothValues() throws Exception {
    OpGraph reference = graph("r", line("randn", 1), line("neg", -1, 0), probe(1));
    OpGraph same = graph("s", line("randn", 1), line("neg", -1, 0), probe(1));
    OpGraph candidate = graph("c", line("randn", 1), line("neg", -1, 0), probe(0));

    assertThat(Divergence.between(reference, same).size()).isZero();
    assertThat(Divergence.between(reference, candidate).size()).isEqualTo(2);
  }

  @Test
  void takesADetourToTheSameValueForADifferenceOfForm() throws Exception {
    OpGraph reference = graph("r", line("randn", 1), line("neg", -1, 0), probe(1));
    OpGraph candidate =
        graph(
            "c",
            line("randn", 1),
            line("mul", 2, 0),
            line("div", 1, 1),
            line("neg", -1, 2),
            probe(3));

    assertThat(Divergence.between(reference, candidate).isNone()).isTrue();
  }

  @Test
  void ignoresAResultThatNothingUses() throws Exception {
    OpGraph reference = graph("r", line("randn", 1), probe(0));
    OpGraph candidate = graph("c", line("randn", 1), line("exp", 2.7, 0), probe(0));

    assertThat(Divergence.between(reference, candidate).isNone()).isTrue();
  }

  @Test
  void noticesAProbeOfAnotherTensor() throws Exception {
    OpGraph reference = graph("r", line("randn", 1), line("neg", -1, 0), probe(1));
    OpGraph candidate = graph("c", line("randn", 1), line("neg", -1, 0), probe(0));

    Divergence d = Divergence.between(reference, candidate);

    assertThat(d.isNone()).isFalse();
    assertThat(d.otherProbe()).hasValue("p");
  }

  @Test
  void seesAProbeThatTheCandidateNeverReached() throws Exception {
    OpGraph reference = graph("r", line("randn", 1), line("neg", -1, 0), probe(1));
    OpGraph candidate = graph("c", line("randn", 1));

    assertThat(Divergence.between(reference, candidate).expectedOp()).hasValue(1);
  }

  private static Line line(String op, double value, int... inputs) {
    return new Line(op, value, Arrays.stream(inputs).boxed().toList());
  }

  private static Line probe(int input) {
    return new Line(OpRecord.PROBE, 0, List.of(input));
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import torchparity.cases.OpRecord;

class OwnersTest {
  private static OpRecord op(String name, int... inputs) {
    List<JsonNode> lines =
        IntStream.of(inputs)
            .mapToObj(n -> (JsonNode) JsonNodeFactory.instance.numberNode(n))
            .toList();
    return OpRecord.of(name, lines, Map.of());
  }

  @Test
  void followsAnUpdateToItsParameter() {
    Owners owners =
        new Owners(
            List.of(
                op("tensor"),
                op("tensor"),
                op("grad", 0),
                op("mul", 2),
                op("sub_", 0, 3),
                op("grad", 4),
                op("mul_", 3),
                op("neg", 1)));

    assertThat(IntStream.range(0, 8).map(owners::owner)).containsExactly(0, 1, 0, 0, 0, 0, 0, 7);
    assertThat(IntStream.range(0, 8).map(owners::root)).containsExactly(0, 1, 2, 3, 0, 5, 3, 7);
  }

  @Test
  void callsNoOperatorOfPythonInPlace() {
    assertThat(Owners.isInPlace(op("__and__", 0, 1))).isFalse();
    assertThat(Owners.isInPlace(op("zero_", 0))).isTrue();
    assertThat(Owners.isInPlace(op("zero_"))).isFalse();
  }
}

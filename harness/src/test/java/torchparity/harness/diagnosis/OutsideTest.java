package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.OpRecord;

/** Numbers that a program has read from results, and makes a tensor of. */
class OutsideTest {
  @TempDir Path folder;

  private OpGraph graph(String lines) throws Exception {
    return new WrittenLogs(folder).graph(lines);
  }

  @Test
  void takesATensorOfResultsForAStackOfThem() throws Exception {
    OpGraph g =
        graph(
            "randn -> [1 2] | mean 0 -> 1.5 | sum 0 -> 3 | sum 0 -> 3"
                + " | tensor @a.py:9 -> [3 1.5 3]");

    OpRecord stack = g.record(4);

    assertThat(stack.op()).isEqualTo("stack");
    assertThat(stack.sources()).containsExactly(3, 1, 3);
    assertThat(stack.place()).isEqualTo("a.py:9");
    assertThat(stack.noGrad()).isTrue();
    assertThat(Outside.isStack(g, 4)).isTrue();
    assertThat(Outside.isStack(g, 3)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "randn -> [1 2] | mean 0 -> 1.5 | tensor -> [1.5 3]", // one is not known
        "randn -> [1 2] | mean 0 -> 1.5 | tensor -> 1.5",
        "randn -> [1 2] | mean 0 -> 1.5 | tensor -> []",
        "randn -> [1 2] | mean 0 -> 1.5 | full -> [1.5 1.5]",
        "randn -> [1 2] | mean 0 -> [1.5] | tensor -> [1.5 1.5]", // no single number
        "randn -> [1 2] | mean -> 1.5 | tensor -> [1.5 1.5]", // computed from nothing
        "randn -> [1 2] | sum 0 -> int64 3 | tensor -> int64 [3 3]",
        "randn -> [1 2] | sum 0 -> int64 3 | tensor -> [3 3]",
        "randn -> [1 2] | sum 0 -> 3 | tensor -> int64 [3 3]",
        "randn -> [1 2] | sum 0 -> 0 | tensor -> [0 -0.0]", // other bits
        "randn -> [1 2] | sum 0 -> 3 | tensor !refused",
      })
  void leavesOtherTensorsAlone(String lines) throws Exception {
    OpGraph g = graph(lines);

    assertThat(g.record(2).op()).isNotEqualTo("stack");
    assertThat(g.record(2).inputs()).isEmpty();
  }

  @Test
  void knowsAStackOfTensorsFromOneOfNumbers() throws Exception {
    OpGraph g =
        graph("randn -> [1] | stack 0 0 -> [1 / 1] | randn -> 1 | stack 2 0 -> [1 1] | cat 2 -> 1");

    assertThat(Outside.isStack(g, 1)).isFalse();
    assertThat(Outside.isStack(g, 3)).isFalse();
    assertThat(Outside.isStack(g, 4)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "tensor -> 5, true",
    "linspace -> 5, true",
    "exp 0 -> 5, false",
    "randn -> 5, false",
    "neg 0 -> 1, false",
  })
  void followsFromEarlierDifferencesIfItTakesNumbersAlone(String line, boolean follows)
      throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                "randn -> 1 | neg 0 -> -1 | probe 0 name=x",
                "randn -> 1 | %s | probe 1 name=x".formatted(line));

    assertThat(Outside.mayFollow(d)).isEqualTo(follows);
  }
}

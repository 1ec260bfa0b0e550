package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpRecord;
import torchparity.cases.TraceWriter;
import torchparity.harness.diagnosis.OpGraph.Site;

/** What a log says about the lines of a program. */
class OpGraphTest {
  @TempDir Path folder;

  private OpGraph graph(String lines) throws Exception {
    return new WrittenLogs(folder).graph(lines);
  }

  @Test
  void hasTheResultsOfLines() throws Exception {
    OpGraph g = graph("randn -> [1 2] | neg 0 -> [-1 -2] | backward 1 | exp 0 !refused");

    assertThat(g.value(0).orElseThrow().shape()).containsExactly(2L);
    assertThat(g.value(0)).isNotEqualTo(g.value(1));
    assertThat(g.value(2)).isEmpty();
    assertThat(g.value(3)).isEmpty();
    assertThat(g.tensor(1).orElseThrow().getDouble(1)).isEqualTo(-2);
    assertThat(g.tensor(2)).isEmpty();
    assertThat(g.has(g.value(1).orElseThrow())).isTrue();
    assertThat(graph("randn -> 5").has(g.value(1).orElseThrow())).isFalse();
  }

  @Test
  void countsTheAnswerBeforeThereIsAGradientAsAResult() throws Exception {
    OpGraph g = graph("randn leaf -> 1 | grad 0 | grad 0 !refused | mean 0");

    assertThat(g.value(1).orElseThrow().dtype()).isEqualTo("none");
    assertThat(g.value(2)).isEmpty();
    assertThat(g.value(3)).isEmpty();
  }

  @Test
  void tellsCallsOnOneLineApart() throws Exception {
    OpGraph g =
        graph(
            """
            randn @a.py:1 -> 1
            mul 0 #2 @a.py:2 -> 2
            add 1 #2 @a.py:2 -> 4
            mul 2 #2 @a.py:2 -> 8
            mul 3 #2 @a.py:3 -> 16
            mul 4 #2 @a.py:2 -> 32
            """);

    assertThat(List.of(g.site(1), g.site(2), g.site(3), g.site(4), g.site(5)))
        .containsExactly(
            new Site("a.py:2", "mul", 0),
            new Site("a.py:2", "add", 0),
            new Site("a.py:2", "mul", 1),
            new Site("a.py:3", "mul", 0),
            new Site("a.py:2", "mul", 0)); // the next time through a loop
    assertThat(g.linesAt(g.site(5))).containsExactly(1, 5);
    assertThat(g.linesOnLine(5)).containsExactly(1, 3, 5);
  }

  @Test
  void knowsWhatIsRecorded() throws Exception {
    OpGraph g = graph("randn -> 1 | neg 0 -> -1 | probe 1 name=x | probe 0 | probe name=y");

    assertThat(g.probes()).containsExactly(entry("x", 1), entry("y", 4));
    assertThat(g.recorded("x").orElseThrow().getDouble(0)).isEqualTo(-1);
    assertThat(g.recorded("z")).isEmpty();
  }

  @Test
  void readsWhatIsTooLargeForALogFromTheTrace() throws Exception {
    OpGraph g = graph("randn -> 1 | backward 0 | probe 1 name=large | probe 0 name=small");
    TraceWriter trace = new TraceWriter(g.log().folder(), "case");
    trace.probe("large", HostTensor.ofFloats(List.of(), 5));
    trace.probe("small", HostTensor.ofFloats(List.of(), 6));

    assertThat(g.recorded("large")).isEmpty(); // the program is still at it
    trace.finish(Map.of());
    assertThat(g.recorded("large").orElseThrow().getDouble(0)).isEqualTo(5);
    assertThat(g.recorded("small").orElseThrow().getDouble(0)).isEqualTo(1);
  }

  @Test
  void countsCalls() throws Exception {
    OpGraph g = graph("randn -> 1 | neg 0 -> -1 | neg 1 -> 1");

    assertThat(g.size()).isEqualTo(3);
    assertThat(g.count("neg")).isEqualTo(2);
    assertThat(g.calls("neg")).isTrue();
    assertThat(g.calls("exp")).isFalse();
  }

  @Test
  void findsTheLastLineWithAResult() throws Exception {
    OpGraph g = graph("randn -> 1 | neg 0 -> -1 | neg 1 -> 1 | neg 2 -> -1 | backward 3");
    OpGraph.Value one = g.value(0).orElseThrow();

    assertThat(g.lastLineBefore(5, one)).hasValue(2);
    assertThat(g.lastLineBefore(3, one)).hasValue(2);
    assertThat(g.lastLineBefore(2, one)).hasValue(0);
    assertThat(g.lastLineBefore(1, one)).hasValue(0);
    assertThat(g.lastLineBefore(0, one)).isEmpty();
    assertThat(g.lastLineBefore(3, g.value(1).orElseThrow())).hasValue(1);
    assertThat(g.lastLineBefore(1, g.value(1).orElseThrow())).isEmpty();
    assertThat(g.lastLineBefore(5, graph("randn -> 7").value(0).orElseThrow())).isEmpty();
  }

  @Test
  void findsWhatUsesALine() throws Exception {
    OpGraph g = graph("randn -> 1 | neg 0 -> -1 | add 1 0 -> 0 | exp 1 -> 3");

    assertThat(g.consumers(0)).containsExactly(1, 2);
    assertThat(g.consumers(1)).containsExactly(2, 3);
    assertThat(g.consumers(3)).isEmpty();
  }

  @Test
  void followsATensorThroughChangesInPlace() throws Exception {
    OpGraph g = graph("randn -> 1 | sub_ 0 #1 -> 0 | sub_ 1 #1 -> -1 | neg 2 -> 1 | sub_ #1 -> 5");

    assertThat(g.root(2)).isZero();
    assertThat(g.root(3)).isEqualTo(3);
    assertThat(g.root(4)).isEqualTo(4);
  }

  @Test
  void takesATrailingUnderscoreForInPlace() throws Exception {
    OpGraph g = graph("randn_ -> 1 | sub_ 0 #1 -> 0 | __and__ 0 -> 0 | sub 0 #1 -> 0");

    assertThat(List.of(g.isInPlace(0), g.isInPlace(1), g.isInPlace(2), g.isInPlace(3)))
        .containsExactly(false, true, false, false);
  }

  @Test
  void knowsWhetherItEndsInAFailure() throws Exception {
    assertThat(graph("randn -> 1 | exp 0 !refused").endsInFailure()).isTrue();
    assertThat(new OpGraph(new OpLog(folder, List.of())).endsInFailure()).isFalse();
    assertThat(graph("randn -> 1 | exp 0 !refused | neg 0 -> -1").endsInFailure()).isFalse();
  }

  /** Two parameters that are updated on the same lines. */
  private static final String TRAINED =
      """
      randn leaf @a.py:1 -> 1
      randn leaf @a.py:1 -> 2
      mul 0 1 @a.py:2 -> 2
      backward 2 @a.py:3
      grad 0 @a.py:4 -> 2
      mul 4 #0.1 @a.py:4 -> 0.2
      sub_ 0 5 @a.py:4 -> 0.8
      grad 1 @a.py:5 -> 1
      mul 7 #0.1 @a.py:4 -> 0.1
      sub_ 1 8 @a.py:4 -> 1.9
      zero_ 4 @a.py:6 -> 0
      grad 6 @a.py:7 -> 0
      neg 2 @a.py:8 -> -2
      grad @a.py:9 -> 7
      """;

  @Test
  void knowsTheParameterThatAStepBelongsTo() throws Exception {
    OpGraph g = graph(TRAINED);

    assertThat(List.of(g.owner(4), g.owner(5), g.owner(6), g.owner(9), g.owner(10), g.owner(11)))
        .containsExactly(0, 0, 0, 1, 0, 0);
    assertThat(List.of(g.owner(2), g.owner(12), g.owner(13))).containsExactly(2, 12, 13);
    assertThat(g.linesAt(g.site(6))).containsExactly(6, 9);
    assertThat(g.linesOfOwner(6)).containsExactly(6);
    assertThat(g.linesOfOwner(9)).containsExactly(9);
  }

  /** As a stranger can write it; nobody's program is so. */
  @Test
  void followsGradientsOfGradientsHoweverMany() {
    List<OpRecord> chain = new ArrayList<>();
    chain.add(OpRecord.of("randn", List.of(), Map.of()));
    for (int n = 1; n < 100_000; n++) {
      JsonNode before = JsonNodeFactory.instance.numberNode(n - 1);
      chain.add(OpRecord.of(n % 2 == 0 ? "grad" : "neg_", List.of(before), Map.of()));
    }

    OpGraph g = new OpGraph(new OpLog(folder, chain));

    assertThat(g.owner(99_999)).isZero();
  }

  @Test
  void hasAGradientDependOnWhatWasDoneToItBefore() throws Exception {
    OpGraph g = graph(TRAINED);

    assertThat(g.dependencies(2)).containsExactly(0, 1);
    assertThat(g.dependencies(4)).containsExactly(0, 3);
    assertThat(g.dependencies(7)).containsExactly(1, 3);
    assertThat(g.dependencies(11)).containsExactly(6, 3, 10);
    assertThat(g.dependencies(13)).containsExactly(3);
  }

  @Test
  void leavesTheGradientsOfOthersAlone() throws Exception {
    OpGraph g =
        graph(
            """
            randn leaf -> 1
            randn leaf -> 2
            grad 0 -> 3
            zero_ 2 -> 0
            grad 1 -> 4
            sub_ 1 #1 -> 1
            grad -> 4
            zero_ 6 -> 0
            grad 1 -> 5
            """);

    assertThat(g.dependencies(8)).containsExactly(1);
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.Diagnosis.Call;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** How a call is written out. */
class FindingsTextTest {
  private static final Line DRAW = line("randn").gives(1, 2);

  @TempDir Path folder;

  private String text(Line line) throws Exception {
    HostTensor whole = HostTensor.ofLongs(List.of(2L, 3L), 1, 2, 3, 4, 5, 6);
    OpGraph g = new WrittenLogs(folder).graph(List.of(DRAW, line("ones").gives(whole), line));
    return Findings.call(g, 2).text();
  }

  @Test
  void writesACallAsItsArgumentsAndItsResult() throws Exception {
    assertThat(text(line("mul", 0, 0.5).gives(3, 4))).isEqualTo("mul([2], 0.5) -> [2]");
    assertThat(text(line("sum", 1).with("dim", 1).with("opaque", true).gives(7)))
        .isEqualTo("sum(int64[2, 3], dim=1) -> []");
    assertThat(text(line("backward", 0))).isEqualTo("backward([2])");
  }

  @Test
  void showsTheBeginningOfLongArguments() throws Exception {
    assertThat(text(line("full").with("a", "x".repeat(46))))
        .isEqualTo("full(a=\"%s\")".formatted("x".repeat(46)));
    assertThat(text(line("full").with("a", "x".repeat(47))))
        .isEqualTo("full(a=\"%s…)".formatted("x".repeat(46)));
  }

  @Test
  void tellsNumbersThatArePutTogetherAsATensor() throws Exception {
    List<Line> log =
        List.of(
            line("mean", 0.5).gives(1),
            line("stack", 0, 0).gives(1, 1),
            line("stack", 1, 1).gives(2, 2));
    OpGraph g = new WrittenLogs(folder).graph(log);

    assertThat(Findings.call(g, 1))
        .isEqualTo(new Call("tensor", "port.py", 2, "tensor([], []) -> [2]", null));
    assertThat(Findings.call(g, 2).op()).isEqualTo("stack");
  }

  @Test
  void saysWhereAProgramEnds() throws Exception {
    WrittenLogs logs = new WrittenLogs(folder);
    Line fails = line("mm", 0, 0).failed("no matrix");

    assertThat(Findings.failure(logs.graph(List.of(DRAW, fails))))
        .isEqualTo("it ends in `mm([2], [2])` at port.py:2: no matrix");
    assertThat(Findings.failure(logs.graph(List.of(DRAW)))).isEmpty();
  }
}

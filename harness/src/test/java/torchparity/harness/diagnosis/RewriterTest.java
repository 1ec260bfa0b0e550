package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static torchparity.harness.diagnosis.Changes.input;
import static torchparity.harness.diagnosis.Changes.step;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpRecord;

/** The logs that are replayed: the reference, changed. */
class RewriterTest {
  private static final HostTensor SEVEN = HostTensor.ofFloats(List.of(), 7);

  @TempDir Path folder;
  private OpGraph program;

  @BeforeEach
  void writeAProgram() throws Exception {
    program =
        new WrittenLogs(folder)
            .graph(
                """
                randn @a.py:1 -> 1
                tensor @a.py:2 -> 2
                mul 0 1 @a.py:3 -> 2
                add 2 #0.5 alpha=3 no_grad @a.py:4 -> 3
                grad 0 @a.py:5 -> 4
                probe 3 name=x @a.py:6
                """);
  }

  /** What is written: each line's call, arguments, place and, if it is kept, value. */
  private List<String> written(Edit... edits) throws Exception {
    Path out = Files.createTempDirectory(folder, "out");
    Rewriter.write(program, List.of(edits), out);
    return lines(OpLog.read(out).orElseThrow());
  }

  private static List<String> lines(OpLog log) throws Exception {
    List<String> lines = new ArrayList<>();
    for (int n = 0; n < log.records().size(); n++) {
      OpRecord r = log.records().get(n);
      String value = log.value(n).map(v -> " -> " + v.getDouble(0)).orElse("");
      lines.add("%s%s %s%s".formatted(r.op(), r.inputs(), r.place(), value));
    }
    return lines;
  }

  @Test
  void keepsTheValuesThatAReplayCannotCompute() throws Exception {
    assertThat(written())
        .containsExactly(
            "randn[] a.py:1",
            "tensor[] a.py:2 -> 2.0",
            "mul[0, 1] a.py:3",
            "add[2, {\"number\":0.5}] a.py:4",
            "grad[0] a.py:5 -> 4.0",
            "probe[3] a.py:6");
  }

  @Test
  void keepsTheValuesOfOperationsThatTheReplayDidNotKnow() throws Exception {
    program = new WrittenLogs(folder).graph("randn -> 1 | fft 0 opaque=true -> 5 | given -> 6");

    assertThat(written()).containsExactly("randn[] ", "fft[0]  -> 5.0", "given[]  -> 6.0");
  }

  @Test
  void keepsEveryValueOfTheRecordedLog() throws Exception {
    Path out = folder.resolve("recorded");
    Rewriter.writeRecorded(program, out);
    OpLog log = OpLog.read(out).orElseThrow();

    assertThat(lines(log)).contains("mul[0, 1] a.py:3 -> 2.0", "probe[3] a.py:6");
    assertThat(log.records().get(3).attributes()).containsKey("alpha");
    assertThat(log.records().get(3).noGrad()).isTrue();
  }

  @Test
  void bypassesALine() throws Exception {
    assertThat(written(new Edit.Bypass(Set.of(2), 1)))
        .containsExactly(
            "randn[] a.py:1",
            "tensor[] a.py:2 -> 2.0",
            "add[1, {\"number\":0.5}] a.py:4",
            "grad[0] a.py:5 -> 4.0",
            "probe[2] a.py:6");
  }

  @Test
  void givesALiteralAnotherValue() throws Exception {
    assertThat(written(new Edit.Value(Set.of(1), SEVEN)))
        .contains("tensor[] a.py:2 -> 7.0", "mul[0, 1] a.py:3");
  }

  @Test
  void replacesALineByOthersAtItsPlace() throws Exception {
    Operand plain = new Operand.Plain(JsonNodeFactory.instance.objectNode().put("number", 9));

    assertThat(
            written(
                new Edit.Replace(
                    Set.of(3),
                    List.of(
                        step("neg", input(0, 0)),
                        step("cat", new Operand.Earlier(0), new Operand.Line(1), plain),
                        step("sub", new Operand.Earlier(0), new Operand.Literal(SEVEN))))))
        .containsExactly(
            "randn[] a.py:1",
            "tensor[] a.py:2 -> 2.0",
            "mul[0, 1] a.py:3",
            "neg[0] a.py:4",
            "cat[3, 1, {\"number\":9}] a.py:4",
            "tensor[]  -> 7.0",
            "sub[3, 5] a.py:4",
            "grad[0] a.py:5 -> 4.0",
            "probe[6] a.py:6");
  }

  @Test
  void putsOperationsBeforeALineAndAfterIt() throws Exception {
    assertThat(
            written(
                new Edit.Before(Set.of(2), 1, List.of(step("neg", input(1)))),
                new Edit.After(Set.of(3), List.of(step("exp", new Operand.Self())))))
        .containsExactly(
            "randn[] a.py:1",
            "tensor[] a.py:2 -> 2.0",
            "neg[1] a.py:3",
            "mul[0, 2] a.py:3",
            "add[3, {\"number\":0.5}] a.py:4",
            "exp[4] a.py:4",
            "grad[0] a.py:5 -> 4.0",
            "probe[4] a.py:6");
  }

  @Test
  void usesWhatAnotherEditPutInBefore() throws Exception {
    assertThat(
            written(
                new Edit.Before(
                    Set.of(2),
                    0,
                    List.of(step("neg", input(0)), step("exp", new Operand.Earlier(0)))),
                new Edit.Before(
                    Set.of(3), 0, List.of(step("sub", input(0), new Operand.Before(2, 0))))))
        .contains("neg[0] a.py:3", "exp[2] a.py:3", "mul[3, 1] a.py:3", "sub[4, 2] a.py:4")
        .contains("add[5, {\"number\":0.5}] a.py:4");
  }

  @Test
  void putsLinesInAnotherOrder() throws Exception {
    assertThat(written(new Edit.Reorder(List.of(1, 0))))
        .startsWith("tensor[] a.py:2 -> 2.0", "randn[] a.py:1", "mul[1, 0] a.py:3");
  }

  @Test
  void refusesWaysThatDoNotExist() {
    String noWay = "the way to an argument does not exist here";

    assertThatThrownBy(() -> written(new Edit.Bypass(Set.of(0), 0))).hasMessage(noWay);
    assertThatThrownBy(() -> written(new Edit.Before(Set.of(3), 1, List.of(step("neg", input(0))))))
        .hasMessage(noWay);
    assertThatThrownBy(
            () -> written(new Edit.Replace(Set.of(3), List.of(step("neg", input(0, 2))))))
        .hasMessage(noWay);
  }

  @Test
  void refusesArgumentsThatAreNotThereYet() {
    Edit none = new Edit.Replace(Set.of(2), List.of(step("neg", new Operand.Self())));

    Edit later = new Edit.Replace(Set.of(2), List.of(step("neg", new Operand.Line(3))));

    for (Edit edit : List.of(none, later)) {
      assertThatThrownBy(() -> written(edit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("an argument is not there yet at a.py:3");
    }
    assertThatThrownBy(() -> written(new Edit.Reorder(List.of(2, 1, 0))))
        .hasMessage("an argument is not there yet at a.py:3");
  }

  @Test
  void refusesALiteralWithoutAValue() {
    assertThatThrownBy(() -> written(new Edit.Replace(Set.of(3), List.of(step("tensor")))))
        .hasMessage("a literal is an operand, not a step");
  }
}

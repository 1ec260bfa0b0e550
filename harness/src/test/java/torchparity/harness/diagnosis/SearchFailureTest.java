package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static torchparity.harness.diagnosis.Changes.call;
import static torchparity.harness.diagnosis.Changes.factor;
import static torchparity.harness.diagnosis.Changes.input;
import static torchparity.harness.diagnosis.Changes.instead;
import static torchparity.harness.diagnosis.Changes.number;
import static torchparity.harness.diagnosis.Changes.step;
import static torchparity.harness.diagnosis.Changes.times;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.engine.tensor.TorchException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Programs.Program;
import torchparity.harness.diagnosis.Search.Result;

/** Programs that end in a failure, and replays that do. */
class SearchFailureTest {
  @TempDir Path folder;

  private Result search(Program reference, Program candidate, Suspicion... suspicions)
      throws Exception {
    return new Programs(folder).search(List.of(d -> List.of(suspicions)), reference, candidate);
  }

  /** The product of a vector with itself is refused. */
  private static void refused(Torch t, OpLogger log) {
    Tensor x = t.randn(3);
    assertThatThrownBy(() -> t.mm(x, x)).isInstanceOf(TorchException.class);
  }

  @Test
  void isSureOfAChangeThatIsRefusedAlike() throws Exception {
    Result found =
        search(
            times(2),
            SearchFailureTest::refused,
            instead(Cause.OTHER_OP, "alike", 1, step("mm", input(0), input(0))));

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).extracting(Finding::claim).containsExactly("alike");
  }

  /** It ended outside of torch: its log says nothing of a failure. */
  @Test
  void isSureOfAChangeAfterWhichTheReferenceEndsWhereTheCandidateDoes() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor column = t.unsqueeze(t.randn(3), 1);
          log.probe("x", t.mm(column, t.t(column)));
        };
    Program candidate = (t, log) -> call(t, "abs", t.randn(3));

    Result found =
        search(reference, candidate, instead(Cause.OTHER_OP, "ends", 1, step("abs", input(0))));

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).extracting(Finding::claim).containsExactly("ends");
  }

  @Test
  void tellsAFailureOnce() throws Exception {
    Result found = search(times(2), SearchFailureTest::refused);

    assertThat(found.findings().get(0).actual())
        .extracting(Diagnosis.Call::text)
        .isEqualTo("mm([3], [3])");
    assertThat(found.note()).isEmpty();
  }

  @Test
  void tellsAFailureThatComesLater() throws Exception {
    Result found =
        search(
            times(2),
            (t, log) -> {
              Tensor x = call(t, "cos", t.randn(3));
              assertThatThrownBy(() -> t.mm(x, x)).isInstanceOf(TorchException.class);
            });

    assertThat(found.note()).startsWith("it ends in `mm([3], [3])` at SearchFailureTest.java:");
  }

  /** It leads further, and nothing comes after it. */
  @Test
  void goesOnWithWhatDoesNotBreakOff() throws Exception {
    Program candidate =
        (t, log) -> {
          Tensor x = call(t, "cos", t.randn(3));
          log.probe("x", call(t, "sin", x));
          log.probe("y", t.mul(t.randn(3), 3));
        };
    Program reference =
        (t, log) -> {
          log.probe("x", call(t, "abs", t.randn(3)));
          log.probe("y", t.mul(t.randn(3), 2));
        };
    Suspicion broken =
        instead(
            Cause.CAST,
            "broken",
            1,
            step("cos", input(0)),
            step("mm", new Operand.Earlier(0), input(0)));
    Suspicion right =
        instead(
            Cause.OTHER_OP, "right", 1, step("cos", input(0)), step("sin", new Operand.Earlier(0)));
    Suspicion last = instead(Cause.SCALE, "last", 5, step("mul", input(0), number(3)));

    assertThat(search(reference, candidate, broken, right, last).findings())
        .extracting(Finding::claim)
        .containsExactly("right", "last");
  }

  /** What breaks off has fewer lines that differ. */
  @Test
  void doesNotTakeAnEndForAnExplanation() throws Exception {
    Program reference = twice((t, x) -> call(t, "abs", x), 2);
    Program candidate = twice((t, x) -> call(t, "cos", x), 3);
    Suspicion right = instead(Cause.OTHER_OP, "right", 1, step("cos", input(0)));
    Suspicion broken =
        new Suspicion(
            Cause.CAST,
            "broken",
            List.of(
                right.edits().get(0),
                new Edit.Before(Set.of(4), 0, List.of(step("mm", input(0), input(0))))));
    Edit.Step triple = step("mul", input(0), number(3));
    Suspicion last =
        new Suspicion(
            Cause.SCALE, "last", List.of(new Edit.Replace(Set.of(4, 7), List.of(triple))));

    assertThat(search(reference, candidate, broken, right, last).findings())
        .extracting(Finding::claim)
        .containsExactly("right", "last");
  }

  private static Program twice(BiFunction<Torch, Tensor, Tensor> function, double factor) {
    return (t, log) -> {
      log.probe("x", function.apply(t, t.randn(3)));
      log.probe("y", t.mul(t.randn(3), factor));
      log.probe("z", t.mul(t.randn(3), factor));
    };
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static torchparity.harness.diagnosis.Changes.call;
import static torchparity.harness.diagnosis.Changes.factor;
import static torchparity.harness.diagnosis.Changes.input;
import static torchparity.harness.diagnosis.Changes.instead;
import static torchparity.harness.diagnosis.Changes.number;
import static torchparity.harness.diagnosis.Changes.step;
import static torchparity.harness.diagnosis.Changes.times;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Diagnosis.Tried;
import torchparity.harness.diagnosis.Programs.Program;
import torchparity.harness.diagnosis.Search.Result;

/** How the search chooses among suspicions. */
class SearchRulesTest {
  @TempDir Path folder;

  private Result search(Program reference, Program candidate, Suspicion... suspicions)
      throws Exception {
    return new Programs(folder).search(List.of(d -> List.of(suspicions)), reference, candidate);
  }

  @Test
  void tellsWhatWasTriedAndHowMuchItLeaves() throws Exception {
    Result found =
        search(times(2), times(3), factor(Cause.OFFSET, 2.5), factor(Cause.OTHER_CONSTANT, 3));

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.note()).isEmpty();
    Finding finding = found.findings().get(0);
    assertThat(finding.cause()).isEqualTo(Cause.OTHER_CONSTANT);
    assertThat(finding.tried())
        .extracting(Tried::cause, Tried::complete, Tried::accounted, Tried::of)
        .containsExactlyInAnyOrder(
            tuple(Cause.OTHER_CONSTANT, true, 3, 3),
            tuple(Cause.OFFSET, false, 1, 3),
            tuple(Cause.DTYPE_PROMOTION, false, 0, 3));
    assertThat(residual(finding, Cause.OTHER_CONSTANT)).isZero();
    assertThat(residual(finding, Cause.OFFSET)).isBetween(0.4999, 0.5001);
  }

  private static double residual(Finding finding, Cause cause) {
    return finding.tried().stream()
        .filter(tried -> tried.cause() == cause)
        .map(Tried::residual)
        .findFirst()
        .map(Objects::requireNonNull)
        .orElseThrow();
  }

  @Test
  void triesNoChangeTwice() throws Exception {
    Result found =
        search(times(2), times(3), factor(Cause.SCALE, 3), factor(Cause.OTHER_CONSTANT, 3));

    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.SCALE);
    assertThat(found.findings().get(0).tried()).hasSize(2);
  }

  /** Both give the candidate; what is said to be there too often is called no more often. */
  @Test
  void believesWhatIsBorneOutBeforeWhatIsNot() throws Exception {
    Suspicion accident = factor(Cause.EXTRA_OP, 3);
    Suspicion longer =
        instead(
            Cause.SCALE,
            "1.5 and 2",
            1,
            step("mul", input(0), number(1.5)),
            step("mul", new Operand.Earlier(0), number(2)));

    assertThat(search(times(2), times(3), accident, longer).findings().get(0).cause())
        .isEqualTo(Cause.SCALE);
  }

  /** What is left over decides, and not which was proposed first. */
  @Test
  void goesOnWithWhatLeavesLeast() throws Exception {
    Suspicion part =
        instead(Cause.SIGN, "part", 1, step("neg", input(0)), step("neg", new Operand.Earlier(0)));
    Program reference =
        (t, log) -> {
          Tensor x = t.randn(3);
          log.probe("x", call(t, "exp", call(t, "abs", x)));
          log.probe("y", t.mul(t.randn(3), 2));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.randn(3);
          log.probe("x", call(t, "sin", call(t, "cos", x)));
          log.probe("y", t.mul(t.randn(3), 3));
        };
    Suspicion half = instead(Cause.OTHER_OP, "half", 1, step("cos", input(0)));
    Suspicion whole =
        instead(
            Cause.OTHER_ACTIVATION,
            "whole",
            2,
            step("cos", input(0, 0)),
            step("sin", new Operand.Earlier(0)));
    Suspicion last = instead(Cause.SCALE, "last", 6, step("mul", input(0), number(3)));

    Result found = search(reference, candidate, part, half, whole, last);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).extracting(Finding::claim).containsExactly("whole", "last");
  }

  @Test
  void skipsChangesThatMakeNoSense() throws Exception {
    Suspicion senseless = instead(Cause.CAST, "senseless", 1, step("neg", input(7)));

    Result found = search(times(2), times(3), senseless, factor(Cause.SCALE, 3));

    assertThat(found.findings().get(0).tried())
        .extracting(Tried::claim)
        .doesNotContain("senseless")
        .contains("times 3.0");
  }

  @Test
  void tellsThatAnotherResultIsRecorded() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor x = t.mul(t.randn(3), 2);
          log.probe("first", x);
          log.probe("x", call(t, "cos", x));
          log.probe("y", call(t, "sin", x));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.mul(t.randn(3), 2);
          log.probe("first", x);
          Tensor unused = call(t, "cos", x);
          log.probe("x", x);
          log.probe("y", call(t, "sin", x));
        };

    Result found = search(reference, candidate);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings())
        .extracting(Finding::cause, Finding::claim)
        .containsExactly(
            tuple(Cause.WRONG_PROBE, "`x` is recorded from another tensor: mul([3], 2.0) -> [3]"));
  }

  /** A constant that is made of numbers which differ already is no mistake of its own. */
  @Test
  void doesNotBlameWhatFollowsFromAnEarlierMistake() throws Exception {
    Suspicion first = instead(Cause.SCALE, "first", 1, step("mul", input(0), number(3)));
    Suspicion follows =
        new Suspicion(
            Cause.OTHER_CONSTANT,
            "follows",
            List.of(new Edit.Value(Set.of(3), HostTensor.ofFloats(List.of(2L), 30, 31))));
    Result found = search(made(2), made(3), first, follows);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).extracting(Finding::claim).containsExactly("first");
  }

  private static Program made(double factor) {
    return (t, log) -> {
      log.probe("x", t.mul(t.randn(3), factor));
      log.probe("y", t.tensor(List.of(2L), factor * 10, factor * 10 + 1));
    };
  }

  @Test
  void blamesTheLineThatASuspicionNames() throws Exception {
    Suspicion named =
        new Suspicion(Cause.SCALE, "named", factor(Cause.SCALE, 3).edits(), OptionalInt.of(0));

    assertThat(search(times(2), times(3), named).findings().get(0).blame())
        .extracting(Diagnosis.Call::op)
        .isEqualTo("randn");
  }
}

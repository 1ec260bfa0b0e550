package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.ExchangeNaming.Name;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** One operation, or several, in the place of another. */
class ExchangeNamingTest {
  private static final Line DRAW = line("randn").gives(1, 2);

  @TempDir Path folder;

  /** What it is called if {@code chain} of the candidate stands for line {@code n}. */
  private Name named(List<Line> reference, int n, List<Line> candidate, Integer... chain)
      throws Exception {
    return ExchangeNaming.exchanged(
        new WrittenLogs(folder).between(reference, candidate), n, List.of(chain));
  }

  /** The same of one operation on a draw for another one. */
  private Name named(Line here, Line there) throws Exception {
    return named(List.of(DRAW, here, probe("p", 1)), 1, List.of(DRAW, there, probe("p", 1)), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "mean, sum, sum-for-mean",
    "sum, mean, sum-for-mean",
    "add, sub, sign",
    "sub_, add_, sign",
    "add, mul, other-op",
    "relu, tanh, other-activation",
    "relu, square, other-activation",
    "square, relu, other-op",
    "t, neg, transposed",
    "neg, t, transposed",
    "repeat, meshgrid, other-op",
    "neg, to, other-op"
  })
  void namesWhatStandsForWhat(String here, String there, String cause) throws Exception {
    Name found = named(line(here, 0).gives(3, 4), line(there, 0).gives(5, 6));

    assertThat(found.cause().id()).isEqualTo(cause);
    assertThat(found.claim())
        .isEqualTo("`%s` is called where the reference calls `%s`".formatted(there, here));
    assertThat(found.line()).isEmpty();
  }

  @Test
  void takesWhatHasAnotherShapeForNoActivation() throws Exception {
    Line relu = line("relu", 0).gives(3, 4);

    assertThat(named(relu, line("norm", 0).gives(5)).cause()).isEqualTo(Cause.OTHER_OP);
    assertThat(named(relu, line("sigmoid", 0).gives(5)).cause()).isEqualTo(Cause.OTHER_ACTIVATION);
  }

  @Test
  void seesTheAxesOfAGridExchanged() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            line("repeat", 0).gives(3, 4),
            line("repeat_interleave", 0).gives(5, 6),
            probe("p", 1));
    List<Line> candidate =
        List.of(
            DRAW,
            line("repeat_interleave", 0).gives(7, 8),
            line("repeat", 0).gives(9, 10),
            probe("p", 1));

    assertThat(named(reference, 1, candidate, 1).cause()).isEqualTo(Cause.GRID_AXES);
    assertThat(named(reference, 1, candidate.subList(0, 2), 1).cause()).isEqualTo(Cause.OTHER_OP);
  }

  @Test
  void seesACast() throws Exception {
    Line cast = line("to", 0).gives(HostTensor.ofDoubles(List.of(2L), 1, 2));

    assertThat(named(line("neg", 0).gives(3, 4), cast).cause()).isEqualTo(Cause.CAST);
  }

  @Test
  void namesAChainByItsOperationsAndALongOneByItsBeginning() throws Exception {
    List<Line> reference = List.of(DRAW, line("square", 0).gives(3, 4), probe("p", 1));
    List<Line> candidate = new ArrayList<>(List.of(DRAW));
    List<String> ops = List.of("sin", "cos", "tan", "erf", "log", "abs");
    for (int i = 0; i < ops.size(); i++) {
      candidate.add(line(ops.get(i), i).gives(i + 10, 0));
    }

    assertThat(named(reference, 1, candidate, 1, 2, 3, 4))
        .isEqualTo(
            new Name(
                Cause.OTHER_OP,
                "`sin`, `cos`, `tan`, `erf` are called where the reference calls `square`",
                OptionalInt.empty()));
    assertThat(named(reference, 1, candidate, 1, 2, 3, 4, 5, 6).claim())
        .isEqualTo(
            "`sin`, `cos`, `tan`, `erf` and 2 more are called where the reference calls `square`");
  }

  /** A sum and a difference are opposites only where nothing else is done. */
  @Test
  void takesAChainForNoSign() throws Exception {
    List<Line> reference = List.of(DRAW, line("add", 0, 0).gives(3, 4), probe("p", 1));
    List<Line> candidate =
        List.of(DRAW, line("neg", 0).gives(5, 6), line("sub", 0, 1).gives(7, 8), probe("p", 2));

    assertThat(named(reference, 1, candidate, 1, 2).cause()).isEqualTo(Cause.OTHER_OP);
    assertThat(named(reference, 1, candidate, 2).cause()).isEqualTo(Cause.SIGN);
  }

  @Test
  void namesOtherNumbersBeforeWhatIsDoneThen() throws Exception {
    List<Line> reference = List.of(DRAW, line("mean", 0).with("dim", 0).gives(3, 4), probe("p", 1));
    List<Line> candidate =
        List.of(
            DRAW,
            line("mean", 0).with("dim", 1).gives(5, 6),
            line("exp", 1).gives(7, 8),
            probe("p", 2));

    assertThat(named(reference, 1, candidate, 1, 2))
        .isEqualTo(
            new Name(
                Cause.WRONG_AXIS,
                "`mean` is called with dim 1, the reference has 0, then `exp`",
                OptionalInt.empty()));
  }

  @Test
  void seesTwoOperationsInTheOtherOrder() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            line("neg", 0).gives(3, 4),
            line("exp", 1).gives(5, 6),
            line("relu", 2).gives(7, 8),
            probe("p", 3));
    List<Line> candidate =
        List.of(
            DRAW,
            line("relu", 0).gives(9, 10),
            line("neg", 1).gives(11, 12),
            line("exp", 2).gives(13, 14),
            line("abs", 1).gives(15, 16),
            probe("p", 3));

    assertThat(named(reference, 3, candidate, 1, 2, 3))
        .isEqualTo(
            new Name(
                Cause.OTHER_OPERAND,
                "`relu` is applied before `neg`, the reference applies it after",
                OptionalInt.empty()));
    assertThat(named(reference, 3, candidate, 1, 3).cause()).isEqualTo(Cause.OTHER_OPERAND);
    assertThat(named(reference, 3, candidate, 1, 2).cause()).isEqualTo(Cause.OTHER_ACTIVATION);
    assertThat(named(reference, 3, candidate, 1, 4).cause()).isEqualTo(Cause.OTHER_ACTIVATION);
    assertThat(named(reference, 3, candidate, 2, 3).cause()).isEqualTo(Cause.OTHER_ACTIVATION);
    assertThat(named(reference, 3, candidate, 1, 4, 3).cause()).isEqualTo(Cause.OTHER_ACTIVATION);
  }

  @Test
  void seesThatTheParameterStandsForItsGradient() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            line("grad", 0).gives(3, 4),
            line("mul", 1, 0.1).gives(5, 6),
            probe("p", 2),
            line("square", 0).gives(9, 10));
    List<Line> candidate = List.of(DRAW, line("mul", 0, 0.1).gives(7, 8), probe("p", 1));
    List<Line> another = List.of(DRAW, line("div", 0, 0.1).gives(7, 8), probe("p", 1));

    assertThat(named(reference, 1, candidate, 1))
        .isEqualTo(
            new Name(
                Cause.OTHER_OPERAND,
                "`mul` is applied to the parameter and not to its gradient",
                OptionalInt.empty()));
    assertThat(named(reference, 1, another, 1).cause()).isEqualTo(Cause.OTHER_OP);
    assertThat(named(reference, 4, candidate, 1).cause()).isEqualTo(Cause.OTHER_OP);
    assertThat(named(List.of(DRAW, reference.get(1), candidate.get(1)), 1, candidate, 1).cause())
        .isEqualTo(Cause.OTHER_OP);
  }

  @Test
  void leavesTheSameOperationAtTheEndToWhatComesBefore() throws Exception {
    assertThat(
            named(
                List.of(DRAW, line("exp", 0).gives(3, 4), probe("p", 1)),
                1,
                List.of(DRAW, line("sin", 0).gives(5, 6), line("exp", 1).gives(7, 8)),
                1,
                2))
        .isEqualTo(new Name(Cause.EXTRA_OP, "`sin` comes before `exp`", OptionalInt.empty()));
  }

  @Test
  void leavesTheSameOperationToWhatItIsGiven() throws Exception {
    List<Line> reference = List.of(DRAW, line("mul", 0, 0.1).gives(3, 4), probe("p", 1));

    assertThat(
            named(reference, 1, List.of(DRAW, line("mul", 0, 0.7).gives(5, 6), probe("p", 1)), 1))
        .isEqualTo(
            new Name(
                Cause.OTHER_CONSTANT,
                "`mul` is called with 0.7, the reference has 0.1",
                OptionalInt.empty()));
    assertThat(
            named(
                    reference,
                    1,
                    List.of(DRAW, line("mul", 0, 0.1).with("out", 1).gives(5, 6), probe("p", 1)),
                    1)
                .claim())
        .isEqualTo("`mul` is called with out 1, the reference has left out");
  }
}

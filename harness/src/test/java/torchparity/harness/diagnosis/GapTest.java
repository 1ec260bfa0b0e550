package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** Which line of a program is said to lack something. */
class GapTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line EXP = line("exp", 0).gives(3, 7);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private static OptionalInt without(Divergence d, int input, Integer... lines) {
    return gap(d, Cause.MISSING_OP, new Edit.Bypass(Set.of(lines), input));
  }

  private static OptionalInt gap(Divergence d, Cause cause, Edit... edits) {
    return Gap.of(d, new Suspicion(cause, "something is left out", List.of(edits)));
  }

  /** A candidate that lacks the negation of an exponential, and the square of it. */
  private Divergence lacking(Line negation) throws Exception {
    return between(
        List.of(
            DRAW,
            EXP,
            negation,
            line("sin", 2).gives(5, 6).at(9),
            line("cos", 2).gives(7, 8).at(10),
            probe("p", 3)),
        List.of(
            DRAW,
            EXP,
            EXP,
            line("cos", 2).gives(7, 9),
            line("sin", 2).gives(8, 9),
            line("sin", 2).gives(8, 9),
            probe("p", 4)));
  }

  @Test
  void isTheLastLineWithWhatTheOperationIsAppliedTo() throws Exception {
    assertThat(without(lacking(line("neg", 1).gives(-3, -7)), 0, 2)).hasValue(2);
  }

  @Test
  void isTheUseInTheSameLineOfTheProgram() throws Exception {
    assertThat(without(lacking(line("neg", 1).gives(-3, -7).at(9)), 0, 2)).hasValue(4);
  }

  @Test
  void isTheLineItselfWhereTheProgramUsesItInNoSuchWay() throws Exception {
    Line negation = line("neg", 1).gives(-3, -7).at(9);
    Divergence d =
        between(
            List.of(DRAW, EXP, negation, line("sin", 2).gives(5, 6).at(9), probe("p", 3)),
            List.of(DRAW, EXP, line("cos", 1).gives(8, 9), probe("p", 2)));

    assertThat(without(d, 0, 2)).hasValue(1);
  }

  @Test
  void isUnknownWhereWhatItIsAppliedToIsMadeOfNothing() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, EXP, probe("p", 1)),
            List.of(DRAW, line("neg", 0).gives(8, 9), probe("p", 1)));

    assertThat(List.of(without(d, 0, 1), without(d, 1, 1))).containsOnly(OptionalInt.empty());
  }

  @Test
  void passesOverWhatIsLeftOutToo() throws Exception {
    Divergence d =
        between(
            List.of(
                DRAW, EXP, line("abs", 1).gives(3, 8), line("neg", 2).gives(-3, -7), probe("p", 3)),
            List.of(DRAW, EXP, line("sin", 1).gives(8, 9), probe("p", 2)));

    assertThat(without(d, 0, 3)).hasValue(1);
  }

  /** The first time it changes nothing. */
  @Test
  void isWhereItIsFelt() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            EXP,
            line("abs", 1).gives(3, 7).at(40),
            line("tan", 2).gives(5, 6),
            line("abs", 3).gives(5, 7).at(40),
            line("abs", 4).gives(5, 8).at(40),
            probe("p", 5));
    List<Line> candidate =
        List.of(DRAW, EXP, line("tan", 1).gives(5, 6), line("sin", 2).gives(8, 9), probe("p", 3));

    assertThat(without(between(reference, candidate), 0, 2, 4, 5)).hasValue(2);
    assertThat(without(between(reference, candidate), 0, 2)).hasValue(1);
  }

  @Test
  void isToldOfOneOperationThatIsLeftOutAlone() throws Exception {
    Divergence d = lacking(line("neg", 1).gives(-3, -7));
    Edit.Bypass bypass = new Edit.Bypass(Set.of(2), 0);

    assertThat(gap(d, Cause.MISSING_OP, bypass, new Edit.Bypass(Set.of(3), 0))).isEmpty();
    assertThat(gap(d, Cause.TRANSPOSED, bypass)).isEmpty();
    assertThat(gap(d, Cause.MISSING_OP, new Edit.After(Set.of(2), List.of()))).isEmpty();
    assertThat(gap(d, Cause.MISSING_OP)).isEmpty();
  }

  @Test
  void isTheLastLineWithWhatBothHaveBeforeTheFirstThatOneLacks() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            EXP,
            line("tensor").gives(5),
            line("abs", 1).gives(4, 4),
            line("backward", 3),
            line("neg", 1).gives(9, 9),
            line("zeros").gives(0),
            probe("p", 5));
    List<Line> candidate = List.of(DRAW, EXP, line("tensor").gives(5), EXP, line("zeros").gives(0));

    assertThat(Gap.of(between(reference, candidate))).hasValue(3);
    assertThat(Gap.of(between(reference, List.of(line("ones").gives(7))))).isEmpty();
    assertThat(Gap.of(between(reference, reference))).isEmpty();
  }
}

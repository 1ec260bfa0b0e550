package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is said to be left out, before any replay. */
class LeftOutProposedTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line TENSOR = line("tensor").gives(5, 6);

  @TempDir Path folder;

  private List<Suspicion> proposed(List<Line> reference, Line... candidate) throws Exception {
    return new LeftOut().about(new WrittenLogs(folder).between(reference, List.of(candidate)));
  }

  private static Suspicion without(Cause cause, String claim, int input, Integer... lines) {
    return new Suspicion(cause, claim, List.of(new Edit.Bypass(Set.of(lines), input)));
  }

  @Test
  void proposesEachOperationWithEachOfItsTensors() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            line("exp", 0).gives(3, 4),
            TENSOR,
            line("mul", 1, 0.5).gives(6, 7),
            line("maximum", 3, 0).gives(8, 9),
            probe("p", 4));

    assertThat(proposed(reference, DRAW, probe("p", 0)))
        .containsExactly(
            without(Cause.MISSING_ACTIVATION, "`exp` is left out", 0, 1),
            without(Cause.SCALE, "`mul` is left out", 0, 3),
            without(Cause.MISSING_OP, "`maximum` is left out", 0, 4),
            without(Cause.MISSING_OP, "`maximum` is left out", 1, 4));
  }

  @Test
  void proposesTheFirstFourThatAreNoLiterals() throws Exception {
    List<Line> reference = new ArrayList<>(List.of(TENSOR));
    for (int i = 0; i < 6; i++) {
      reference.add(line("sin", i).gives(i, 8));
    }
    reference.add(probe("p", 6));

    assertThat(proposed(reference, DRAW, probe("p", 0)))
        .extracting(suspicion -> suspicion.edits().get(0).lines())
        .containsExactly(Set.of(1), Set.of(2), Set.of(3), Set.of(4));
  }

  @Test
  void proposesNothingThatTheCandidateCallsOnTheSameAsOften() throws Exception {
    Line other = line("sin", 0).gives(7, 7);
    List<Line> once = List.of(DRAW, line("sin", 0).gives(3, 3), probe("p", 1));
    List<Line> twice =
        List.of(
            DRAW,
            line("sin", 0).gives(3, 3),
            line("sin", 0).gives(3, 4),
            line("add", 1, 2).gives(9),
            probe("p", 3));
    Line elsewhere = line("sin", 2).gives(7, 7);

    assertThat(proposed(once, DRAW, other, probe("p", 1))).isEmpty();
    assertThat(proposed(once, DRAW, line("cos", 0).gives(7, 7), probe("p", 1))).hasSize(1);
    assertThat(proposed(once, DRAW, line("sin", 0.5).gives(7, 7), probe("p", 1))).hasSize(1);
    assertThat(proposed(once, DRAW, line("sin").gives(7, 7), probe("p", 1))).hasSize(1);
    assertThat(
            proposed(
                once,
                DRAW,
                line("ones").gives(1),
                line("neg", 0).gives(4),
                elsewhere,
                probe("p", 3)))
        .hasSize(1);
    assertThat(proposed(twice, DRAW, other, probe("p", 1)))
        .extracting(Suspicion::claim)
        .contains("`sin` is left out");
  }

  /** A tensor of numbers may stand in many places. */
  @Test
  void countsNoCallOnTheSameLiteral() throws Exception {
    assertThat(
            proposed(
                List.of(TENSOR, DRAW, line("mul", 1, 0).gives(3, 3), probe("p", 2)),
                TENSOR,
                line("rand").gives(8, 9),
                line("mul", 1, 0).gives(4, 4),
                probe("p", 2)))
        .hasSize(2);
  }

  @Test
  void leavesOutWhatIsChangedInPlaceForWhatItWas() throws Exception {
    List<Line> changed =
        List.of(DRAW, line("rand").gives(4, 4), line("fill_", 0, 1).gives(3, 3), probe("p", 2));
    List<Line> written =
        List.of(DRAW, line("rand").gives(4, 4), line("written_", 0, 1).gives(3, 3), probe("p", 2));

    assertThat(proposed(changed, DRAW, probe("p", 0)))
        .filteredOn(suspicion -> suspicion.claim().equals("`fill_` is left out"))
        .containsExactly(without(Cause.MISSING_OP, "`fill_` is left out", 0, 2));
    assertThat(proposed(changed, DRAW, line("fill_", 0, 0).gives(8, 8), probe("p", 1)))
        .extracting(Suspicion::claim)
        .contains("`fill_` is left out");
    assertThat(proposed(written, DRAW, probe("p", 0)))
        .extracting(Suspicion::claim)
        .doesNotContain("`written_` is left out");
  }

  @Test
  void proposesACopyThatIsCalledLessOften() throws Exception {
    Line copy = line("clone", 0).gives(1, 2);
    List<Line> reference =
        List.of(
            DRAW, copy, line("sin", 1).gives(3, 3), line("stack", 1, 2).gives(4, 4), probe("p", 3));
    Line other = line("rand").gives(7, 7);
    String claim = "`clone` is left out: what is kept shares the memory of what is changed later";

    assertThat(
            proposed(
                reference,
                DRAW,
                other,
                other,
                other,
                line("stack", 0, 0).gives(8, 8),
                probe("p", 4)))
        .contains(without(Cause.MISSING_OP, claim, 0, 1));
    assertThat(proposed(reference, DRAW, copy, line("stack", 0, 0).gives(8, 8), probe("p", 2)))
        .extracting(Suspicion::claim)
        .containsExactly("`sin` is left out");
    assertThat(
            proposed(
                reference,
                DRAW,
                other,
                line("clone", 1).gives(7, 7),
                line("stack", 0, 0).gives(8, 8),
                probe("p", 3)))
        .extracting(Suspicion::claim)
        .containsExactly("`sin` is left out");
  }
}

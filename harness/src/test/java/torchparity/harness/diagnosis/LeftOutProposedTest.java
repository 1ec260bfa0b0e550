package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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

    assertThat(proposed(reference, DRAW, line("stack", 0, 0).gives(8, 8), probe("p", 1)))
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

  /**
   * Three steps of two parameters, of which one line of the program reads the gradients and changes
   * the parameters, or clears the gradients.
   */
  private static List<Line> training(boolean clears) {
    List<Line> log =
        new ArrayList<>(
            List.of(line("randn").gives(1, 1).leaf(), line("randn").gives(2, 2).leaf()));
    int[] parameters = {0, 1};
    for (int step = 0; step < 3; step++) {
      for (int i = 0; i < 2; i++) {
        int grad = log.size();
        log.add(line("grad", parameters[i]).gives(10 * step + i, 3).at(80));
        if (clears) {
          log.add(line("zero_", grad).gives(10 * step + i, 0).at(80));
        } else {
          log.add(line("sub_", parameters[i], grad).gives(10 * step + i, 5).at(80));
          parameters[i] = grad + 1;
        }
      }
      log.add(line("zeros").gives(0)); // elsewhere
    }
    log.add(line("add", 3, 3).gives(99, 99));
    log.add(probe("p", log.size() - 1));
    return log;
  }

  @Test
  void leavesOutAPlaceOnEveryLineOrEachTimeOrOnce() throws Exception {
    OpGraph g = new WrittenLogs(folder).graph(training(false));

    assertThat(LeftOut.ranges(g, 3))
        .containsExactly(Set.of(3, 5, 8, 10, 13, 15), Set.of(3, 8, 13), Set.of(3));
    assertThat(LeftOut.ranges(g, 0)).containsExactly(Set.of(0));
  }

  /** Which lines are left out, and what is said of it. */
  private List<String> told(List<Line> reference, String about) throws Exception {
    return proposed(reference, reference.get(0), probe("p", 0)).stream()
        .filter(suspicion -> suspicion.claim().contains(about))
        .map(s -> new TreeSet<>(s.edits().get(0).lines()) + " " + s.cause() + ": " + s.claim())
        .toList();
  }

  @Test
  void leavesOutStepsOfAllParametersOrOfOneOrSomeOfTheSteps() throws Exception {
    String left = " not-updated: `sub_` is left out%s: the parameter stays as it was";
    String all = left.formatted("");
    String one = left.formatted(" in 1 of 3 steps");
    String two = left.formatted(" in 2 of 3 steps");

    assertThat(told(training(false), "stays as it was"))
        .containsExactly(
            "[3, 5, 8, 10, 13, 15]" + all,
            "[3, 8, 13]" + all,
            "[5, 10, 15]" + all,
            "[3, 5]" + one,
            "[8, 10]" + one,
            "[13, 15]" + one,
            "[3, 5, 13, 15]" + two,
            "[8, 10, 13, 15]" + two);
  }

  @Test
  void leavesOutToClearAllGradientsOrOneOrInSomeOfTheSteps() throws Exception {
    String left = " stale-gradients: `zero_` of %s is left out%s: they add up over the steps";
    String all = left.formatted("the gradients", "");
    String half = left.formatted("1 of 2 gradients", "");
    String one = left.formatted("the gradients", " in 1 of 3 steps");
    String two = left.formatted("the gradients", " in 2 of 3 steps");

    assertThat(told(training(true), "they add up"))
        .containsExactly(
            "[3, 5, 8, 10, 13, 15]" + all,
            "[3, 8, 13]" + half,
            "[5, 10, 15]" + half,
            "[3, 5]" + one,
            "[8, 10]" + one,
            "[13, 15]" + one,
            "[3, 5, 13, 15]" + two,
            "[8, 10, 13, 15]" + two);
  }

  @Test
  void leavesOutTheOnlyStepOfTheOnlyParameter() throws Exception {
    List<Line> reference =
        List.of(
            line("randn").gives(1, 1).leaf(),
            line("grad", 0).gives(2, 2),
            line("sub_", 0, 1).gives(3, 3),
            probe("p", 2));

    assertThat(told(reference, "stays as it was"))
        .first()
        .isEqualTo("[2] not-updated: `sub_` is left out: the parameter stays as it was");
  }
}

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

/** Which steps of which parameters are said to be left out, before any replay. */
class StepsLeftOutTest {
  @TempDir Path folder;

  private List<Suspicion> proposed(List<Line> reference, Line... candidate) throws Exception {
    return new LeftOut().about(new WrittenLogs(folder).between(reference, List.of(candidate)));
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
        .containsExactly("[2] not-updated: `sub_` is left out: the parameter stays as it was");
  }

  /** What is computed from it differs, though its own value is there. */
  @Test
  void leavesOutToClearAGradientOfWhichOnlyTheUseDiffers() throws Exception {
    List<Line> reference =
        List.of(
            line("randn").gives(1, 1).leaf(),
            line("grad", 0).gives(2, 2),
            line("zero_", 1).gives(0, 0),
            line("add", 2, 0).gives(3, 3),
            probe("p", 3));

    assertThat(proposed(reference, reference.get(0), line("zeros").gives(0, 0), probe("p", 0)))
        .contains(
            new Suspicion(
                Cause.STALE_GRADIENTS,
                "`zero_` of the gradients is left out: they add up over the steps",
                List.of(new Edit.Bypass(Set.of(2), 0))));
  }

  /** Nobody calls what a log says of a parameter of which a part was changed. */
  @Test
  void leavesOutNoWritingIntoAPartOfAParameter() throws Exception {
    List<Line> reference =
        List.of(
            line("randn").gives(1, 1).leaf(),
            line("grad", 0).gives(2, 2),
            line("written_", 0, 1).gives(1, 3).noGrad(),
            line("sub_", 2, 1).gives(3, 3).noGrad(),
            probe("p", 3));

    assertThat(told(reference, "stays as it was"))
        .isNotEmpty()
        .allMatch(claim -> claim.contains("`sub_` is left out"));
  }

  /** What is drawn differs itself: no step has to be looked for. */
  @Test
  void leavesOutNoStepOfAParameterThatIsDrawnOtherwise() throws Exception {
    List<Line> reference =
        List.of(
            line("randn").gives(1, 1).leaf(),
            line("sin", 0).gives(2, 2),
            line("cos", 1).gives(3, 3),
            line("exp", 2).gives(4, 4),
            line("grad", 0).gives(5, 5),
            line("sub_", 0, 4).gives(6, 6),
            line("add", 3, 5).gives(7, 7),
            probe("p", 6));

    assertThat(proposed(reference, line("randn").gives(7, 8).leaf(), probe("p", 0)))
        .noneMatch(suspicion -> suspicion.claim().contains("stays as it was"));
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** How often loops are gone through, told from the logs alone. */
class LoopsTest {
  private static final Line WEIGHT = line("randn").gives(1, 2).leaf();

  /** So many lines has a step of one pass; the first of the first step is line 1. */
  private static final int STEP = 7;

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private static List<Line> training(int steps) {
    return training(steps, 1);
  }

  /** Steps of some passes; the old gradient is cleared between the loss and its pass. */
  private static List<Line> training(int steps, int passes) {
    List<Line> log = new ArrayList<>(List.of(WEIGHT));
    int weight = 0;
    for (int step = 0; step < steps; step++) {
      int value = 100 * step;
      for (int pass = 0; pass < passes; pass++) {
        add(log, line("ones").gives(1, 1));
        int square = add(log, line("mul", weight, weight).gives(value + pass, 1));
        int old = add(log, line("grad", weight).gives(value + pass, 2));
        add(log, line("zero_", old).gives(0, 0).noGrad());
        add(log, line("backward", square));
      }
      int grad = add(log, line("grad", weight).gives(value, 3));
      weight = add(log, line("sub_", weight, grad).gives(value, 4).noGrad());
    }
    log.add(probe("w", weight));
    return log;
  }

  private static int add(List<Line> log, Line line) {
    log.add(line);
    return log.size() - 1;
  }

  @ParameterizedTest
  @CsvSource({"3, off-by-one", "4, other-constant"})
  void blamesTheFirstStepThatIsTooMuch(int steps, String cause) throws Exception {
    Suspicion found = Loops.loop(between(training(2), training(steps))).orElseThrow();

    assertThat(found)
        .isEqualTo(
            Observation.seen(
                Cause.ofId(cause).orElseThrow(),
                1 + 2 * STEP + 1, // the constant before it is not part of the step
                "the loop over the steps is gone through %d times, the reference does so 2 times"
                    .formatted(steps)));
  }

  @ParameterizedTest
  @CsvSource({"2, off-by-one", "1, other-constant"})
  void blamesTheLastPassBeforeStepsThatAreMissing(int steps, String cause) throws Exception {
    Suspicion found = Loops.loop(between(training(3), training(steps))).orElseThrow();

    assertThat(found)
        .isEqualTo(
            Observation.seen(
                Cause.ofId(cause).orElseThrow(),
                1 + (steps - 1) * STEP + 4,
                "the loop over the steps is gone through %d times, the reference does so 3 times"
                    .formatted(steps)));
  }

  @Test
  void seesNoOtherLoopWhereNothingIsTrainedOrAProgramEndsEarly() throws Exception {
    List<Line> cut = training(2).subList(0, 1 + 2 * STEP);
    List<Line> failing = new ArrayList<>(training(3));
    failing.add(line("mm", 0, 0).failed("no matrix"));

    assertThat(Loops.loop(between(training(2), training(2)))).isEmpty();
    assertThat(Loops.loop(between(List.of(WEIGHT, probe("w", 0)), training(2)))).isEmpty();
    assertThat(Loops.loop(between(training(2), List.of(WEIGHT, probe("w", 0))))).isEmpty();
    assertThat(Loops.loop(between(training(3), cut))).isEmpty();
    assertThat(Loops.loop(between(training(2), failing))).isEmpty();
  }

  /** Then more than the number of steps differs. */
  @Test
  void seesNoOtherLoopWhereLossesDiffer() throws Exception {
    List<Line> other = new ArrayList<>(training(3));
    other.set(1 + STEP + 1, line("mul", 1 + STEP - 1, 1 + STEP - 1).gives(-1, -1));

    assertThat(Loops.loop(between(training(2), training(3)))).isPresent();
    assertThat(Loops.loop(between(training(2), other))).isEmpty();
  }

  @Test
  void countsNoPassThatFailed() throws Exception {
    List<Line> lines =
        List.of(WEIGHT, line("backward", 0), line("backward", 0).failed("a second time"));

    assertThat(Loops.passes(new WrittenLogs(folder).graph(lines))).containsExactly(1);
  }

  @Test
  void countsThePassesOfAStep() throws Exception {
    Suspicion more = Loops.passesPerStep(between(training(1), training(1, 2))).orElseThrow();
    Suspicion fewer = Loops.passesPerStep(between(training(2, 3), training(2))).orElseThrow();

    assertThat(more)
        .isEqualTo(
            Observation.seen(
                Cause.EXTRA_OP,
                7,
                "`backward` is called 2 times, the reference calls it 1 times for as many"
                    + " updates"));
    assertThat(fewer)
        .isEqualTo(
            Observation.seen(
                Cause.MISSING_OP,
                1 + STEP + 1,
                "`backward` is called 2 times, the reference calls it 6 times for as many"
                    + " updates"));
  }

  @Test
  void comparesPassesOnlyOfAsManyUpdates() throws Exception {
    List<Line> untrained = List.of(WEIGHT, probe("w", 0));
    List<Line> once = List.of(WEIGHT, line("backward", 0), probe("w", 0));
    List<Line> twice = List.of(WEIGHT, line("backward", 0), line("backward", 0), probe("w", 0));
    List<Line> failing = new ArrayList<>(training(1, 2));
    failing.add(line("mm", 0, 0).failed("no matrix"));
    List<Line> cut = training(1, 2).subList(0, training(1, 2).size() - 1);

    assertThat(Loops.passesPerStep(between(training(2), training(3)))).isEmpty();
    assertThat(Loops.passesPerStep(between(training(2), training(2)))).isEmpty();
    assertThat(Loops.passesPerStep(between(training(1, 2), training(1)))).isEmpty();
    assertThat(Loops.passesPerStep(between(once, twice))).isEmpty();
    assertThat(Loops.passesPerStep(between(untrained, twice))).isEmpty();
    assertThat(Loops.passesPerStep(between(training(1), failing))).isEmpty();
    assertThat(Loops.passesPerStep(between(training(1), cut))).isEmpty();
  }

  /** Steps by the sum of so many gradients, of which this step's is read twice. */
  private static List<Line> summed(int gradients) {
    List<Line> log = new ArrayList<>(List.of(WEIGHT));
    List<Integer> read = new ArrayList<>();
    int weight = 0;
    for (int step = 0; step < 3; step++) {
      add(log, line("backward", weight));
      read.add(add(log, line("grad", weight).gives(step, 5)));
      int again = add(log, line("grad", weight).gives(step, 6));
      int sum = add(log, line("add", read.get(step), again).gives(step, 7));
      for (int back = 1; back < gradients && back <= step; back++) {
        sum = add(log, line("add", sum, read.get(step - back)).gives(step, 7 + back));
      }
      weight = add(log, line("sub_", weight, sum).gives(step, 20).noGrad());
    }
    log.add(probe("w", weight));
    return log;
  }

  @Test
  void seesAnUpdateThatTakesEarlierGradientsAlong() throws Exception {
    Suspicion found = Loops.momentum(between(summed(1), summed(2))).orElseThrow();

    assertThat(found)
        .isEqualTo(
            Observation.seen(
                Cause.MOMENTUM, 4, "the update takes gradients of earlier steps along"));
  }

  @Test
  void seesNoMomentumWhereGradientsAreReadTwiceInAStepOrTheReferenceHasIt() throws Exception {
    assertThat(Loops.momentum(between(summed(1), summed(1)))).isEmpty();
    assertThat(Loops.momentum(between(summed(2), summed(3)))).isEmpty();
  }
}

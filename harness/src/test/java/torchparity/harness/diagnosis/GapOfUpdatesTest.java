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

/** Which line of a program is said to lack a change in place. */
class GapOfUpdatesTest {
  private static final Line OTHER = line("neg", 0).gives(8, 8);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private static OptionalInt without(Divergence d, int line) {
    return Gap.of(
        d,
        new Suspicion(
            Cause.NOT_UPDATED, "it is left out", List.of(new Edit.Bypass(Set.of(line), 0))));
  }

  /** Two parameters are changed in one line of the program, which comes by twice. */
  private static final List<Line> STEP =
      List.of(
          line("randn").gives(1, 1).leaf(),
          line("randn").gives(2, 2).leaf(),
          line("sub_", 0, 0.5).gives(3, 3).at(80),
          line("zeros").gives(0),
          line("sub_", 1, 0.5).gives(4, 4).at(80),
          line("add", 2, 4).gives(7, 7),
          probe("p", 5));

  /** The gap of a candidate without the second, which has these lines in place of the first. */
  private OptionalInt withoutStep(Line... lines) throws Exception {
    List<Line> candidate =
        List.of(
            STEP.get(0),
            STEP.get(1),
            lines[0],
            lines[1],
            line("add", 3, 1).gives(5, 5),
            probe("p", 4));
    return without(between(STEP, candidate), 4);
  }

  @Test
  void isTheLineThatDoesTheSameToAnotherTensor() throws Exception {
    Line ones = line("ones").gives(9);

    assertThat(withoutStep(ones, line("sub_", 0, 0.5).gives(3, 3))).hasValue(3);
    assertThat(withoutStep(ones, line("sub", 0, 0.5).gives(3, 3))).hasValue(3);
    assertThat(withoutStep(line("clone", 0).gives(1, 1), line("sub_", 2, 0.5).gives(3, 3)))
        .hasValue(2);
    assertThat(withoutStep(ones, line("tan", 0).gives(3, 3))).hasValue(2);
    assertThat(withoutStep(ones, line("sub_", 0, 0.7).gives(3, 4))).hasValue(2);
  }

  @Test
  void isWhereTheResultsPartIfTheSameIsDoneTooLate() throws Exception {
    Line one = line("sub_", 0, 0.5).gives(3, 3);
    List<Line> candidate =
        List.of(STEP.get(0), STEP.get(1), line("add", 0, 1).gives(5, 5), one, probe("p", 2));

    assertThat(without(between(STEP, candidate), 4)).hasValue(2);
  }

  /** One parameter; the loss and a number are computed, and the gradient is read and changed. */
  private static final List<Line> TRAINED =
      List.of(
          line("randn").gives(1, 1).leaf(),
          line("exp", 0).gives(3, 3),
          line("mean", 1).gives(3),
          line("backward", 2),
          line("grad", 0).gives(4, 4),
          line("zeros").gives(0).at(20),
          line("sub_", 0, 4).gives(5, 5).at(20),
          line("neg", 6).gives(6, 6),
          probe("p", 7));

  private OptionalInt untrained(Line... lines) throws Exception {
    return without(between(TRAINED, List.of(lines)), 6);
  }

  @Test
  void isTheLastPassFromTheSameLoss() throws Exception {
    assertThat(
            untrained(
                TRAINED.get(0),
                TRAINED.get(1),
                TRAINED.get(2),
                TRAINED.get(3),
                line("backward", 2),
                line("backward", 1),
                line("zeros").gives(0),
                OTHER,
                probe("p", 7)))
        .hasValue(4);
    assertThat(
            untrained(
                TRAINED.get(0),
                TRAINED.get(1),
                line("mean", 1).gives(3).at(50),
                line("backward"),
                probe("q", 2),
                line("ones").gives(1).at(50),
                OTHER,
                probe("p", 6)))
        .hasValue(3);
  }

  @Test
  void isWhatComesAfterTheLastThatBothCompute() throws Exception {
    assertThat(
            untrained(
                TRAINED.get(0),
                TRAINED.get(1),
                line("mean", 1).gives(3).at(50),
                line("exp", 1).gives(9, 9).at(50),
                probe("q", 2),
                OTHER,
                line("ones").gives(6, 6), // what the reference has later
                probe("p", 5)))
        .hasValue(5);
    assertThat(untrained(TRAINED.get(0), OTHER, probe("p", 1))).hasValue(1);
    assertThat(untrained(line("grad").gives(4, 4), line("zeros").gives(0), OTHER, probe("p", 2)))
        .isEmpty();
  }
}

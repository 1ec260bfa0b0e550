package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** For which lines of the reference a line of the candidate may stand. */
class ExchangedFrontTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line OTHER_DRAW = line("rand").gives(3, 4);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, Line... candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, List.of(candidate));
  }

  @Test
  void looksForWhatCallsTheSameOnTheSameAndForTheFirstThatDiffer() throws Exception {
    List<Line> reference = new ArrayList<>(List.of(DRAW, OTHER_DRAW));
    for (int i = 0; i < 3; i++) {
      reference.add(line("mul", 0, 2.0 + i).gives(10 + i, 0));
    }
    reference.addAll(List.of(line("tensor").gives(3), line("add", 4, 5).gives(20, 0)));
    IntStream.range(6, 12).forEach(i -> reference.add(line("exp", i).gives(20, i)));
    reference.add(probe("p", 12));
    Divergence d =
        between(
            reference,
            DRAW,
            OTHER_DRAW,
            line("mul", 0, 9.0).gives(30, 0),
            line("mul", 1, 9.0).gives(31, 0),
            line("add", 2, 3).gives(40, 0),
            probe("p", 4));

    assertThat(Exchanged.front(d, 2)).containsExactly(2, 3, 4, 6, 7, 8, 9, 10);
    assertThat(Exchanged.front(d, 3)).containsExactly(4, 6, 7, 8, 9, 10);
  }

  @Test
  void looksForSomethingElseOnAllOfTheSame() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            OTHER_DRAW,
            line("sub", 1, 0).gives(5, 1),
            line("sub", 0, 1).gives(5, 2),
            line("div", 0, 1).gives(5, 3),
            line("mul", 0, 1).gives(5, 4),
            line("neg", 0).gives(5, 5),
            probe("p", 0));

    assertThat(
            Exchanged.front(
                between(reference, DRAW, OTHER_DRAW, line("add", 0, 1).gives(6, 6), probe("p", 2)),
                2))
        .containsExactly(3, 4);
    assertThat(
            Exchanged.front(
                between(reference, DRAW, OTHER_DRAW, line("abs", 0).gives(6, 6), probe("p", 2)), 2))
        .isEmpty();
  }
}

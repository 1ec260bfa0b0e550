package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.draw;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is proposed where the candidate draws more numbers than the reference. */
class MoreDrawsTest {
  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  @Test
  void proposesThatMoreIsDrawnFirst() throws Exception {
    Divergence d =
        between(
            List.of(draw(7), draw(5, 5), line("exp", 1).gives(5), probe("p", 2)),
            List.of(
                draw(7),
                line("rand").gives(1, 2, 3),
                draw(9, 9),
                line("exp", 2).gives(6),
                probe("p", 3)));
    assertThat(new Draws().about(d))
        .containsExactly(
            new Suspicion(
                Cause.RNG_SHIFT,
                "`rand` draws [3] more numbers first, so that all later draws are others",
                List.of(
                    new Edit.Replace(
                        Set.of(1),
                        List.of(Changes.call(d.candidate(), 1), Changes.call(d.reference(), 1)))),
                OptionalInt.of(1)));
  }

  @Test
  void proposesThatWhatIsDrawnFirstIsDrawnAgain() throws Exception {
    List<Line> reference = List.of(draw(7), draw(5, 5), line("mul", 0, 1).gives(5), probe("p", 2));
    Divergence d =
        between(
            reference,
            List.of(draw(7), draw(8), draw(9, 9), line("mul", 1, 2).gives(6), probe("p", 3)));
    OpGraph g = d.reference();
    OpGraph c = d.candidate();

    assertThat(new Draws().about(d))
        .containsExactly(
            new Suspicion(
                Cause.RNG_SHIFT,
                "`randn` draws [] more numbers first, so that all later draws are others",
                List.of(
                    new Edit.Replace(Set.of(1), List.of(Changes.call(c, 1), Changes.call(g, 1)))),
                OptionalInt.of(1)),
            new Suspicion(
                Cause.RNG_SHIFT,
                "`randn` draws [] once more, in place of what is drawn first",
                List.of(
                    new Edit.Replace(Set.of(0), List.of(Changes.call(c, 0), Changes.call(g, 0)))),
                OptionalInt.of(1)));
  }

  @Test
  void proposesNothingOnceMoreWhereTheFirstDrawDiffers() throws Exception {
    Divergence d =
        between(
            List.of(draw(5, 5), line("exp", 0).gives(5), probe("p", 1)),
            List.of(draw(8), draw(9, 9), line("mul", 0, 1).gives(6), probe("p", 2)));

    assertThat(new Draws().about(d))
        .extracting(Suspicion::claim)
        .containsExactly("`randn` draws [] more numbers first, so that all later draws are others");
  }
}

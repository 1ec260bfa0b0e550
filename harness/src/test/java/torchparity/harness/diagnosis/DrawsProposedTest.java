package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.draw;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is proposed where draws differ, before any replay. */
class DrawsProposedTest {
  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private List<Suspicion> proposed(List<Line> reference, List<Line> candidate) throws Exception {
    return new Draws().about(between(reference, candidate));
  }

  /** A loop that draws three times, and puts these lines of it together. */
  private static List<Line> loop(Integer... used) {
    Line other = line("zeros").gives(0);
    return List.of(
        draw(1, 1).at(10),
        other,
        draw(2, 2).at(10),
        other,
        draw(3, 3).at(10),
        line("stack", used).gives(1, 2, 3),
        probe("p", 5));
  }

  @Test
  void proposesThatADrawIsUsedAgain() throws Exception {
    assertThat(
            proposed(
                loop(0, 2, 4), List.of(draw(1, 1), line("stack", 0, 0, 0).gives(1), probe("p", 1))))
        .containsExactly(
            new Suspicion(
                Cause.RNG_SHIFT,
                "`randn` is called once and its numbers are used again; the reference draws"
                    + " 3 times",
                List.of(
                    new Edit.Replace(
                        Set.of(2, 4),
                        List.of(
                            new Edit.Step(
                                OpRecord.of("clone", List.of(), Map.of()),
                                List.of(new Operand.Line(0)))))),
                OptionalInt.of(0)));
  }

  /** What is computed from the first may be the first that differs. */
  @Test
  void proposesThatADrawIsUsedAgainBehindAnotherDifference() throws Exception {
    List<Line> reference =
        List.of(
            draw(1, 1).at(10),
            line("neg", 0).gives(-1, -1),
            draw(2, 2).at(10),
            line("stack", 1, 2).gives(1, 2),
            probe("p", 3));

    assertThat(
            proposed(reference, List.of(draw(1, 1), line("stack", 0, 0).gives(1), probe("p", 1))))
        .extracting(Suspicion::claim)
        .containsExactly(
            "`randn` is called once and its numbers are used again; the reference draws 2 times");
  }

  @Test
  void proposesNoUseOfNumbersThatTheCandidateDoesNotHaveOrOfAsManyDraws() throws Exception {
    List<Line> others = List.of(draw(9, 9), line("stack", 0, 0).gives(9), probe("p", 1));
    List<Line> asMany =
        List.of(draw(1, 1), draw(8, 8), draw(9, 9), line("stack", 0, 1, 2).gives(9), probe("p", 3));

    assertThat(proposed(loop(0, 2, 4), others)).isEmpty();
    assertThat(proposed(loop(2, 4), others)).isEmpty();
    assertThat(proposed(loop(0, 2, 4), asMany)).isEmpty();
  }

  @Test
  void proposesNothingWhereNoDrawDiffers() throws Exception {
    List<Line> negated = List.of(draw(1, 1), line("neg", 0).gives(-1, -1), probe("p", 1));
    List<Line> raised = List.of(draw(1, 1), line("exp", 0).gives(3, 3), probe("p", 1));
    List<Line> plain = List.of(draw(1, 1), line("neg", 0).gives(-1, -1), probe("p", 0));

    assertThat(proposed(negated, raised)).isEmpty();
    assertThat(proposed(negated, plain)).isEmpty();
    assertThat(proposed(raised, List.of(draw(1, 1), probe("p", 0)))).isEmpty();
    assertThat(proposed(List.of(draw(1, 1), probe("p", 0)), raised)).isEmpty();
    assertThat(
            proposed(
                List.of(draw(1, 1), probe("p", 0)), List.of(line("ones").gives(4), probe("p", 0))))
        .isEmpty();
    assertThat(
            proposed(
                List.of(line("ones").gives(4), probe("p", 0)), List.of(draw(1, 1), probe("p", 0))))
        .isEmpty();
  }

  @Test
  void proposesThatTheStreamStartsAnew() throws Exception {
    Line seed = line("manual_seed").with("seed", 7);
    List<Line> reference =
        List.of(draw(1, 1), draw(2, 2), line("cat", 0, 1).gives(5), probe("p", 2));
    Divergence d =
        between(
            reference,
            List.of(
                draw(1, 1),
                seed,
                line("ones").gives(1),
                draw(9, 9),
                line("cat", 0, 3).gives(6),
                probe("p", 4)));

    assertThat(new Draws().about(d))
        .containsExactly(
            new Suspicion(
                Cause.RNG_SHIFT,
                "the generator is seeded with 7 before `randn`, so that the stream starts anew",
                List.of(
                    new Edit.Replace(
                        Set.of(1),
                        List.of(Changes.call(d.candidate(), 1), Changes.call(d.reference(), 1)))),
                OptionalInt.of(1)));
    assertThat(
            proposed(
                reference,
                List.of(seed, draw(1, 1), draw(9, 9), line("cat", 1, 2).gives(6), probe("p", 3))))
        .isEmpty();
    assertThat(
            proposed(List.of(draw(1, 1), probe("p", 0)), List.of(seed, draw(9, 9), probe("p", 1))))
        .extracting(Suspicion::line)
        .containsExactly(OptionalInt.of(0));
  }

  /** Draws that are put together to {@code result}. */
  private static List<Line> drawn(double result, Line... draws) {
    Integer[] all = IntStream.range(0, draws.length).boxed().toArray(Integer[]::new);
    return Stream.concat(
            Stream.of(draws), Stream.of(line("cat", all).gives(result), probe("p", draws.length)))
        .toList();
  }

  @Test
  void proposesAnotherOrder() throws Exception {
    List<Line> reference = drawn(5, draw(1, 1), draw(2, 2, 2), draw(3, 3));

    assertThat(proposed(reference, drawn(6, draw(4, 4, 4), draw(5, 5), draw(6, 6))))
        .containsExactly(
            new Suspicion(
                Cause.ORDER_OF_DRAWS,
                "the same tensors are drawn in another order: [3], [2], [2]",
                List.of(new Edit.Reorder(List.of(1, 0, 2)))));
    assertThat(proposed(reference, drawn(6, draw(4, 4, 4), draw(5, 5), line("rand").gives(6, 6))))
        .isEmpty();
    assertThat(proposed(reference, drawn(6, draw(4, 4, 4), draw(5, 5)))).isEmpty();
    assertThat(proposed(reference, drawn(6, draw(4, 4), draw(5, 5, 5), draw(6, 6)))).isEmpty();
  }

  /** As {@code randn(4)}, of which each half is taken. */
  private static List<Line> cut(int first, Line... pieces) {
    return Stream.concat(
            Stream.of(draw(7), draw(1, 1, 1, 1)),
            Stream.concat(
                Stream.of(pieces), Stream.of(line("cat", 2, 3).gives(first), probe("p", 4))))
        .toList();
  }

  @Test
  void proposesThatAllIsDrawnAtOnce() throws Exception {
    Line half = line("narrow", 1).gives(1, 1);
    Line mixed = line("add", 1, 0).gives(1, 2);
    List<Line> reference =
        List.of(draw(7), draw(5, 5), draw(6, 6), line("cat", 1, 2).gives(5), probe("p", 3));
    Divergence d = between(reference, cut(6, half, half.gives(1, 2)));
    OpGraph c = d.candidate();

    assertThat(new Draws().about(d))
        .containsExactly(
            new Suspicion(
                Cause.ORDER_OF_DRAWS,
                "[4] numbers are drawn at once and cut into 2 pieces, which the reference draws"
                    + " one by one",
                List.of(
                    new Edit.Replace(
                        Set.of(1),
                        List.of(
                            Changes.call(c, 1),
                            new Edit.Step(c.record(2), List.of(new Operand.Earlier(0))))),
                    new Edit.Replace(
                        Set.of(2),
                        List.of(new Edit.Step(c.record(3), List.of(new Operand.Before(1, 0))))))));
    assertThat(proposed(reference, cut(6, half, mixed))).isEmpty();
    assertThat(proposed(reference, cut(6, half, line("narrow", 1).gives(3)))).isEmpty();
    assertThat(
            proposed(
                List.of(draw(7), draw(5, 5), line("exp", 1).gives(5), probe("p", 2)),
                cut(6, half, half.gives(1, 2))))
        .isEmpty();
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is proposed where values agree and gradients do not. */
class CutHistoryTest {
  private static final Line WEIGHT = line("randn").gives(1, 2).leaf();
  private static final Line DOUBLE = line("mul", 0, 2.0).gives(2, 4);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private static List<Suspicion> proposed(Divergence d) {
    return new CutHistory().about(d);
  }

  /** A parameter, lines, a pass back from the last of them, and a gradient that is recorded. */
  private static List<Line> pass(double gradient, Line... between) {
    int last = between.length;
    return Stream.of(
            Stream.of(WEIGHT),
            Stream.of(between),
            Stream.of(
                line("backward", last),
                line("grad", 0).gives(gradient, gradient),
                probe("g", last + 2)))
        .flatMap(lines -> lines)
        .toList();
  }

  private static Edit.Step again(OpGraph g, int n) {
    return new Edit.Step(
        g.record(n),
        List.of(new Operand.Path(List.of(0)), new Operand.Plain(g.record(n).inputs().get(1))));
  }

  @Test
  void proposesToDetachOnceAndWhereverTheLineComesBy() throws Exception {
    Line third = line("mul", 0, 3.0).gives(3, 6);
    Divergence d =
        between(
            pass(5, DOUBLE.at(7), third.at(7)),
            pass(6, DOUBLE, third, line("detach", 2).gives(3, 6)));
    List<Edit.Step> steps =
        List.of(
            again(d.reference(), 2),
            new Edit.Step(d.candidate().record(3), List.of(new Operand.Earlier(0))));

    assertThat(proposed(d))
        .containsExactly(detached(Set.of(1, 2), steps), detached(Set.of(2), steps));
  }

  private static Suspicion detached(Set<Integer> lines, List<Edit.Step> steps) {
    return new Suspicion(
        Cause.EXTRA_OP,
        "`detach` cuts the history: nothing before it gets a gradient",
        List.of(new Edit.Replace(lines, steps)),
        OptionalInt.of(3));
  }

  @Test
  void doesNotDetachWhatTheReferenceDetachesOrDoesNotHave() throws Exception {
    Line detach = line("detach", 1).gives(2, 4);

    assertThat(proposed(between(pass(5, DOUBLE, detach), pass(6, DOUBLE, detach)))).isEmpty();
    assertThat(
            proposed(
                between(
                    pass(5, DOUBLE),
                    pass(6, line("exp", 0).gives(8, 9), line("detach", 1).gives(8, 9), DOUBLE))))
        .isEmpty();
    assertThat(proposed(between(pass(5, DOUBLE), pass(6, line("detach").gives(2, 4), DOUBLE))))
        .isEmpty();
    assertThat(proposed(between(pass(5, DOUBLE), pass(6, line("detach", 0), DOUBLE)))).isEmpty();
  }

  @Test
  void proposesNothingWhereValuesDifferFirst() throws Exception {
    Line detach = line("detach", 1).gives(2, 4);

    assertThat(
            proposed(
                between(
                    List.of(WEIGHT, DOUBLE, line("exp", 1).gives(5, 6), probe("p", 2)),
                    List.of(WEIGHT, DOUBLE, detach, line("sin", 2).gives(7, 8), probe("p", 3)))))
        .isEmpty();
  }

  @Test
  void proposesToDetachWhereThePassFailsOrNothingDiffers() throws Exception {
    Line detach = line("detach", 1).gives(2, 4);
    List<Line> failing = List.of(WEIGHT, DOUBLE, detach, line("backward", 2).failed("no grad"));
    List<Line> same = List.of(WEIGHT, DOUBLE, detach, probe("p", 2));

    assertThat(proposed(between(pass(5, DOUBLE), failing))).hasSize(2);
    assertThat(proposed(between(List.of(WEIGHT, DOUBLE, probe("p", 1)), same))).hasSize(2);
  }

  @Test
  void proposesToRecordNoHistoryWhereTheCandidateRecordsNone() throws Exception {
    Line zeros = line("zeros").gives(0, 0);
    Line exp = line("exp", 2).gives(8, 9);
    Line sin = line("sin", 2).gives(6, 7);
    Divergence d =
        between(
            pass(5, zeros, DOUBLE, exp.noGrad(), sin, line("neg", 2).gives(-2, -4), line("abs", 2)),
            pass(
                6,
                zeros.noGrad(),
                DOUBLE.noGrad(),
                exp.noGrad(),
                sin.noGrad(),
                line("mul", 2, -1.0).gives(-2, -4).noGrad(),
                line("abs", 2).noGrad()));
    OpGraph g = d.reference();

    assertThat(proposed(d))
        .containsExactly(
            new Suspicion(
                Cause.EXTRA_OP,
                "history is not recorded here, so that nothing before it gets a gradient",
                List.of(
                    new Edit.Replace(
                        Set.of(2),
                        List.of(new Edit.Step(g.record(2).withoutGrad(), again(g, 2).operands()))),
                    new Edit.Replace(
                        Set.of(4),
                        List.of(
                            new Edit.Step(
                                g.record(4).withoutGrad(),
                                List.of(new Operand.Path(List.of(0))))))),
                OptionalInt.of(2)));
  }

  @Test
  void isNotSureOfHistoryThatIsRecordedOnce() throws Exception {
    assertThat(proposed(between(pass(5, DOUBLE), pass(6, DOUBLE.noGrad(), DOUBLE)))).isEmpty();
    assertThat(proposed(between(pass(5, DOUBLE), pass(6, DOUBLE)))).isEmpty();
  }

  /** As {@code loss.backward(gradient)}. */
  private static List<Line> startedWith(int gradient) {
    return List.of(
        WEIGHT,
        line("ones").gives(1, 1),
        line("exp", 0).gives(3, 7),
        line("rand").gives(8, 8),
        line("backward", 2, gradient),
        line("grad", 0).gives(6, 6),
        probe("g", 5));
  }

  @Test
  void proposesThatThePassBeginsWithAnotherGradient() throws Exception {
    List<Line> reference =
        List.of(
            WEIGHT,
            line("ones").gives(1, 1),
            line("exp", 0).gives(3, 7),
            line("backward", 2),
            line("grad", 0).gives(5, 5),
            probe("g", 4));
    Divergence d = between(reference, startedWith(1));

    assertThat(proposed(d))
        .containsExactly(
            new Suspicion(
                Cause.OTHER_OPERAND,
                "`backward` begins with another gradient than 1",
                List.of(
                    new Edit.Replace(
                        Set.of(3),
                        List.of(
                            new Edit.Step(
                                d.candidate().record(4),
                                List.of(new Operand.Path(List.of(0)), new Operand.Line(1)))))),
                OptionalInt.of(4)));
    assertThat(proposed(between(reference, startedWith(3)))).isEmpty();
    assertThat(proposed(between(reference.subList(0, 3), startedWith(1)))).isEmpty();
    assertThat(
            proposed(
                between(reference, List.of(WEIGHT, line("grad", 0).gives(6, 6), probe("g", 1)))))
        .isEmpty();
  }
}

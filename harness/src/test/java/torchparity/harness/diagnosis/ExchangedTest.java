package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.diagnosis.Exchanged.Kind;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is said to stand in the place of something else, before any replay. */
class ExchangedTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line OTHER_DRAW = line("rand").gives(3, 4);
  private static final Operand OPERAND = new Operand.Path(List.of(0));

  @TempDir Path folder;

  private Divergence between(List<Line> reference, Line... candidate) throws Exception {
    return between(reference, List.of(candidate));
  }

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  private static List<Suspicion> proposed(Kind kind, Divergence d) {
    return new Exchanged(kind).about(d);
  }

  private static Suspicion suspicion(
      Cause cause, String claim, Set<Integer> lines, Edit.Step... steps) {
    return new Suspicion(cause, claim, List.of(new Edit.Replace(lines, List.of(steps))));
  }

  private static Edit.Step step(Divergence d, int line, Operand... operands) {
    return new Edit.Step(d.candidate().record(line), List.of(operands));
  }

  private static Operand number(Divergence d, int line) {
    return new Operand.Plain(d.candidate().record(line).inputs().get(1));
  }

  @ParameterizedTest
  @CsvSource({
    "false, true, SIGN, CHAIN",
    "true, false, SIGN, OPERATION",
    "true, true, OTHER_OPERAND, OPERANDS",
    "true, true, MISSING_OP, OPERANDS",
    "true, true, SIGN, ARGUMENTS"
  })
  void tellsKindsOfExchangesApart(boolean single, boolean sameOp, Cause cause, Kind kind) {
    assertThat(Kind.of(single, sameOp, cause)).isEqualTo(kind);
  }

  @Test
  void proposesOtherNumbers() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, line("mul", 0, 2.0).gives(5, 6), probe("p", 1)),
            DRAW,
            line("mul", 0, 3.0).gives(7, 8),
            probe("p", 1));

    assertThat(proposed(Kind.ARGUMENTS, d))
        .containsExactly(
            suspicion(
                Cause.OTHER_CONSTANT,
                "`mul` is called with 3.0, the reference has 2.0",
                Set.of(1),
                step(d, 1, OPERAND, number(d, 1))));
    assertThat(proposed(Kind.OPERATION, d)).isEmpty();
    assertThat(proposed(Kind.OPERANDS, d)).isEmpty();
    assertThat(proposed(Kind.CHAIN, d)).isEmpty();
  }

  @Test
  void proposesOtherTensors() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, OTHER_DRAW, line("exp", 0).gives(5, 6), probe("p", 2)),
            DRAW,
            OTHER_DRAW,
            line("exp", 1).gives(7, 8),
            probe("p", 2));

    assertThat(proposed(Kind.OPERANDS, d))
        .containsExactly(
            suspicion(
                Cause.OTHER_OPERAND,
                "argument 1 of `exp` is another tensor",
                Set.of(2),
                step(d, 2, new Operand.Line(1))));
    assertThat(proposed(Kind.ARGUMENTS, d)).isEmpty();
  }

  @Test
  void proposesChainsOfThreeThatGrow() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, line("mul", 0, 2.0).gives(5, 6), probe("p", 1)),
            DRAW,
            line("sin", 0).gives(-1, -1),
            line("cos", 1).gives(-2, -2),
            line("tan", 2).gives(-3, -3),
            line("erf", 3).gives(-4, -4),
            probe("p", 4));
    Edit.Step sin = step(d, 1, OPERAND);
    Edit.Step cos = step(d, 2, new Operand.Earlier(0));
    Edit.Step tan = step(d, 3, new Operand.Earlier(1));
    String claim = "%s are called where the reference calls `mul`";

    assertThat(proposed(Kind.CHAIN, d))
        .containsExactly(
            suspicion(Cause.OTHER_OP, claim.formatted("`sin`, `cos`"), Set.of(1), sin, cos),
            suspicion(
                Cause.OTHER_OP, claim.formatted("`sin`, `cos`, `tan`"), Set.of(1), sin, cos, tan));
    assertThat(proposed(Kind.OPERATION, d))
        .containsExactly(
            suspicion(
                Cause.OTHER_OP, "`sin` is called where the reference calls `mul`", Set.of(1), sin));
  }

  @Test
  void proposesNothingOfAChainThatIsTooLongOrWhereNothingDiffers() throws Exception {
    Divergence none = between(List.of(DRAW, probe("p", 0)), DRAW, probe("p", 0));
    List<Line> lines = new ArrayList<>(List.of(DRAW));
    IntStream.range(0, 12).forEach(i -> lines.add(line("sin", 0).gives(i, -1)));
    lines.add(line("cat", IntStream.range(1, 13).boxed().toArray(Integer[]::new)).gives(9, 9));
    lines.add(probe("p", 13));
    Divergence far =
        between(
            List.of(DRAW, line("neg", 0).gives(-5, -5), probe("p", 1)), lines.toArray(Line[]::new));

    assertThat(proposed(Kind.OPERATION, none)).isEmpty();
    assertThat(far.chainTo(13)).isEmpty();
    assertThat(proposed(Kind.OPERATION, far)).hasSize(1);
    assertThat(proposed(Kind.CHAIN, far)).isEmpty();
  }

  /** How the candidate's line may stand for the other, if the sum of it is recorded. */
  private List<Suspicion> operation(Line here, Line there) throws Exception {
    return proposed(
        Kind.OPERATION,
        between(
            List.of(DRAW, OTHER_DRAW, here, line("sum", 2).gives(5), probe("p", 3)),
            DRAW,
            OTHER_DRAW,
            there,
            line("sum", 2).gives(6),
            probe("p", 3)));
  }

  @Test
  void exchangesOperationsThatTakeTheSameOrMakeAsMuch() throws Exception {
    assertThat(operation(line("neg", 0).gives(7, 7), line("cos", 0).gives(8, 8))).hasSize(1);
    assertThat(operation(line("neg", 0).gives(7, 7), line("cos", 1).gives(8, 8))).isEmpty();
    assertThat(operation(line("zeros").gives(7, 7), line("ones").gives(8, 8))).hasSize(1);
    assertThat(operation(line("zeros").gives(7), line("ones").gives(8, 8))).isEmpty();
    assertThat(operation(line("zeros").gives(7, 7), line("cos", 1).gives(8, 8))).isEmpty();
    assertThat(operation(line("neg", 0).gives(7, 7), line("ones").gives(8, 8))).isEmpty();
    assertThat(
            proposed(
                Kind.OPERATION,
                between(
                    List.of(line("zeros").gives(7, 7), line("sum", 0).gives(5), probe("p", 1)),
                    line("ones").gives(8, 8),
                    line("sum", 0).gives(6),
                    probe("p", 1))))
        .hasSize(1);
  }

  @Test
  void exchangesOperationsOfWhichTheSameIsRecorded() throws Exception {
    List<Line> reference = recorded(line("neg", 0).gives(7, 7), "p", line("sum", 2).gives(5));
    Line cos = line("cos", 1).gives(8, 8);
    Line sum = line("sum", 2).gives(6);

    assertThat(proposed(Kind.OPERATION, between(reference, recorded(cos, "p", sum))))
        .extracting(suspicion -> suspicion.edits().get(0).lines())
        .containsExactly(Set.of(2));
    assertThat(proposed(Kind.OPERATION, between(reference, recorded(cos, "other", sum)))).isEmpty();
  }

  /** An operation that is recorded as {@code name}, and another one. */
  private static List<Line> recorded(Line line, String name, Line other) {
    return List.of(DRAW, OTHER_DRAW, line, probe(name, 2), other, probe("last", 4));
  }

  /** What is proposed of one operation on a draw for another with other results. */
  private List<Suspicion> same(Line here, Line there) throws Exception {
    Line tensor = line("tensor").gives(9);
    return proposed(
        Kind.ARGUMENTS,
        between(
            List.of(DRAW, tensor, here.gives(5, 6), probe("p", 2)),
            DRAW,
            tensor,
            there.gives(7, 8),
            probe("p", 2)));
  }

  @Test
  void proposesNothingWhereTheSameIsCalledOnTheSame() throws Exception {
    Line neg = line("neg", 0);

    assertThat(same(neg, neg)).isEmpty();
    assertThat(same(neg, neg.with("out", 1))).hasSize(1);
    assertThat(same(neg, neg.noGrad())).hasSize(1);
    assertThat(same(line("mul", 0, 2.0), line("mul", 0, 2.0))).hasSize(1);
    assertThat(same(line("mul", 0, 1), line("mul", 0, 1))).hasSize(1);
  }

  @Test
  void proposesNoChainThatDiffersInSeveralPlaces() throws Exception {
    List<Line> reference =
        List.of(
            DRAW, line("mul", 0, 2.0).gives(5, 6), line("mul", 1, 3.0).gives(7, 8), probe("p", 2));

    assertThat(chained(reference, 4, 5)).containsExactly(Set.of(1));
    assertThat(chained(reference, 4, 3)).containsExactly(Set.of(1), Set.of(2));
  }

  /** For which lines two products may stand. */
  private List<Set<Integer>> chained(List<Line> reference, double first, double second)
      throws Exception {
    return proposed(
            Kind.CHAIN,
            between(
                reference,
                DRAW,
                line("mul", 0, first).gives(-1, -2),
                line("mul", 1, second).gives(-3, -4),
                probe("p", 2)))
        .stream()
        .map(suspicion -> suspicion.edits().get(0).lines())
        .toList();
  }
}

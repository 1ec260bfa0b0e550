package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.ExchangeNaming.Name;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** The same operation on what others make; the results of the candidate are negative. */
class ChainNamingTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line OTHER_DRAW = line("rand").gives(3, 4);
  private static final Line TENSOR = line("tensor").gives(5, 6);
  private static final Line ABS = line("abs", 0).gives(7, 8);

  @TempDir Path folder;

  /** What it is called if the last line of the candidate stands for that of the reference. */
  private Name named(List<Line> reference, Line... candidate) throws Exception {
    Divergence d = between(reference, List.of(candidate));
    return ChainNaming.of(d, reference.size() - 1, d.chainTo(candidate.length - 1));
  }

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(recorded(reference), recorded(candidate));
  }

  private static List<Line> recorded(List<Line> lines) {
    List<Line> all = new ArrayList<>(lines);
    all.add(probe("p", lines.size() - 1));
    return all;
  }

  private static Name name(Cause cause, String claim) {
    return new Name(cause, claim, OptionalInt.empty());
  }

  @Test
  void seesAConstantThatIsComputedToOtherNumbers() throws Exception {
    Line product = line("mm", 0, 1).gives(9, 9);

    assertThat(
            named(
                List.of(DRAW, TENSOR, product),
                DRAW,
                line("eye").gives(-1, -1),
                line("add", 1, 0.3).gives(-2, -2),
                line("mm", 0, 2).gives(-3, -3)))
        .isEqualTo(name(Cause.OTHER_CONSTANT, "`mm` is called with a tensor of other numbers"));
    assertThat(
            named(
                List.of(DRAW, OTHER_DRAW, product),
                DRAW,
                OTHER_DRAW,
                line("eye").gives(-1, -1),
                line("add", 2, 0.3).gives(-2, -2),
                line("mm", 0, 3).gives(-3, -3)))
        .isEqualTo(name(Cause.EXTRA_OP, "`eye`, `add` come before `mm`"));
  }

  @Test
  void seesNoOtherConstantWhereOneTensorMoreIsGiven() throws Exception {
    assertThat(
            named(
                List.of(DRAW, line("cat", 0).gives(9, 9)),
                DRAW,
                line("eye").gives(-1, -1),
                line("cat", 0, 1).gives(-3, -3)))
        .isEqualTo(name(Cause.EXTRA_OP, "`eye` comes before `cat`"));
  }

  @Test
  void seesWhatIsPutInBefore() throws Exception {
    List<Line> reference = List.of(DRAW, line("exp", 0).gives(9, 9));

    assertThat(named(reference, DRAW, line("sin", 0).gives(-1, -1), line("exp", 1).gives(-2, -2)))
        .isEqualTo(name(Cause.EXTRA_OP, "`sin` comes before `exp`"));
    assertThat(
            named(
                reference,
                DRAW,
                line("sin", 0).gives(-1, -1),
                line("cos", 1).gives(-2, -2),
                line("exp", 2).gives(-3, -3)))
        .isEqualTo(name(Cause.EXTRA_OP, "`sin`, `cos` come before `exp`"));
  }

  /** What is made of a result is no constant, and numbers alone are no operand. */
  @Test
  void seesWhatIsMadeOfAResultInPlaceOfAConstant() throws Exception {
    assertThat(
            named(
                List.of(DRAW, ABS, TENSOR, line("exp", 2).gives(9, 9)),
                DRAW,
                ABS,
                line("sin", 1).gives(-1, -1),
                line("exp", 2).gives(-2, -2)))
        .isEqualTo(name(Cause.EXTRA_OP, "`sin` comes before `exp`"));
  }

  @Test
  void namesTheFirstOperationInWhichTheWaysDiffer() throws Exception {
    List<Line> reference = List.of(DRAW, line("sin", 0).gives(10, 10), line("relu", 1).gives(9, 9));

    assertThat(named(reference, DRAW, line("cos", 0).gives(-1, -1), line("relu", 1).gives(-2, -2)))
        .isEqualTo(name(Cause.OTHER_ACTIVATION, "`cos` is called where the reference calls `sin`"));
    assertThat(
            named(
                reference,
                DRAW,
                line("neg", 0).gives(-1, -1),
                line("sin", 1).gives(-2, -2),
                line("relu", 2).gives(-3, -3)))
        .isEqualTo(name(Cause.SIGN, "`neg` comes before `sin`"));
    assertThat(
            named(
                reference,
                DRAW,
                line("square", 0).gives(-1, -1),
                line("sin", 0).gives(-2, -2),
                line("add", 1, 2).gives(-3, -3),
                line("relu", 3).gives(-4, -4)))
        .isEqualTo(
            name(Cause.OTHER_ACTIVATION, "`square` is called where the reference calls `sin`"));
  }

  @Test
  void takesTheSameOperationAtTheBeginningOfBothForTheOneThatDiffers() throws Exception {
    assertThat(
            named(
                List.of(DRAW, line("mul", 0, 2.0).gives(10, 10), line("relu", 1).gives(9, 9)),
                DRAW,
                line("mul", 0, 3.0).gives(-1, -1),
                line("relu", 1).gives(-2, -2)))
        .isEqualTo(name(Cause.OTHER_CONSTANT, "`mul` is called with 3.0, the reference has 2.0"));
  }

  @Test
  void comparesWhatIsMadeOfNothing() throws Exception {
    List<Line> reference = List.of(DRAW, line("arange").gives(10, 10), line("exp", 1).gives(9, 9));

    assertThat(named(reference, DRAW, line("linspace").gives(-1, -1), line("exp", 1).gives(-2, -2)))
        .isEqualTo(name(Cause.OTHER_OP, "`linspace` is called where the reference calls `arange`"));
    assertThat(named(reference, DRAW, line("sin", 0).gives(-1, -1), line("exp", 1).gives(-2, -2)))
        .isEqualTo(
            name(Cause.OTHER_OP, "`sin` comes before `exp`, where the reference has `arange`"));
  }

  @Test
  void seesTheSameOperationOnSomethingElse() throws Exception {
    List<Line> reference = List.of(DRAW, ABS, line("exp", 1).gives(9, 9));

    assertThat(
            named(
                reference,
                DRAW,
                ABS,
                line("sin", 0).gives(-1, -1),
                line("abs", 2).gives(-2, -2),
                line("exp", 3).gives(-3, -3)))
        .isEqualTo(name(Cause.OTHER_OPERAND, "`abs` before `exp` is applied to what `sin` makes"));
    assertThat(
            named(reference, DRAW, ABS, line("sin", 0).gives(-1, -1), line("exp", 2).gives(-2, -2)))
        .isEqualTo(name(Cause.OTHER_OP, "`sin` comes before `exp`, where the reference has `abs`"));
  }

  @Test
  void seesWhatIsNotDoneOnTheWay() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            OTHER_DRAW,
            line("sin", 0).gives(10, 10),
            line("tan", 2).gives(11, 11),
            line("cos", 3).gives(12, 12),
            line("exp", 4).gives(9, 9));

    assertThat(
            named(
                reference,
                DRAW,
                OTHER_DRAW,
                line("cos", 1).gives(-1, -1),
                line("exp", 2).gives(-2, -2)))
        .isEqualTo(name(Cause.MISSING_OP, "`exp` is applied to what is made without `sin`, `tan`"));
  }

  /** True if lines of both, one after the other from a draw, differ in several places. */
  private boolean areSeveral(List<Line> reference, List<Line> candidate) throws Exception {
    return ChainNaming.areSeveral(
        between(reference, candidate),
        IntStream.range(1, reference.size()).boxed().toList(),
        IntStream.range(1, candidate.size()).boxed().toList());
  }

  private static Line mul(int from, double factor) {
    return line("mul", from, factor).gives(from, factor);
  }

  @Test
  void countsThePlacesInWhichChainsDiffer() throws Exception {
    Line exp = line("exp", 2).gives(9, 9);
    List<Line> reference = List.of(DRAW, mul(0, 2), mul(1, 3), exp);

    assertThat(areSeveral(reference, List.of(DRAW, mul(0, 5), mul(1, 6), exp))).isTrue();
    assertThat(areSeveral(reference, List.of(DRAW, mul(0, 5), mul(1, 3), exp))).isFalse();
    assertThat(areSeveral(reference, List.of(DRAW, mul(0, 2), mul(1, 3), exp))).isFalse();
    assertThat(areSeveral(reference, List.of(DRAW, mul(0, 5), mul(1, 6)))).isFalse();
    assertThat(areSeveral(reference, List.of(DRAW, mul(0, 5), line("sum", 1).gives(1), exp)))
        .isTrue();
    assertThat(
            areSeveral(
                reference,
                List.of(DRAW, mul(0, 2), mul(1, 6), line("exp", 2).with("out", 1).gives(9))))
        .isTrue();
    assertThat(
            areSeveral(reference, List.of(DRAW, mul(0, 5), line("exp", 1).gives(8, 8), mul(2, 6))))
        .isFalse();
    assertThat(
            areSeveral(
                reference,
                List.of(
                    DRAW,
                    line("sin", 0).gives(6),
                    line("cos", 1).gives(7),
                    line("tan", 2).gives(8))))
        .isFalse();
  }
}

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.harness.diagnosis.WrittenLogs.Line;

class DivergenceTest {
  private static final Line DRAW = line("randn").gives(1);
  private static final Line NEG = line("neg", 0).gives(-1);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  @Test
  void namesTheFirstOperationWithOtherBits() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, line("mean", 0).gives(2), line("neg", 1).gives(-2), probe("p", 2)),
            List.of(DRAW, line("sum", 0).gives(4), line("neg", 1).gives(-4), probe("p", 2)));

    assertThat(d.expected()).containsExactly(1, 2);
    assertThat(d.actual()).containsExactly(1, 2);
    assertThat(d.expectedOp()).hasValue(1);
    assertThat(d.actualOp()).hasValue(1);
    assertThat(d.accounted()).isEqualTo(1);
    assertThat(d.otherProbe()).isEmpty();
  }

  @Test
  void countsAProbeThatDisagreesThoughBothSidesHaveBothValues() throws Exception {
    List<Line> reference = List.of(DRAW, NEG, probe("p", 1));

    Divergence same = between(reference, reference);
    Divergence other = between(reference, List.of(DRAW, NEG, probe("p", 0)));

    assertThat(same.size()).isZero();
    assertThat(same.accounted()).isEqualTo(3);
    assertThat(other.size()).isEqualTo(2);
  }

  @Test
  void takesADetourToTheSameValueForADifferenceOfForm() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, NEG, probe("p", 1)),
            List.of(
                DRAW,
                line("mul", 0).gives(2),
                line("div", 1).gives(1),
                line("neg", 2).gives(-1),
                probe("p", 3)));

    assertThat(d.isNone()).isTrue();
  }

  @Test
  void ignoresAResultThatNothingUses() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, probe("p", 0)), List.of(DRAW, line("exp", 0).gives(2.7), probe("p", 0)));

    assertThat(d.isNone()).isTrue();
  }

  @Test
  void noticesAProbeOfAnotherTensor() throws Exception {
    Divergence d = between(List.of(DRAW, NEG, probe("p", 1)), List.of(DRAW, NEG, probe("p", 0)));

    assertThat(d.isNone()).isFalse();
    assertThat(d.otherProbe()).hasValue("p");
  }

  @Test
  void takesAProbeOfNewNumbersForNoOtherProbe() throws Exception {
    Divergence d =
        between(
            List.of(DRAW, NEG, probe("p", 1), probe("q", 0)),
            List.of(DRAW, line("abs", 0).gives(3), probe("p", 1), probe("q", 0)));

    assertThat(d.otherProbe()).isEmpty();
  }

  @Test
  void seesAProbeThatTheCandidateNeverReached() throws Exception {
    Divergence d = between(List.of(DRAW, NEG, probe("p", 1)), List.of(DRAW));

    assertThat(d.expectedOp()).hasValue(1);
    assertThat(d.otherProbe()).isEmpty();
    assertThat(d.candidateStops()).isTrue();
    assertThat(d.isNone()).isFalse();
  }

  /** Whoever goes on after a probe does not lack it by having stopped. */
  @Test
  void passesOverAProbeThatTheCandidateLeavesOutOnTheWay() throws Exception {
    Divergence d =
        between(List.of(DRAW, NEG, probe("p", 1), probe("q", 0)), List.of(DRAW, probe("q", 0)));

    assertThat(d.isNone()).isTrue();
    assertThat(d.size()).isZero();
    assertThat(d.candidateStops()).isFalse();
  }

  @Test
  void countsWhereAProgramEndsThatRecordsLess() throws Exception {
    List<Line> reference =
        List.of(DRAW, probe("p", 0), NEG, line("exp", 2).gives(0.4), probe("q", 3));

    Divergence elsewhere =
        between(reference, List.of(DRAW, probe("p", 0), line("abs", 0).gives(9)));
    Divergence onItsWay = between(reference, List.of(DRAW, probe("p", 0), NEG));

    assertThat(elsewhere.actual()).containsExactly(2);
    assertThat(elsewhere.expected()).containsExactly(2, 3);
    assertThat(onItsWay.actual()).isEmpty();
    assertThat(onItsWay.expected()).containsExactly(3);
    assertThat(onItsWay.accounted()).isEqualTo(3);
    assertThat(onItsWay.candidateStops()).isTrue();
  }

  @Test
  void countsWhatFailsOnOneSideAlone() throws Exception {
    Line fails = line("mm", 0, 0).failed("no matrix");
    List<Line> ends = List.of(DRAW, NEG, fails);

    assertThat(between(List.of(DRAW, NEG), ends).actual()).containsExactly(2);
    assertThat(between(List.of(DRAW, NEG), ends).actualOp()).hasValue(2);
    assertThat(between(ends, List.of(DRAW, NEG)).expected()).containsExactly(2);
    assertThat(between(ends, ends).isNone()).isTrue();
  }

  @Test
  void tellsFailuresApartByOperationAndArguments() throws Exception {
    List<Line> reference = List.of(DRAW, NEG, line("mm", 0, 0).failed("no matrix"));
    List<Line> otherwise = List.of(DRAW, NEG, line("bmm", 0, 0).failed("no matrix"));
    List<Line> ofOthers = List.of(DRAW, NEG, line("mm", 0, 1).failed("no matrix"));

    assertThat(between(reference, otherwise).actual()).containsExactly(2);
    assertThat(between(reference, ofOthers).actual()).containsExactly(2);
  }

  @Test
  void tellsNumbersThatAreSpeltOutWithTheirUse() throws Exception {
    Divergence d =
        between(
            List.of(line("tensor").gives(2), DRAW, line("mul", 1, 0).gives(2, 0), probe("p", 2)),
            List.of(line("tensor").gives(3), DRAW, line("mul", 1, 0).gives(3, 0), probe("p", 2)));

    assertThat(d.expected()).containsExactly(0, 2);
    assertThat(d.expectedOp()).hasValue(2);
    assertThat(d.actualOp()).hasValue(2);
    assertThat(d.isLiteral(d.reference(), 0)).isTrue();
    assertThat(d.isLiteral(d.reference(), 2)).isFalse();
    assertThat(d.chainTo(2)).containsExactly(2);
    assertThat(d.accounted()).isZero();
  }

  @Test
  void followsAChainBackToWhatBothHave() throws Exception {
    List<Line> reference = List.of(DRAW, NEG, line("exp", 1).gives(0.4), probe("p", 2));
    List<Line> candidate =
        List.of(
            DRAW,
            line("sin", 0).gives(0.8),
            line("cos", 0).gives(0.5),
            line("add", 1, 2).gives(1.3),
            line("exp", 3).gives(3.7),
            probe("p", 4));

    Divergence d = between(reference, candidate);

    assertThat(d.chainTo(4)).containsExactly(1, 2, 3, 4);
    assertThat(d.chainTo(2)).containsExactly(2);
    assertThat(d.expectedChainTo(2)).containsExactly(1, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 13})
  void followsNoChainOfMoreThanTwelve(int length) throws Exception {
    List<Line> lines = new ArrayList<>(List.of(DRAW));
    IntStream.range(0, length).forEach(i -> lines.add(line("exp", i).gives(i + 2)));
    lines.add(probe("p", length));

    Divergence d = between(List.of(DRAW, NEG, probe("p", 1)), lines);

    assertThat(d.chainTo(length)).hasSize(length > 12 ? 0 : length);
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.Diagnosis.Aligned;
import torchparity.harness.diagnosis.Diagnosis.Call;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Tried;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What people are shown of a place where logs part. */
class FindingsTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final Line EXP = line("exp", 0).gives(3, 7);

  @TempDir Path folder;

  private Divergence between(List<Line> reference, List<Line> candidate) throws Exception {
    return new WrittenLogs(folder).between(reference, candidate);
  }

  @Test
  void putsBothSidesBesideEachOtherFromAFewLinesBefore() throws Exception {
    Line abs = line("abs", 1).gives(3, 7.5);
    Divergence d =
        between(
            List.of(
                line("zeros").gives(0), // too far
                DRAW,
                line("exp", 1).gives(3, 7),
                line("backward", 2),
                line("cos", 2).gives(4),
                line("neg", 2).gives(-3, -7),
                line("sin", 5).gives(8, 9),
                probe("p", 6)),
            List.of(DRAW, EXP, abs, line("sin", 2).gives(9, 9), EXP, probe("p", 3)));

    Finding bare = Findings.bare(d, List.of());

    assertThat(bare.aligned())
        .extracting(FindingsTest::row)
        .containsExactly("2|1", "3|2", "5|", "6|3", "7|4");
    assertThat(bare.expected()).isEqualTo(new Call("neg", "port.py", 6, "neg([2]) -> [2]", null));
    assertThat(bare.actual()).isEqualTo(new Call("abs", "port.py", 3, "abs([2]) -> [2]", null));
    assertThat(bare.blame()).isEqualTo(bare.actual());
    assertThat(bare.cause()).isNull();
    assertThat(bare.claim()).isEmpty();
  }

  /** Lines of both programs. */
  private static String row(Aligned row) {
    return lineOf(row.reference()) + "|" + lineOf(row.candidate());
  }

  private static String lineOf(@Nullable Call call) {
    return call == null ? "" : String.valueOf(call.line());
  }

  @Test
  void showsFourLinesOfEachSideAtMost() throws Exception {
    List<Line> reference =
        IntStream.range(0, 6).mapToObj(i -> line("exp", i).gives(10 + i, 1)).toList();
    List<Line> candidate =
        IntStream.range(0, 6).mapToObj(i -> line("exp", i).gives(10 + i, 2)).toList();

    Finding bare = Findings.bare(between(after(reference), after(candidate)), List.of());

    assertThat(bare.aligned())
        .extracting(FindingsTest::row)
        .containsExactly("1|1", "2|2", "3|3", "4|4", "5|5");
  }

  /** As the skew bug: the reference has two operations more, and then both go on alike. */
  @Test
  void leavesOutNothingThatTheOtherSideHasLater() throws Exception {
    List<Line> reference =
        recorded(
            List.of(
                DRAW,
                line("sub", 0).gives(2, 1),
                line("mm", 1).gives(3, 1),
                line("add", 2).gives(4, 1),
                line("cat", 3).gives(5, 1),
                line("exp", 4).gives(6, 1),
                line("neg", 5).gives(7, 1),
                line("sin", 6).gives(8, 1)));
    List<Line> candidate =
        recorded(
            List.of(
                DRAW,
                line("mm", 0).gives(3, 2),
                line("cat", 1).gives(5, 2),
                line("exp", 2).gives(6, 2),
                line("neg", 3).gives(7, 2),
                line("sin", 4).gives(8, 2)));

    Finding bare = Findings.bare(between(reference, candidate), List.of());

    assertThat(bare.aligned())
        .extracting(FindingsTest::row)
        .containsExactly("1|1", "2|", "3|2", "4|", "5|3", "6|4", "7|5");
  }

  private static List<Line> after(List<Line> lines) {
    return recorded(Stream.concat(Stream.of(DRAW), lines.stream()).toList());
  }

  @Test
  void blamesTheEndOfAProgramThatStops() throws Exception {
    List<Line> reference = List.of(DRAW, EXP, line("neg", 1).gives(-3, -7), probe("p", 2));

    Finding stops =
        Findings.bare(
            between(reference, List.of(DRAW, EXP, DRAW, DRAW.at(null), probe("q", 0))), List.of());

    assertThat(stops.blame()).isEqualTo(new Call("randn", "port.py", 3, "randn() -> [2]", null));
    assertThat(stops.actual()).isNull();
    assertThat(stops.aligned())
        .extracting(FindingsTest::row)
        .containsExactly("1|null", "2|2", "3|");
    assertThat(Findings.bare(between(reference, List.of(DRAW.at(null))), List.of()).blame())
        .isEqualTo(new Call("randn", "port.py", null, "randn() -> [2]", null));
    List<Line> mixed = List.of(line("rand").gives(4, 4), DRAW, line("add", 0, 1).gives(5, 6));
    assertThat(Findings.bare(between(recorded(mixed), List.of(DRAW)), List.of()).blame())
        .isEqualTo(new Call("randn", "port.py", 1, "randn() -> [2]", null));
  }

  private static List<Line> recorded(List<Line> lines) {
    return Stream.concat(lines.stream(), Stream.of(probe("p", lines.size() - 1))).toList();
  }

  @Test
  void blamesTheLastThatBothHaveWhereTheCandidateLacksSomething() throws Exception {
    List<Line> reference = List.of(DRAW, EXP, line("neg", 1).gives(-3, -7), probe("p", 2));
    Divergence d = between(reference, List.of(DRAW, EXP, probe("p", 1)));
    Divergence reversed = between(List.of(DRAW, EXP, probe("p", 1)), reference);

    Finding lacks = Findings.bare(d, List.of());

    assertThat(lacks.blame()).isEqualTo(new Call("exp", "port.py", 2, "exp([2]) -> [2]", null));
    assertThat(lacks.actual()).isNull();
    assertThat(Findings.bare(reversed, List.of()).expected()).isNull();
    assertThat(Findings.bare(reversed, List.of()).aligned())
        .extracting(FindingsTest::row)
        .containsExactly("|3");
  }

  @Test
  void showsALiteralWhereNothingElseDiffers() throws Exception {
    Divergence d =
        between(
            List.of(line("tensor").gives(4), probe("p", 0)),
            List.of(line("tensor").gives(5), probe("p", 0)));

    Finding bare = Findings.bare(d, List.of());

    assertThat(bare.expected()).isEqualTo(new Call("tensor", "port.py", 1, "tensor() -> []", null));
    assertThat(bare.actual()).isEqualTo(bare.expected());
    assertThat(bare.aligned()).extracting(FindingsTest::row).containsExactly("1|1");
  }

  @Test
  void putsNothingBesideWhatComesBeforeTheFirstLineOfTheCandidate() throws Exception {
    Divergence d =
        between(
            recorded(List.of(DRAW, line("neg", 0).gives(8, 8))),
            recorded(List.of(line("ones").gives(9, 9), DRAW, line("mul", 0, 1).gives(7, 7))));

    assertThat(Findings.bare(d, List.of()).aligned())
        .extracting(FindingsTest::row)
        .containsExactly("1|", "2|1", "|3");
  }

  @Test
  void tellsOnceAndFirstWhatWasTriedThatAccountsForMost() throws Exception {
    List<Tried> tried = List.of(tried(1), tried(3), tried(2), tried(3));
    Divergence d =
        between(List.of(DRAW, probe("p", 0)), List.of(line("ones").gives(4), probe("p", 0)));

    Suspicion suspicion = new Suspicion(Cause.OTHER_OP, "why", List.of());

    assertThat(Findings.bare(d, tried).tried()).containsExactly(tried(3), tried(2), tried(1));
    assertThat(Findings.of(d, suspicion, tried).tried())
        .containsExactly(tried(3), tried(2), tried(1));
  }

  private static Tried tried(int accounted) {
    return new Tried(Cause.SCALE, "", false, accounted, 9, null);
  }

  private Finding suspected(Cause cause, OptionalInt line) throws Exception {
    Divergence d =
        between(
            List.of(DRAW, EXP, line("neg", 1).gives(-3, -7), probe("p", 2)),
            List.of(DRAW, EXP, line("abs", 1).gives(8, 9), probe("p", 2).at(70)));
    return Findings.of(
        d,
        new Suspicion(cause, "why", List.of(new Edit.Bypass(Set.of(2), 0)), line),
        Collections.emptyList());
  }

  @Test
  void blamesTheLineThatASuspicionNamesOrTheGapOrWhereResultsPart() throws Exception {
    Finding named = suspected(Cause.SIGN, OptionalInt.of(0));

    assertThat(named.cause()).isEqualTo(Cause.SIGN);
    assertThat(named.claim()).isEqualTo("why");
    assertThat(named.blame()).isEqualTo(new Call("randn", "port.py", 1, "randn() -> [2]", null));
    assertThat(Objects.requireNonNull(suspected(Cause.SIGN, OptionalInt.empty()).blame()).line())
        .isEqualTo(2);
    assertThat(
            Objects.requireNonNull(suspected(Cause.TRANSPOSED, OptionalInt.empty()).blame()).line())
        .isEqualTo(3);
    assertThat(suspected(Cause.SIGN, OptionalInt.of(3)).blame())
        .isEqualTo(new Call("abs", "port.py", 70, "abs([2]) -> [2]", null));
  }

  @Test
  void tellsWhatIsRecordedInPlaceOfAnother() throws Exception {
    Divergence d =
        between(List.of(DRAW, EXP, probe("p", 1)), List.of(DRAW, EXP, probe("p", 0).at(70)));
    Call draw = new Call("randn", "port.py", 1, "randn() -> [2]", null);

    assertThat(Findings.wrongProbe(d, "p"))
        .isEqualTo(
            new Finding(
                Cause.WRONG_PROBE,
                "`p` is recorded from another tensor: randn() -> [2]",
                new Call("exp", "port.py", 2, "exp([2]) -> [2]", null),
                draw,
                new Call("randn", "port.py", 70, "randn() -> [2]", null),
                List.of(),
                List.of()));
  }
}

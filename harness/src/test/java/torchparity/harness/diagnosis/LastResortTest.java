package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ReplayJob;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Search.Result;
import torchparity.harness.diagnosis.WrittenLogs.Line;
import torchparity.harness.run.Replayer;

/**
 * What is told where changes to the reference explain little. The engine here answers with logs
 * that are written down: first the candidate again, then the candidate without one of its lines.
 */
class LastResortTest {
  private static final Line DRAW = line("randn").gives(1, 2);
  private static final List<Line> REFERENCE =
      List.of(DRAW, line("exp", 0).gives(3, 7), probe("p", 1), probe("q", 1));
  private static final List<Line> CANDIDATE =
      List.of(
          DRAW,
          line("neg", 0).gives(-1, -2),
          line("exp", 1).gives(5, 5),
          probe("p", 2),
          probe("q", 2));
  private static final String WITHOUT_NEG =
      "`neg` is called, without which it would give the reference's numbers";

  @TempDir Path folder;

  /** The candidate without its negation, if it then records these numbers. */
  private static List<Line> recording(Line exp, Line other) {
    return List.of(DRAW, exp, other, probe("p", 1), probe("q", 2));
  }

  private static List<Line> recording(double... values) {
    return recording(line("exp", 0).gives(values), line("exp", 0).gives(values));
  }

  private static Replayer engine(List<Line> repeated, List<Line> changed) {
    return (programs, here) -> {
      for (ReplayJob.Program program : programs) {
        boolean isChanged = program.out().endsWith("0-log");
        WrittenLogs.write(WrittenLogs.placed(isChanged ? changed : repeated), program.out());
      }
    };
  }

  private Result of(Result result, Replayer engine) throws Exception {
    return lastResort(engine).of(result, new WrittenLogs(folder).between(REFERENCE, CANDIDATE));
  }

  private LastResort lastResort(Replayer engine) throws IOException {
    Path own = Files.createTempDirectory(folder, "replays");
    return new LastResort(new Counterfactuals(engine, own, 1));
  }

  private static Result found(Status status, String note, Cause... causes) {
    List<Finding> findings =
        Stream.of(causes)
            .map(cause -> new Finding(cause, "", null, null, null, List.of(), List.of()))
            .toList();
    return new Result(status, findings, note);
  }

  @Test
  void confirmsWhatCanBeLeftOutInPlaceOfAnExchange() throws Exception {
    Result exchange = found(Status.CONFIRMED, "", Cause.OTHER_OP);

    Result told = of(exchange, engine(CANDIDATE, recording(3, 7)));

    assertThat(told.status()).isEqualTo(Status.CONFIRMED);
    assertThat(told.note()).isEmpty();
    assertThat(told.findings()).extracting(Finding::claim).containsExactly(WITHOUT_NEG);
    assertThat(of(exchange, engine(CANDIDATE, recording(3.0001, 7)))).isSameAs(exchange);
    assertThat(of(exchange, engine(CANDIDATE, CANDIDATE))).isSameAs(exchange);
  }

  @Test
  void keepsWhatIsConfirmedOrSuspectedAlone() throws Exception {
    Replayer engine = engine(CANDIDATE, recording(3, 7));

    for (Result result :
        List.of(
            found(Status.CONFIRMED, "", Cause.SIGN),
            found(Status.CONFIRMED, "", Cause.OTHER_OP, Cause.SIGN),
            found(Status.CONFIRMED, ""),
            found(Status.SUSPECTED, "", Cause.OTHER_OP))) {
      assertThat(of(result, engine)).isSameAs(result);
    }
  }

  @Test
  void suspectsWhatTheCandidateCanDoWithoutButForRounding() throws Exception {
    String note = "replayed without it, the candidate gives the reference's numbers up to rounding";
    Replayer engine = engine(CANDIDATE, recording(3.0001, 7));

    Result unexplained = of(found(Status.UNEXPLAINED, "", Cause.SIGN), engine);

    assertThat(unexplained.status()).isEqualTo(Status.SUSPECTED);
    assertThat(unexplained.note()).isEqualTo(note);
    assertThat(unexplained.findings()).extracting(Finding::claim).containsExactly(WITHOUT_NEG);
    assertThat(of(found(Status.UNEXPLAINED, "in the way", Cause.SIGN), engine).note())
        .isEqualTo("in the way; " + note);
    assertThat(of(found(Status.SUSPECTED, "so many", Cause.SIGN, Cause.SCALE), engine).note())
        .isEqualTo(note);
  }

  @Test
  void saysNothingWhereEnoughIsLeftOfOneProbe() throws Exception {
    Result unexplained = found(Status.UNEXPLAINED, "", Cause.SIGN);
    Line near = line("exp", 0).gives(3.0001, 7);
    Line far = line("exp", 0).gives(3.001, 7);

    assertThat(of(unexplained, engine(CANDIDATE, recording(near, near)))).isNotSameAs(unexplained);
    assertThat(of(unexplained, engine(CANDIDATE, recording(near, far)))).isSameAs(unexplained);
    assertThat(of(unexplained, engine(CANDIDATE, recording(far, near)))).isSameAs(unexplained);
    assertThat(of(unexplained, engine(CANDIDATE, List.of(DRAW)))).isSameAs(unexplained);
  }

  @Test
  void saysNothingOfACandidateThatCannotBeReplayed() throws Exception {
    Result unexplained = found(Status.UNEXPLAINED, "", Cause.SIGN);
    Replayer crashes =
        (programs, here) -> {
          throw new ParityException(ParityException.Code.SET_UP_MISSING, "no engine");
        };

    assertThat(of(unexplained, engine(recording(8, 8), recording(3, 7)))).isSameAs(unexplained);
    assertThat(of(unexplained, crashes)).isSameAs(unexplained);
  }

  @Test
  void tellsWhatTheNumbersShowOfThePlaceThatWasFound() throws Exception {
    List<Line> doubled =
        List.of(
            DRAW,
            line("sum", 0).gives(3),
            line("exp", 0).gives(6, 14),
            probe("p", 2),
            probe("q", 2));
    Divergence d = new WrittenLogs(folder).between(REFERENCE, doubled);

    Result told =
        lastResort(engine(doubled, doubled))
            .of(found(Status.UNEXPLAINED, "in the way", Cause.SIGN), d);

    assertThat(told.status()).isEqualTo(Status.SUSPECTED);
    assertThat(told.note())
        .isEqualTo("in the way; the numbers show it; by which operations is not known");
    assertThat(told.findings())
        .extracting(Finding::cause, Finding::claim)
        .containsExactly(tuple(Cause.SCALE, "`p` is 2.00000 times what the reference has"));
  }

  @Test
  void takesNextToNothingOfTheFirstProbeForNear() throws Exception {
    WrittenLogs logs = new WrittenLogs(folder);
    Divergence d = logs.between(REFERENCE, CANDIDATE);

    assertThat(LastResort.isNear(d, logs.graph(recording(5, 5)))).isTrue();
    assertThat(LastResort.isNear(d, logs.graph(recording(5.0001, 5)))).isTrue();
    assertThat(LastResort.isNear(d, logs.graph(recording(5.001, 5)))).isFalse();
    assertThat(LastResort.isNear(d, logs.graph(List.of(DRAW)))).isFalse();
    assertThat(LastResort.isNear(d, null)).isFalse();
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.MalformedFileException;
import torchparity.cases.OpLog;
import torchparity.cases.Products;
import torchparity.harness.ParityException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Replayer;

/** Reruns of real ports that count, and make a mistake in doing so. */
class InvestigationTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final String RIGHT = "right";

  @TempDir Path folder;

  private static Port port(String name, String mistake) {
    Path python = ROOT.resolve("python/.venv/bin/python");
    Path program = ROOT.resolve("harness/src/test/resources/ports/counting.py");
    return new Port(name, name, List.of(python.toString(), "-IS", program.toString(), mistake));
  }

  private static Failure failure(
      String reference, String candidate, int epochs, Products products) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    if (epochs > 0) {
      parameters.put("epochs", epochs);
    }
    Case question =
        new Case(
            "counting",
            "Counting",
            "counting",
            parameters,
            List.of(1L),
            List.of("float32"),
            List.of(),
            List.of(),
            new Case.Training("loss", "", "", "", "", ""),
            List.of());
    return new Failure(
        new Instance(question, 1, Dtype.FLOAT32, products),
        port("ref", reference),
        port("mine", candidate));
  }

  private List<Diagnosis> diagnoses(Replayer replays, Failure... failures) throws Exception {
    return new Investigation(folder, replays, Duration.ofMinutes(2)).of(List.of(failures));
  }

  private Diagnosis diagnosis(String reference, String candidate, int epochs) throws Exception {
    Failure failure = failure(reference, candidate, epochs, Products.EXACT);
    Diagnosis found = diagnoses(new Programs(folder).replayer(), failure).get(0);
    assertThat(List.of(found.instance(), found.reference(), found.candidate()))
        .containsExactly("counting.seed-1.float32.exact", "ref", "mine");
    return found;
  }

  /** With and without epochs, in the first ones and in later ones. */
  @ParameterizedTest
  @CsvSource({"factor@0, 0, 2", "factor@1, 2, 2", "factor@2, 9, 2", "factor@7, 9, 2"})
  void findsTheEpochInWhichTheTwoPart(String mistake, int epochs, int line) throws Exception {
    Diagnosis found = diagnosis(RIGHT, mistake, epochs);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.note()).isEmpty();
    Finding finding = Objects.requireNonNull(found.first());
    assertThat(finding.cause()).isEqualTo(Cause.OTHER_CONSTANT);
    assertThat(finding.claim()).isEqualTo("`mul` is called with 3.0, the reference has 2.0");
    assertThat(Objects.requireNonNull(finding.blame()).place()).isEqualTo("counting.py:" + line);
  }

  /** The whole window around the eighth epoch is logged, and no more. */
  @Test
  void logsTheEpochsAroundTheFirstThatDiffers() throws Exception {
    Diagnosis unused = diagnosis(RIGHT, "factor@7", 20);

    Path later = folder.resolve("counting.seed-1.float32.exact.mine.later");
    OpGraph log = graph(later);
    assertThat(log.count("mul")).isEqualTo(2); // the seventh and the eighth
    assertThat(log.tensor(0).orElseThrow().getDouble(0)).isEqualTo(64); // after six
  }

  private static OpGraph graph(Path out) throws Exception {
    return new OpGraph(OpLog.read(out.resolve("mine/counting.seed-1.float32.exact")).orElseThrow());
  }

  @ParameterizedTest
  @CsvSource({"right, keeps, mine", "keeps, right, ref"})
  void namesThePortThatHandsSomethingOn(String reference, String candidate, String keeper)
      throws Exception {
    Diagnosis found = diagnosis(reference, candidate, 2);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.note())
        .isEqualTo(
            "the first time both agree in every bit, the second time in the same process they do"
                + " not: %s keeps something from one instance to the next",
            keeper);
  }

  private static final String FINE =
      "run by itself, it agrees with the reference in every bit: what differs comes from the"
          + " instances that ran before it in the same process, or changes from run to run";

  @Test
  void tellsThatAPortEndsInALaterEpoch() throws Exception {
    assertThat(diagnosis(RIGHT, "fails@7", 9))
        .isEqualTo(
            nothing(
                Status.UNAVAILABLE,
                "the first 3 epochs agree in every bit; mine ends early: no more"));
  }

  /** The reference, here, is the one that stops too soon. */
  @Test
  void comparesCurvesOfOtherLengthsUpToWhereOneEnds() throws Exception {
    Diagnosis found = diagnosis("stops@7", RIGHT, 9);

    assertThat(Objects.requireNonNull(found.first()).actual())
        .satisfies(call -> assertThat(Objects.requireNonNull(call).text()).startsWith("mul("));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void tellsThatItIsFineByItself(int epochs) throws Exception {
    assertThat(diagnosis(RIGHT, RIGHT, epochs)).isEqualTo(nothing(Status.UNEXPLAINED, FINE));
  }

  @Test
  void tellsThatAPortLeavesNoLog() throws Exception {
    assertThat(diagnosis(RIGHT, "unlogged", 2))
        .isEqualTo(
            nothing(Status.UNAVAILABLE, "a port leaves none; this is as far as its probes tell"));
  }

  private static Diagnosis nothing(Status status, String note) {
    return new Diagnosis("counting.seed-1.float32.exact", "ref", "mine", status, List.of(), note);
  }

  @Test
  void takesItForRoundingWhereBlasWasUsed() throws Exception {
    Failure failure = failure(RIGHT, RIGHT, 2, Products.BLAS);

    Diagnosis found = diagnoses(new Programs(folder).replayer(), failure).get(0);

    assertThat(found)
        .isEqualTo(
            new Diagnosis(
                "counting.seed-1.float32", "ref", "mine", Status.ROUNDING, List.of(), ""));
  }

  @ParameterizedTest
  @CsvSource({"right, garbled, mine", "garbled, right, ref"})
  void namesThePortWhoseLogCannotBeRead(String reference, String candidate, String name)
      throws Exception {
    Diagnosis found = diagnosis(reference, candidate, 2);

    assertThat(found.status()).isEqualTo(Status.UNAVAILABLE);
    assertThat(found.note()).startsWith("the op log of " + name + " cannot be read: ");
  }

  @ParameterizedTest
  @CsvSource({"right, fails@1, mine", "fails@1, right, ref"})
  void tellsThatAPortEndsEarly(String reference, String candidate, String name) throws Exception {
    Diagnosis found = diagnosis(reference, candidate, 2);

    assertThat(found.note()).endsWith("%s ends early: no more".formatted(name));
  }

  @Test
  void tellsEachFailureItsOwnCause() throws Exception {
    Failure first = failure(RIGHT, "unlogged", 2, Products.EXACT);
    Failure second = new Failure(first.instance(), first.reference(), port("other", "factor@0"));
    Failure third = new Failure(first.instance(), first.reference(), port("late", "fails@1"));

    assertThat(diagnoses(new Programs(folder).replayer(), first, second, third))
        .extracting(Diagnosis::candidate, Diagnosis::status, Diagnosis::note)
        .startsWith(
            tuple(
                "mine",
                Status.UNAVAILABLE,
                "a port leaves none; this is as far as its probes tell"),
            tuple("other", Status.CONFIRMED, ""));
  }

  @Test
  void doesNothingWithoutFailures() throws Exception {
    assertThat(diagnoses(new Programs(folder).replayer())).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void tellsWhatWentWrongInTheSearch() throws Exception {
    Failure failure = failure(RIGHT, "factor@0", 2, Products.EXACT);
    Replayer broken =
        (programs, out) -> {
          throw new IllegalStateException("broken");
        };

    assertThat(diagnoses(broken, failure).get(0).note())
        .isEqualTo(
            "the search itself failed, which is a mistake of ours:"
                + " java.lang.IllegalStateException: broken");
  }

  @Test
  void tellsThatTheSearchTakesMoreMemoryThanThereIs() throws Exception {
    Failure failure = failure(RIGHT, "factor@0", 2, Products.EXACT);

    for (Error error : List.of(new StackOverflowError(), new OutOfMemoryError("Java heap space"))) {
      Replayer deep =
          (programs, out) -> {
            throw error;
          };
      Path own = folder.resolve(error.getClass().getSimpleName());
      assertThat(new Investigation(own, deep, Duration.ofMinutes(2)).of(List.of(failure)).get(0))
          .extracting(Diagnosis::status, Diagnosis::note)
          .containsExactly(
              Status.UNAVAILABLE, "the search takes more memory than there is: " + error);
    }
  }

  @Test
  void tellsWhichFileOfAReplayCannotBeRead() throws Exception {
    Failure failure = failure(RIGHT, "factor@0", 2, Products.EXACT);
    Replayer broken =
        (programs, out) -> {
          throw new MalformedFileException(Path.of("ops.jsonl"), "line 1: broken");
        };

    assertThat(diagnoses(broken, failure).get(0))
        .extracting(Diagnosis::status, Diagnosis::note)
        .containsExactly(
            Status.UNAVAILABLE, "what a port left cannot be read: ops.jsonl: line 1: broken");
  }

  @Test
  void endsWhereTheEngineCannotBeStarted() {
    Failure failure = failure(RIGHT, "factor@0", 2, Products.EXACT);
    Replayer none =
        (programs, out) -> {
          throw new ParityException(ParityException.Code.USAGE, "no engine");
        };

    assertThatThrownBy(() -> diagnoses(none, failure)).isInstanceOf(ParityException.class);
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Changes.call;
import static torchparity.harness.diagnosis.Changes.factor;
import static torchparity.harness.diagnosis.Changes.input;
import static torchparity.harness.diagnosis.Changes.instead;
import static torchparity.harness.diagnosis.Changes.step;
import static torchparity.harness.diagnosis.Changes.times;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Diagnosis.Tried;
import torchparity.harness.diagnosis.Programs.Program;
import torchparity.harness.diagnosis.Search.Result;

/** How sure a search is of what it found. */
class SearchCertaintyTest {
  @TempDir Path folder;

  private Result search(Program reference, Program candidate, Suspicion... suspicions)
      throws Exception {
    return new Programs(folder).search(List.of(d -> List.of(suspicions)), reference, candidate);
  }

  @Test
  void takesTheSameBitsForRounding() throws Exception {
    assertThat(search(times(2), times(2))).isEqualTo(new Result(Status.ROUNDING, List.of(), ""));
  }

  @Test
  void isNotSureOfWhatIsNotBorneOut() throws Exception {
    Result found = search(times(2), times(3), factor(Cause.EXTRA_OP, 3));

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings()).extracting(Finding::cause).containsExactly(Cause.EXTRA_OP);
    assertThat(found.note())
        .isEqualTo("the candidate does not call it more often than the reference");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "6, CONFIRMED, ''",
        "7, SUSPECTED, so many operations of the candidate could stand for anything",
      })
  void isNotSureOfMuchThatIsCopied(int copied, Status status, String note) throws Exception {
    Program candidate =
        (t, log) -> {
          Tensor x = t.randn(3);
          for (int i = 0; i < copied; i++) {
            x = call(t, "sin", x);
          }
          log.probe("x", x);
        };
    Edit.Step[] steps =
        IntStream.range(0, copied)
            .mapToObj(i -> step("sin", i == 0 ? input(0) : new Operand.Earlier(i - 1)))
            .toArray(Edit.Step[]::new);

    Result found = search(times(2), candidate, instead(Cause.OTHER_CONSTANT, "", 1, steps));

    assertThat(found.status()).isEqualTo(status);
    assertThat(found.note()).isEqualTo(note);
  }

  /** A program of some products, each recorded, with cosines in the place of the first. */
  private static Program products(int wrong) {
    return (t, log) -> {
      for (int i = 0; i < 4; i++) {
        Tensor x = t.randn(3);
        log.probe("x" + i, i < wrong ? call(t, "cos", x) : t.mul(x, 2));
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    "1, CONFIRMED, 1, ''",
    "2, CONFIRMED, 2, ''",
    "3, SUSPECTED, 2, so many changes together could explain anything",
  })
  void isNotSureOfManyChanges(int wrong, Status status, int told, String note) throws Exception {
    Suspicion[] each =
        IntStream.range(0, wrong)
            .mapToObj(i -> instead(Cause.SCALE, "product " + i, 3 * i + 1, step("cos", input(0))))
            .toArray(Suspicion[]::new);

    Result found = search(products(0), products(wrong), each);

    assertThat(found.status()).isEqualTo(status);
    assertThat(found.note()).isEqualTo(note);
    assertThat(found.findings())
        .extracting(Finding::claim)
        .containsExactlyElementsOf(List.of("product 0", "product 1").subList(0, told));
    assertThat(found.findings().get(0).tried()).hasSize(wrong + 1);
    if (told > 1) {
      assertThat(found.findings().get(1).tried()).hasSize(wrong); // promotion is tried once
    }
  }

  /** The second mistake has no explanation. */
  @Test
  void suspectsWhatExplainsAPart() throws Exception {
    Suspicion first = instead(Cause.SCALE, "first", 1, step("cos", input(0)));
    Program candidate =
        (t, log) -> {
          log.probe("x0", call(t, "cos", t.randn(3)));
          log.probe("x1", call(t, "sin", t.randn(3)));
          log.probe("x2", t.mul(t.randn(3), 2));
          log.probe("x3", t.mul(t.randn(3), 2));
        };

    Result found = search(products(0), candidate, first);

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.note()).isEmpty();
    assertThat(found.findings()).extracting(Finding::claim).containsExactly("first", "");
    assertThat(found.findings().get(1).cause()).isNull();
  }

  @Test
  void explainsNothingWithoutASuspicionThatHelps() throws Exception {
    Result found =
        search(
            times(2),
            (t, log) -> log.probe("x", call(t, "cos", t.randn(3))),
            factor(Cause.SCALE, 3));

    assertThat(found.status()).isEqualTo(Status.UNEXPLAINED);
    assertThat(found.note()).isEmpty();
    Finding bare = found.findings().get(0);
    assertThat(bare.cause()).isNull();
    assertThat(bare.tried()).extracting(Tried::claim).hasSize(2).first().isEqualTo("times 3.0");
    assertThat(bare.actual()).extracting(Diagnosis.Call::op).isEqualTo("cos");
  }

  @Test
  void suspectsWhatComesNextToIt() throws Exception {
    Result found =
        search(times(2), times(3), factor(Cause.OFFSET, 2.5), factor(Cause.SCALE, 3.0000005));

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings()).extracting(Finding::cause).containsExactly(Cause.SCALE);
    assertThat(found.note()).isEmpty();
  }

  @Test
  void saysThatItsObservationsAreNoProof() throws Exception {
    Program once = (t, log) -> log.probe("x", call(t, "cos", t.mul(t.randn(3), 2)));
    Program twice =
        (t, log) -> log.probe("x", call(t, "cos", call(t, "exp", t.mul(t.randn(3), 2))));

    Result found = search(once, twice);

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.EXTRA_OP);
    assertThat(found.note()).isEqualTo("it was seen, and cannot be replayed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "none",
      value = {
        "randn -> 1 | probe 0 name=x; randn -> 1 | probe 0 name=x; ''",
        "randn -> 1 | exp 0 !other; randn -> 1 | exp 0 !refused; ''",
        "randn -> 1 | exp 0 -> 3 | probe 1 name=x; randn -> 1 | exp 0 !refused;"
            + " 'the reference cannot be replayed: refused'",
        "randn @a.py:1 -> 1 | exp 0 @a.py:2 -> 3 | probe 1 name=x;"
            + " randn -> 1 | exp 0 -> 4 | probe 1 name=x;"
            + " 'the engine does not repeat the reference: `exp` at a.py:2 gives other bits'",
        "randn @a.py:1 -> 1 | exp 0 @a.py:2 -> 3 | probe 1 name=x;"
            + " randn -> 1 | exp 0 -> 3 | probe 0 name=x;"
            + " 'the engine does not repeat the reference: `randn` at a.py:1 gives other bits'",
      })
  void knowsWhyTheReferenceCannotBeReplayed(String given, String replayed, String why)
      throws Exception {
    WrittenLogs logs = new WrittenLogs(folder);

    assertThat(Search.obstacle(logs.graph(given), logs.graph(replayed))).isEqualTo(why);
  }

  @Test
  void changesNothingInAReferenceThatCannotBeReplayed() throws Exception {
    WrittenLogs logs = new WrittenLogs(folder);
    OpGraph reference = logs.graph("full size=[2] fill_value=5 @a.py:1 -> [1 2] | probe 0 name=x");
    OpGraph candidate = logs.graph("full size=[2] fill_value=5 @a.py:1 -> [1 7] | probe 0 name=x");

    Result found =
        new Programs(folder)
            .search(
                List.of(d -> List.of(factor(Cause.SCALE, 3))), reference.log(), candidate.log());

    assertThat(found.status()).isEqualTo(Status.UNEXPLAINED);
    assertThat(found.findings().get(0).tried()).isEmpty();
    assertThat(found.note())
        .isEqualTo("the engine does not repeat the reference: `full` at a.py:1 gives other bits");
  }

  @ParameterizedTest
  @CsvSource({"'', more, more", "note, '', note", "note, more, note; more", "'', '', ''"})
  void tellsOneNoteAfterTheOther(String note, String more, String both) {
    Result result = new Result(Status.SUSPECTED, List.of(), note);

    assertThat(result.also(more)).isEqualTo(new Result(Status.SUSPECTED, List.of(), both));
  }
}

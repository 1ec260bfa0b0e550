package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Programs.Program;

/** What numbers tell where operations do not. */
class PatternTest {
  @TempDir Path folder;

  private static Program recording(double... rows) {
    return (t, log) -> log.probe("x", t.tensor(List.of(rows.length / 2L, 2L), rows));
  }

  private Optional<Pattern> between(Program reference, Program candidate) throws Exception {
    Programs programs = new Programs(folder);
    return Pattern.of(
        Divergence.between(
            new OpGraph(programs.log("reference", reference)),
            new OpGraph(programs.log("candidate", candidate))));
  }

  @Test
  void seesAMultipleButForRounding() throws Exception {
    Pattern found = between(recording(1, 2, -3, 4), recording(3, 6.0001, -9, 12)).orElseThrow();

    assertThat(found.cause()).isEqualTo(Cause.SCALE);
    assertThat(found.claim()).startsWith("`x` is 3.0000").endsWith("times what the reference has");
  }

  @Test
  void seesAnotherSign() throws Exception {
    Pattern found = between(recording(1, 2, -3, 4), recording(-1, -2, 3, -4)).orElseThrow();

    assertThat(found.cause()).isEqualTo(Cause.SIGN);
  }

  @Test
  void seesRowsThatWereNotComputed() throws Exception {
    Pattern found = between(recording(1, 2, 3, 4, 5, 6), recording(1, 2, 0, 0, 0, 0)).orElseThrow();

    assertThat(found.cause()).isEqualTo(Cause.MISSING_OP);
    assertThat(found.claim()).startsWith("rows 1 to 2 of `x` are 0");
  }

  @ParameterizedTest
  @CsvSource({"1 3 6 10, sum", "1 1.5 2 2.5, mean"})
  void seesWhatWasAddedUpOnTheWay(String numbers, String kind) throws Exception {
    double[] rows = Stream.of(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();

    Pattern found = between(recording(1, 2, 3, 4), recording(rows)).orElseThrow();

    assertThat(found.claim()).contains("running " + kind);
  }

  @Test
  void seesRowsThatWereComputedAndAreNotThere() throws Exception {
    Program candidate =
        (t, log) -> {
          t.tensor(List.of(2L), 1, 2);
          log.probe("x", t.tensor(List.of(2L, 2L), 0, 0, 3, 4));
        };

    Pattern found = between(recording(1, 2, 3, 4), candidate).orElseThrow();

    assertThat(found.cause()).isEqualTo(Cause.WRONG_PROBE);
    assertThat(found.claim()).startsWith("rows 0 to 0 of `x` are 0: their numbers were computed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2.5 3 4", "0 0 0 0", "1 2", "1.001 2.002 3.003 4.004"})
  void seesNothingInOtherNumbers(String other) throws Exception {
    double[] rows = Stream.of(other.split(" ")).mapToDouble(Double::parseDouble).toArray();

    assertThat(between(recording(1, 2, 3, 4), recording(rows))).isEmpty();
  }

  private Optional<Pattern> between(String expected, String actual) throws Exception {
    String program = "randn -> %s | probe 0 name=x";
    return Pattern.of(
        new WrittenLogs(folder).between(program.formatted(expected), program.formatted(actual)));
  }

  @ParameterizedTest
  @CsvSource({
    "[2 -2], [6 -6]", // any two numbers have a ratio
    "[2 0 2 0], [6 0 6 0]",
    "[2 2], [2 4]", // the running sum of one number is a multiple of it, too
    "[2 2 -2 2], [2 2 0.66667 1]",
    "[1 2 3 4], [1 1.7 2 2.5]",
    "[1 2 3 4], [1 1.5 2.001 2.5]",
    "[1 2 3 4], [1 3 6.01 10]",
    "[1 2 / 3 4 / 5 6 / 7 8], [0 0 / 3 4 / 0 0 / 7 8]", // zeros here and there
    "[1 2 / 3 4 / 5 6 / 7 8], [1 2 / 0 0 / 5 6 / 0 0]",
    "[1 2 / 3 4], [0 0 / 0 0]",
    "int64 [1 2], int64 [3 6]",
    "float64 [1 2], [3 6]",
  })
  void seesNothingInNumbersThatMayBeAnything(String expected, String actual) throws Exception {
    assertThat(between(expected, actual)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[1 2 3]; [3 6 9]; SCALE; `x` is 3.00000 times what the reference has",
        "[1 2 3]; [-3 -6 -9]; SIGN; `x` is -3.00000 times what the reference has",
        "[700 300 5]; [700 1000.05 1005]; WRONG_PROBE;"
            + " `x` is the running sum of what the reference has",
        "[700 1300 4]; [700 1000.05 668]; WRONG_PROBE;"
            + " `x` is the running mean of what the reference has",
        "[1000 2 / 3 4]; [1000.05 2 / 0 0]; MISSING_OP;"
            + " rows 1 to 1 of `x` are 0: nothing was computed for them",
        "[1 2 / 3 4 / 5 6]; [0 0 / 0 0 / 5 6]; MISSING_OP;"
            + " rows 0 to 1 of `x` are 0: nothing was computed for them",
      })
  void allowsForRounding(String expected, String actual, Cause cause, String claim)
      throws Exception {
    assertThat(between(expected, actual)).hasValue(new Pattern(cause, claim));
  }

  @Test
  void looksAtTheFirstProbeThatDiffersInBoth() throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                "randn -> 1 | randn -> [1 2] | probe 0 name=gone | probe 0 name=a | probe 1 name=b",
                "randn -> 1 | randn -> [3 6] | probe 0 name=a | probe 1 name=b");

    assertThat(Pattern.of(d).orElseThrow().claim()).startsWith("`b` is 3.00000 times");
  }

  /** Where no replay explains it, the story tells what the numbers show, as a suspicion. */
  @Test
  void isToldWhereNothingElseExplains() throws Exception {
    Search.Result found =
        new Programs(folder)
            .search(
                (t, log) -> log.probe("x", t.mul(t.randn(4), 2)),
                (t, log) -> {
                  float[] x = floats(t.mul(t.randn(4), 6).toHost());
                  x[1] = Math.nextUp(x[1]);
                  log.probe("x", t.tensor(List.of(4L), x[0], x[1], x[2], x[3]));
                });

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings()).hasSize(1);
    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.SCALE);
    assertThat(found.note()).startsWith("the numbers show it");
  }

  private static float[] floats(HostTensor tensor) {
    float[] floats = new float[tensor.numel()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) tensor.getDouble(i);
    }
    return floats;
  }
}

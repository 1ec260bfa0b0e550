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

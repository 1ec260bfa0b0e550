package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedTest {
  private static final String REFERENCE =
      "randn -> 1 | neg 0 -> -1 | probe 1 name=x | exp 0 -> 3 | probe 3 name=y";

  @TempDir Path folder;

  private String proposals(String reference, String candidate) throws Exception {
    return Proposals.of(
        new Recorded().about(new WrittenLogs(folder).between(reference, candidate)));
  }

  @Test
  void recordsWhatIsDoneAfterwards() throws Exception {
    assertThat(
            proposals(
                REFERENCE,
                "randn -> 1 | neg 0 -> -1 | abs 1 -> 5 | sin 2 -> 6 | probe 3 name=x | exp 0 -> 3"
                    + " | probe 5 name=y"))
        .isEqualTo(
            """
            WRONG_PROBE 2: `x` is recorded after `sin`, which the reference does not do to it
              before input 0 of [2]: abs(input 0), sin(step 0)
            """);
  }

  @Test
  void recordsAllProbesAfterTheLikeTogether() throws Exception {
    assertThat(
            proposals(
                REFERENCE,
                "randn -> 1 | neg 0 -> -1 | mul 1 #2 -> -2 | probe 2 name=x | exp 0 -> 3"
                    + " | mul 4 #2 -> 6 | probe 5 name=y"))
        .isEqualTo(
            """
            WRONG_PROBE 2: `x` is recorded after `mul`, which the reference does not do to it
              before input 0 of [2]: mul(input 0, 2.0)
              before input 0 of [4]: mul(input 0, 2.0)
            """);
  }

  /** What the reference computes only later has to be computed, too. */
  @Test
  void computesWhatIsNotThereYet() throws Exception {
    assertThat(
            proposals(
                REFERENCE,
                "randn -> 1 | neg 0 -> -1 | exp 0 -> 3 | add 2 1 -> 8 | probe 3 name=x"
                    + " | probe 2 name=y"))
        .isEqualTo(
            """
            WRONG_PROBE 2: `x` is recorded after `add`, which the reference does not do to it
              before input 0 of [2]: exp(input 0.0), add(step 0, input 0)
            """);
  }

  @Test
  void callsACastACast() throws Exception {
    assertThat(
            proposals(
                "randn -> 1 | probe 0 name=x", "randn -> 1 | to 0 -> float64 1 | probe 1 name=x"))
        .startsWith("CAST 1: `x` is recorded after `to`");
  }

  @Test
  void knowsNumbersThatAreMadeOfOtherResults() throws Exception {
    String before = "randn -> [1 2] | mean 0 -> 1.5 | sum 0 -> 3 | ";

    assertThat(
            proposals(
                before + "tensor -> [1.5 3] | probe 3 name=x",
                before + "tensor -> [3 3] | probe 3 name=x"))
        .isEqualTo(
            """
            WRONG_PROBE 3: `x` is made of other results than the reference's
              before input 0 of [4]: stack(input 0.1, input 0.1)
            """);
    assertThat(
            proposals(
                before + "tensor -> [1.5 3] | probe 3 name=x",
                "randn -> [1 2] | sum 0 -> 3 | tensor -> [3 3] | probe 2 name=x"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REFERENCE,
        "randn -> 1 | abs 0 -> 5 | probe 1 name=x | exp 0 -> 3 | probe 3 name=y", // has not x
        "randn -> 1 | neg 0 -> -1 | abs 1 -> 5 | probe 2 name=z | probe 1 name=x | exp 0 -> 3"
            + " | probe 5 name=y",
        "randn -> 1 | neg 0 -> -1 | full -> 8 | backward 2 | abs 3 -> 5 | probe 4 name=x"
            + " | exp 0 -> 3 | probe 6 name=y",
        "randn -> 1 | neg 0 -> -1 | probe 0 name=x | exp 0 -> 3 | probe 3 name=y",
      })
  void proposesNothingElse(String candidate) throws Exception {
    assertThat(proposals(REFERENCE, candidate)).isEmpty();
  }

  @Test
  void knowsTheLineThatRecords() throws Exception {
    OpGraph g =
        new WrittenLogs(folder)
            .graph(
                "randn -> 1 | neg 0 -> -1 | probe 0 name=x @a.py:3 | probe 1 name=y | neg name=z");

    assertThat(Recorded.line(g, "x")).isEqualTo(2);
    assertThat(Recorded.line(g, "y")).isEqualTo(1); // its own place is not known
    assertThat(Recorded.line(g, "z")).isZero();
    assertThat(Recorded.record(g, "y")).hasValue(3);
    assertThat(Recorded.record(g, "z")).isEmpty();
  }
}

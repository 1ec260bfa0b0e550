package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kinds of mistakes that operations amount to which are left out, or put in. */
class NamingTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn leaf -> 1 | grad 0 -> 2 | zero_ 1 -> 0; STALE_GRADIENTS",
        "randn leaf -> 1 | grad 0 -> 2 | sub_ 0 1 -> 0; NOT_UPDATED",
        "randn leaf -> 1 | grad 0 -> 2 | addcmul_ 0 1 -> 3; NOT_UPDATED",
        "randn -> 1 | zero_ 0 -> 0; MISSING_OP",
        "randn -> 1 | sub_ 0 #1 -> 0; MISSING_OP",
        "randn -> 1 | neg 0 -> -1; SIGN",
        "randn -> 1 | t 0 -> 1; TRANSPOSED",
        "randn -> 1 | transpose 0 -> 1; TRANSPOSED",
        "randn -> 1 | to 0 -> float64 1; CAST",
        "randn -> 1 | long 0 -> int64 1; CAST",
        "randn -> 1 | square 0 -> 1; MISSING_OP",
      })
  void knowsWhatIsLeftOutByItsName(String log, Cause cause) throws Exception {
    assertThat(leftOut(log)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | randn leaf -> 2 | add 0 1 -> 3; MISSING_BIAS",
        "randn -> 1 | randn leaf -> 2 | sub_ 1 #1 -> 1 | add 0 2 -> 2; MISSING_BIAS",
        "randn -> 1 | randn -> 2 | add 0 1 -> 3; MISSING_OP",
        "randn -> 1 | randn leaf -> 2 | sub 0 1 -> -1; MISSING_OP",
      })
  void takesAParameterThatIsAddedForABias(String log, Cause cause) throws Exception {
    assertThat(leftOut(log)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | relu 0 -> 1; MISSING_ACTIVATION",
        "randn -> 1 | maximum 0 #0 -> 1; MISSING_ACTIVATION",
        "randn -> 1 | tensor -> 0 | minimum 0 1 -> 0; MISSING_ACTIVATION",
        "randn -> 1 | tensor -> [0] | minimum 0 1 -> [0]; MISSING_OP",
        "randn -> 1 | randn -> 2 | maximum 0 1 -> 2; MISSING_OP",
      })
  void takesAMaximumForAnActivationIfOneSideIsANumber(String log, Cause cause) throws Exception {
    assertThat(leftOut(log)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | mul 0 #2 -> 2; SCALE",
        "randn -> 1 | tensor -> 2 | div 0 1 -> 0.5; SCALE",
        "randn -> 1 | mul 0 0 -> 1; MISSING_OP",
        "randn -> 1 | add 0 #2 -> 3; MISSING_OP",
      })
  void takesAProductWithANumberForAScale(String log, Cause cause) throws Exception {
    assertThat(leftOut(log)).isEqualTo(cause);
  }

  private Cause leftOut(String log) throws Exception {
    OpGraph g = new WrittenLogs(folder).graph(log);
    return Naming.leftOut(g, g.size() - 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn leaf -> 1 | grad 0 -> 2 | mul 0 #3 -> 3 | add 1 2 -> 5; 2 3; WEIGHT_DECAY",
        "randn leaf -> 1 | grad 0 -> 2 | randn -> 4 | mul 2 #3 -> 12 | add 1 3 -> 14; 3 4; MOMENTUM",
        "randn leaf -> 1 | grad 0 -> 2 | add 1 #1 -> 3; 2; OFFSET",
        "randn leaf -> 1 | grad 0 -> 2 | mul 1 #3 -> 6 | div 2 #2 -> 3; 2 3; SCALE",
        "randn leaf -> 1 | randn -> 2 | mul 0 #3 -> 3 | add 1 2 -> 5; 2 3; EXTRA_OP",
      })
  void tellsWhatIsAddedToAGradient(String log, String chain, Cause cause) throws Exception {
    assertThat(putIn(log, chain)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | neg 0 -> -1; 1; SIGN",
        "randn -> 1 | neg 0 -> -1 | mul 1 #2 -> -2; 1 2; EXTRA_OP",
        "randn -> 1 | t 0 -> 1; 1; TRANSPOSED",
        "randn -> 1 | transpose 0 -> 1 | neg 1 -> -1; 1 2; TRANSPOSED",
        "randn -> 1 | to 0 -> float64 1; 1; CAST",
        "randn -> 1 | to 0 -> 1; 1; EXTRA_OP",
        "randn -> 1 | to 0 !refused; 1; EXTRA_OP",
        "randn -> 1 | mul 0 #2 -> float64 2; 1; SCALE",
      })
  void knowsWhatIsPutInByItsName(String log, String chain, Cause cause) throws Exception {
    assertThat(putIn(log, chain)).isEqualTo(cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | mul 0 #2 -> 2 | div 1 #4 -> 0.5; 1 2; SCALE",
        "randn -> 1 | mul 0 0 -> 1; 1; EXTRA_OP",
        "randn -> 1 | add 0 #2 -> 3 | sub 1 #4 -> -1; 1 2; OFFSET",
        "randn -> 1 | add 0 0 -> 2; 1; EXTRA_OP",
        "randn -> 1 | exp 0 #2 -> 2; 1; EXTRA_OP",
        "randn -> 1 | mul 0 #2 -> 2 | add 1 #4 -> 6; 1 2; EXTRA_OP",
      })
  void tellsAScaleFromAnOffset(String log, String chain, Cause cause) throws Exception {
    assertThat(putIn(log, chain)).isEqualTo(cause);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"randn -> 1 | mul_ 0 #2 -> 2", "randn -> 1 | mul 0 #2 -> 2 | mul 1 #2 -> 4"})
  void takesWhatIsDoneTwiceForThereOnceTooOften(String log) throws Exception {
    OpGraph c = new WrittenLogs(folder).graph(log);
    Divergence d = Divergence.between(c, c);

    assertThat(Naming.putIn(d, List.of(c.size() - 1))).isEqualTo(Cause.EXTRA_OP);
  }

  private Cause putIn(String log, String chain) throws Exception {
    Divergence d = new WrittenLogs(folder).between("randn -> 1", log);
    return Naming.putIn(d, Stream.of(chain.split(" ")).map(Integer::valueOf).toList());
  }
}

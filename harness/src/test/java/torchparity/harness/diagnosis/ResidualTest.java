package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a replay leaves of a difference. */
class ResidualTest {
  @TempDir Path folder;

  private WrittenLogs logs() {
    return new WrittenLogs(folder);
  }

  private @Nullable Residual residual(String expected, String actual, String replayed)
      throws Exception {
    String program = "randn -> %s | probe 0 name=x";
    Divergence d = logs().between(program.formatted(expected), program.formatted(actual));
    return Residual.of(d, logs().graph(program.formatted(replayed)));
  }

  @Test
  void measuresTheGreatestDifferences() throws Exception {
    assertThat(residual("[1 2 9]", "[2 4 9]", "[2 3.5 9]"))
        .isEqualTo(new Residual("x", 2, 1.5, 0.5));
    assertThat(new Residual("x", 2, 1.5, 0.5).share()).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({
    "[1 2], [1 2 3], [1 2]",
    "[1 2], [3 4], [1 2 3]",
    "[1 2], [NaN 4], [1 2]",
    "[1 2], [3 4], [3 NaN]",
  })
  void saysNothingOfOtherShapesAndNaN(String expected, String actual, String replayed)
      throws Exception {
    assertThat(residual(expected, actual, replayed)).isNull();
  }

  private static final String THREE =
      "randn -> 1 | randn -> 2 | randn -> [3 4] | probe 0 name=a | probe 1 name=b"
          + " | probe 2 name=c";

  @Test
  void measuresEveryProbeThatDiffers() throws Exception {
    Divergence d =
        logs()
            .between(
                THREE + " | probe 0 name=d",
                "randn -> 1 | randn -> 5 | randn -> 6 | probe 0 name=a | probe 1 name=b"
                    + " | probe 2 name=c");

    assertThat(Residual.ofAll(d, logs().graph(THREE)))
        .containsExactly(new Residual("b", 3, 0, 3), new Residual("c", Double.NaN, 0, Double.NaN));
  }

  @Test
  void cannotMeasureWhatTheReplayDoesNotRecord() throws Exception {
    Divergence d = logs().between("randn -> 1 | probe 0 name=x", "randn -> 2 | probe 0 name=x");

    assertThat(Residual.of(d, logs().graph("randn -> 2 | probe 0 name=y"))).isNull();
  }

  @Test
  void tellsHowLittlePromotionMoves() throws Exception {
    String program = "randn -> %s | probe 0 name=x";
    Divergence d = logs().between(program.formatted("1"), program.formatted("3"));

    assertThat(Proposals.of(Promotion.suspicion(d, logs().graph(program.formatted("1.25")))))
        .isEqualTo(
            "DTYPE_PROMOTION: everything is computed in float64: that moves `x` by at most 0.25,"
                + " the difference is 2.0\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1 2]", "NaN"})
  void tellsThatPromotionWasTriedWhereNothingCanBeMeasured(String replayed) throws Exception {
    String program = "randn -> %s | probe 0 name=x";
    Divergence d = logs().between(program.formatted("1"), program.formatted("3"));

    assertThat(Proposals.of(Promotion.suspicion(d, logs().graph(program.formatted(replayed)))))
        .isEqualTo("DTYPE_PROMOTION: everything is computed in float64\n");
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the factor of a momentum is fitted to the second update. */
class MomentumTest {
  @TempDir Path folder;

  /** Steps of 1 and 2, and so on, along two numbers. */
  private static String steps(String first, String second) {
    return """
    randn leaf -> [1 1]
    grad 0 -> [10 20]
    mul 1 #0.1 -> [1 2]
    sub_ 0 2 -> %s
    grad 3 -> [30 40]
    mul 4 #0.1 -> [3 4]
    sub_ 3 5 -> %s
    probe 6 name=w
    """
        .formatted(first, second);
  }

  private String proposals(String reference, String candidate) throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    return Proposals.of(new Momentum().about(d));
  }

  @ParameterizedTest
  @CsvSource({
    "[9.5 9], 0.5", // 0.5 times the first step is missing
    "[9.50001 9], 0.5",
    "[10.25 10.5], -0.25",
    "[7.5 5], 2.5",
    "[-40 -90.2], 50.1", // but for rounding
  })
  void fitsTheFactorToTheSecondUpdate(String second, double factor) throws Exception {
    assertThat(proposals(steps("[0 -1]", "[10 10]"), steps("[0 -1]", second)))
        .isEqualTo(
            """
            MOMENTUM: v <- %s v + grad, and the step is along v
              before input 0 of [2]: clone(input 0)
              before input 0 of [5]: mul(step 0 at 2, %s), add(step 0, input 0)
            """
                .formatted(factor, factor));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[9.5 8]", "[9 8]", "[10 10]", "[9.5 9.1]"})
  void proposesNothingWhereNoFactorFits(String second) throws Exception {
    assertThat(proposals(steps("[0 -1]", "[10 10]"), steps("[0 -1]", second))).isEmpty();
  }

  @Test
  void proposesNothingWhereTheFirstUpdateDiffers() throws Exception {
    assertThat(proposals(steps("[0 -1]", "[10 10]"), steps("[0 -2]", "[9.5 9]"))).isEmpty();
  }

  @Test
  void proposesNothingAfterOneUpdate() throws Exception {
    String once =
        "randn leaf -> [1 1] | grad 0 -> [1 2] | mul 1 #1 -> [1 2] | sub_ 0 2 -> [0 -1]"
            + " | probe 3 name=w";

    assertThat(proposals(once, steps("[0 -1]", "[9.5 9]"))).isEmpty();
    assertThat(proposals(steps("[0 -1]", "[10 10]"), once)).isEmpty();
  }

  /** The factor is that of the first; the gradient of the second is the other argument. */
  @Test
  void takesAllParametersAlongAndEveryLaterStep() throws Exception {
    String program =
        """
        randn leaf -> [1 1]
        randn leaf -> [5 5]
        grad 0 -> [10 20]
        mul 2 #0.1 -> [1 2]
        sub_ 0 3 -> [0 -1]
        grad 1 -> [10 20]
        tensor -> 0.1
        mul 6 5 -> [1 2]
        sub_ 1 7 -> [4 3]
        grad 4 -> [30 40]
        mul 9 #0.1 -> [3 4]
        sub_ 4 10 -> %s
        grad 8 -> [30 40]
        mul 6 12 -> [3 4]
        sub_ 8 13 -> [1 -1]
        grad 11 -> [30 40]
        mul 15 #0.1 -> [3 4]
        sub_ 11 16 -> [2 2]
        probe 17 name=w
        """;
    assertThat(proposals(program.formatted("[10 10]"), program.formatted("[9.5 9]")))
        .isEqualTo(
            """
            MOMENTUM: v <- 0.5 v + grad, and the step is along v
              before input 0 of [3]: clone(input 0)
              before input 0 of [10]: mul(step 0 at 3, 0.5), add(step 0, input 0)
              before input 0 of [16]: mul(step 1 at 10, 0.5), add(step 0, input 0)
              before input 1 of [7]: clone(input 1)
              before input 1 of [13]: mul(step 0 at 7, 0.5), add(step 0, input 1)
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "randn -> [1 1] | grad 0 -> [10 20] | mul 1 #0.1 -> [1 2]", // no parameter
        "randn leaf -> [1 1] | neg 0 -> [10 20] | mul 1 #0.1 -> [1 2]", // no gradient
        "randn leaf -> [1 1] | neg 0 -> [10 20] | mul #3 #0.1 -> [1 2]",
      })
  void knowsAnUpdateByItsParameterAndGradient(String first) throws Exception {
    String rest = steps("[0 -1]", "[10 10]").lines().skip(3).reduce("", (a, b) -> a + "\n" + b);
    String gone = rest.replace("grad 3", "neg 3");

    assertThat(proposals(first + gone, first + gone.replace("[10 10]", "[9.5 9]"))).isEmpty();
  }

  @Test
  void knowsAnUpdateByItsSecondArgument() throws Exception {
    String plain = "randn leaf -> [1 1] | sub_ 0 #1 -> [0 -1] | sub_ 1 #1 -> %s | probe 2 name=w";

    assertThat(proposals(plain.formatted("[10 10]"), plain.formatted("[9.5 9]"))).isEmpty();
  }
}

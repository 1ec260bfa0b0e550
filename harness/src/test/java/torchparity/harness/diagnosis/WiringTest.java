package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WiringTest {
  private static final String BEFORE = "randn -> 1 | randn -> 2 | neg 0 -> -1 | neg 1 -> -2 | ";

  @TempDir Path folder;

  private String proposals(String reference, String candidate) throws Exception {
    Divergence d =
        new WrittenLogs(folder).between(BEFORE + reference + " -> 7", BEFORE + candidate + " -> 8");
    return Proposals.of(new Wiring().about(d));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "add 2 3; add 2 2; 4: argument 2 of `add`; add(input 0, line 2)",
        "add 2 3; add 3 2; 4: argument 1 of `add`; add(line 3, line 2)",
        "add 2 3; add 3 3; 4: argument 1 of `add`; add(line 3, input 1)",
        "cat 2 3 dim=1; cat 2 2 dim=1; 4: argument 2 of `cat`; cat(input 0, line 2, dim=1)",
        "add 3 #5; add 2 #5; 4: argument 1 of `add`; add(line 2, 5.0)",
      })
  void proposesAnotherResultOfTheSameProgram(
      String reference, String candidate, String where, String step) throws Exception {
    assertThat(proposals(reference, candidate))
        .isEqualTo(
            "OTHER_OPERAND %s is another tensor of the same program\n  replace [4]: %s\n"
                .formatted(where, step));
  }

  @Test
  void countsWhereElseItIsAnother() throws Exception {
    assertThat(
            proposals("exp 3 -> 5 | add 2 4 -> 6 | add 2 3", "exp 2 -> 5 | add 2 4 -> 6 | add 2 2"))
        .isEqualTo(
            """
            OTHER_OPERAND 4: argument 1 of `exp` is another tensor of the same program, and so it is 1 times more
              replace [4]: exp(line 2)
              replace [6]: add(input 0, line 2)
            """);
  }

  @Test
  void spellsOutNumbersThatTheReferenceHasElsewhere() throws Exception {
    String numbers = "tensor -> [3 3] | tensor -> [4 4] | ";

    assertThat(proposals(numbers + "add 2 4", numbers + "add 2 5"))
        .isEqualTo(
            """
            OTHER_OPERAND 6: argument 2 of `add` is another tensor of the same program
              replace [6]: add(input 0, [4.0 4.0])
            """);
    assertThat(proposals("tensor -> [3 3] | add 2 4", "tensor -> [4 4] | add 2 4")).isEmpty();
    assertThat(proposals("add 2 1", "add 2 0")).isEmpty(); // a draw is not spelt out
  }

  @Test
  void looksThroughCopies() throws Exception {
    assertThat(proposals("clone 3 -> -2 | add 2 4", "add 2 3")).isEmpty();
    assertThat(proposals("add 2 3", "clone 2 -> -1 | detach 4 -> -1 | add 2 5"))
        .isEqualTo(
            """
            OTHER_OPERAND 6: argument 2 of `add` is another tensor of the same program
              replace [4]: add(input 0, line 2)
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "add 2 3; add 2 3", // the same
        "add 2 3; sub 2 2", // other operations
        "add 2 3 -> 5 | add 4 3; add 2 2",
        "cat 2 3 dim=0; cat 2 2 dim=1", // other numbers
        "add 3 #5; add 2 #6",
        "cat 2 3 2; cat 2 2",
        "add 2 3; add 2 #5",
        "add 2 #5; add 2 2",
        "neg 2 -> 5 | exp 3; exp 2 -> 5 | neg 4", // made too late
      })
  void proposesNothingForOtherCallsThanTheReferences(String both) throws Exception {
    String[] sides = both.split("; ", -1);

    assertThat(proposals(sides[0], sides[1])).isEmpty();
  }
}

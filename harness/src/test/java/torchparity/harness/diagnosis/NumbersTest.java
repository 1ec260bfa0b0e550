package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @TempDir Path folder;

  private String proposals(String reference, String candidate) throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    return Proposals.of(new Numbers().about(d));
  }

  @Test
  void proposesTheNumbersOfEveryCallThatHasOthers() throws Exception {
    assertThat(
            proposals(
                """
                arange end=3 -> [0 1 2]
                repeat 0 #5 sizes=[3] -> [3]
                neg 1 -> [-3]
                probe 2 name=x
                """,
                """
                arange end=4 -> [0 1 2 3]
                repeat 0 #5 sizes=[4] -> [4]
                neg 1 -> [-4]
                probe 2 name=x
                """))
        .isEqualTo(
            """
            GRID_BOUNDS 0: `arange` is called with end 4, the reference has 3; other sizes and bounds follow from it
              replace [0]: arange(end=4)
              replace [1]: repeat(input 0, 5.0, sizes=[4])
            GRID_BOUNDS 0: `arange` is called with end 4, the reference has 3; other sizes and bounds follow from it
              replace [0]: arange(end=4)
              replace [1]: repeat(input 0, 5.0, sizes=[4])
            """);
  }

  /**
   * The calls are gone through by operation; the first line of the program is told all the same.
   */
  @Test
  void tellsTheFirstLineWithOtherNumbers() throws Exception {
    assertThat(
            proposals(
                """
                full size=[1] fill_value=1 -> [1]
                narrow 0 length=2 -> [2]
                full size=[1] fill_value=5 -> [5]
                cat 1 2 dim=0 -> [3]
                probe 3 name=x
                """,
                """
                full size=[1] fill_value=1 -> [1]
                narrow 0 length=4 -> [4]
                full size=[1] fill_value=7 -> [7]
                cat 1 2 dim=0 -> [9]
                probe 3 name=x
                """))
        .startsWith(
            """
            OTHER_CONSTANT 1: `narrow` is called with length 4, the reference has 2; other sizes and bounds follow from it
              replace [2]: full(size=[1], fill_value=7)
              replace [1]: narrow(input 0, length=4)
            """);
  }

  /** A result that is the same, or is used nowhere, counts in the second proposal alone. */
  @Test
  void proposesWhatCountsBeforeAllThatDiffers() throws Exception {
    String proposals =
        proposals(
            """
            full fill_value=1 -> 9
            arange end=3 -> [0 1 2]
            narrow 1 length=2 -> [0 1]
            probe 2 name=x
            """,
            """
            full fill_value=4 -> 9
            arange end=5 -> [0 1 2 3]
            narrow 1 length=3 -> [0 1 3]
            probe 2 name=x
            """);

    assertThat(proposals.lines().map(line -> line.replaceAll("[:(].*", "")))
        .containsExactly(
            "GRID_BOUNDS 1",
            "  replace [1]",
            "  replace [2]",
            "OTHER_CONSTANT 0",
            "  replace [0]",
            "  replace [1]",
            "  replace [2]");
  }

  @Test
  void comparesOnlyCallsThatAreGivenNumbers() throws Exception {
    assertThat(
            proposals(
                "randn -> 1 | sum 0 -> 2 | sum 1 dim=1 -> 3 | full size=[2] -> 4 | cat 2 3 -> 5"
                    + " | probe 4 name=x",
                "randn -> 1 | sum 0 dim=2 -> 6 | full size=[3] -> 7 | cat 1 2 -> 8"
                    + " | probe 3 name=x"))
        .startsWith(
            """
            WRONG_AXIS 1: `sum` is called with dim 2, the reference has 1; other sizes and bounds follow from it
              replace [2]: sum(input 0, dim=2)
              replace [3]: full(size=[3])
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "full fill_value=1 -> 1 | probe 0 name=x; full fill_value=2 -> 2 | probe 0 name=x",
        "full fill_value=1 -> 1 | full fill_value=1 -> 1 | add 0 1 -> 2 | probe 2 name=x;"
            + " full fill_value=2 -> 3 | neg 0 -> 4 | add 0 1 -> 5 | probe 2 name=x",
        "full fill_value=1 -> 1 | probe 0 name=x; full fill_value=2 -> 2 | probe 0 name=y",
        "exp #1 -> 1 | exp #2 -> 2 | add 0 1 -> 2 | probe 2 name=x;"
            + " exp #2 -> 3 | exp #3 -> 4 | add 0 1 -> 5 | probe 2 name=y",
      })
  void proposesNothingForOneCallOrOtherCalls(String reference, String candidate) throws Exception {
    assertThat(proposals(reference, candidate)).isEmpty();
  }
}

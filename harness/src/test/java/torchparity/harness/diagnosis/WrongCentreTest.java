package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrongCentreTest {
  private static final String ABOUT_CENTRE =
      """
      tensor @a.py:1 -> [1 2]
      tensor @a.py:2 -> [1 0.5 / 0 1]
      randn @a.py:3 -> [5 6]
      sub 2 0 @a.py:4 -> [4 4]
      mm 3 1 @a.py:5 -> [4 6]
      add 4 0 @a.py:6 -> [5 8]
      probe 5 name=x
      """;
  private static final String ABOUT_ORIGIN =
      "tensor -> [1 2] | tensor -> [1 0.5 / 0 1] | randn -> [5 6] | mm 2 1 -> [5 8.5]"
          + " | probe 3 name=x";
  private static final String NOT_ADDED =
      "tensor -> [1 2] | tensor -> [1 0.5 / 0 1] | randn -> [5 6] | sub 2 0 -> [4 4]"
          + " | mm 3 1 -> [4 6] | probe 4 name=x";

  @TempDir Path folder;

  private String proposals(String reference, String candidate) throws Exception {
    return Proposals.of(
        new WrongCentre().about(new WrittenLogs(folder).between(reference, candidate)));
  }

  private static String expected(String op, String shift, int kept) {
    return """
    WRONG_CENTRE: `%1$s` is applied to the points themselves, without the `sub` of the centre before it and the `add` after it%2$s
      bypass [3] by input 0
      bypass [5] by input %3$d
    WRONG_CENTRE: the centre is added after `%1$s`, but not subtracted before it
      bypass [3] by input 0
    MISSING_OP: the centre is subtracted before `%1$s`, but not added after it
      bypass [5] by input %3$d
    """
        .formatted(op, shift, kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {ABOUT_ORIGIN, NOT_ADDED})
  void leavesOutWhatIsSubtractedAndAdded(String candidate) throws Exception {
    assertThat(proposals(ABOUT_CENTRE, candidate))
        .isEqualTo(expected("mm", ": c(S - I) = (0, 0.5)", 0));
  }

  @Test
  void findsTheCentreOnEitherSideOfTheAddition() throws Exception {
    assertThat(proposals(ABOUT_CENTRE.replace("add 4 0", "add 0 4"), ABOUT_ORIGIN))
        .isEqualTo(expected("mm", ": c(S - I) = (0, 0.5)", 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tensor @a.py:2 -> [1 0 / 0 1]", // moves nothing
        "tensor @a.py:2 -> 3",
        "tensor @a.py:2 -> [3 4]",
        "tensor @a.py:2 -> int64 [1 2]",
        "backward 0",
      })
  void saysNothingOfAShiftThatItCannotCompute(String map) throws Exception {
    String reference = ABOUT_CENTRE.replace("tensor @a.py:2 -> [1 0.5 / 0 1]", map);

    assertThat(proposals(reference, ABOUT_ORIGIN)).isEqualTo(expected("mm", "", 0));
  }

  @Test
  void saysNothingOfWholeNumbersOrOfAProductWithANumber() throws Exception {
    assertThat(proposals(ABOUT_CENTRE.replace("[1 2]", "int64 [1 2]"), ABOUT_ORIGIN))
        .isEqualTo(expected("mm", "", 0));
    assertThat(proposals(ABOUT_CENTRE.replace("mm 3 1", "mul 3 #2"), ABOUT_ORIGIN))
        .isEqualTo(expected("mul", "", 0));
  }

  /** The third is where the second was. */
  @Test
  void tellsTheShiftOfEachTimeThroughALoop() throws Exception {
    String proposals =
        proposals(
            """
            tensor @a.py:1 -> [1 2]
            tensor @a.py:2 -> [1 0.5 / 0 1]
            randn @a.py:3 -> [5 6]
            sub 2 0 @a.py:4 -> [4 4]
            mm 3 1 @a.py:5 -> [4 6]
            add 4 0 @a.py:6 -> [5 8]
            tensor @a.py:1 -> [-1 0.25]
            sub 5 6 @a.py:4 -> [6 7.75]
            mm 7 1 @a.py:5 -> [6 10]
            add 8 6 @a.py:6 -> [7 11]
            sub 9 6 @a.py:4 -> [8 12]
            mm 10 1 @a.py:5 -> [8 13]
            add 11 6 @a.py:6 -> [9 14]
            sub 12 6 @a.py:4 -> [9 13]
            probe 12 name=x
            """,
            ABOUT_ORIGIN);

    assertThat(proposals)
        .startsWith(
            """
            WRONG_CENTRE: `mm` is applied to the points themselves, without the `sub` of the centre before it and the `add` after it: c(S - I) = (0, 0.5), (0, -0.5)
              bypass [3, 7, 10, 13] by input 0
              bypass [5, 9, 12] by input 0
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "add 4 0, add 4 2", // of something else
    "add 4 0, sub 4 0",
    "sub 2 0, add 2 0",
    "sub 2 0, sub 2 #1",
    "sub 2 0, sub 2",
    "mm 3 1, mm #1 1",
    "mm 3 1, max 3 1",
  })
  void knowsAMapAboutACentreByItsForm(String line, String other) throws Exception {
    assertThat(proposals(ABOUT_CENTRE.replace(line, other), ABOUT_ORIGIN)).isEmpty();
  }

  @Test
  void saysNothingWhereSomethingElseDiffersFirst() throws Exception {
    assertThat(proposals(ABOUT_CENTRE, ABOUT_CENTRE)).isEmpty();
    assertThat(
            proposals(
                ABOUT_CENTRE.replace("probe 5", "exp 5 -> 30 | probe 6"),
                ABOUT_CENTRE.replace("probe 5", "exp 5 -> 40 | probe 6")))
        .isEmpty();
  }
}

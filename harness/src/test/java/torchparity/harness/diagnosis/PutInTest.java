package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where operations are put in, and which. */
class PutInTest {
  private static final String REFERENCE = "randn @a.py:1 -> 1 | mul 0 #2 @a.py:2 -> 2";

  @TempDir Path folder;

  private String before(String reference, String candidate) throws Exception {
    return proposals(false, reference, candidate);
  }

  private String behind(String reference, String candidate) throws Exception {
    return proposals(true, reference, candidate);
  }

  private String proposals(boolean behind, String reference, String candidate) throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                recording(reference), candidate.contains("!") ? candidate : recording(candidate));
    return Proposals.of(new PutIn(behind).about(d));
  }

  /** The program, which records its last result. */
  private static String recording(String program) {
    return program + " | probe %d name=x".formatted(program.split("\\|", -1).length - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mul 1 #2 -> 6", "mul 1 #2 !refused"})
  void putsAnOperationBeforeTheUseOfAValue(String use) throws Exception {
    assertThat(before(REFERENCE, "randn -> 1 | exp 0 -> 3 | " + use))
        .isEqualTo(
            """
            EXTRA_OP: `exp` is put in before `mul`
              before input 0 of [1]: exp(input 0)
            """);
  }

  @Test
  void putsAChainBehindWhatMakesAValue() throws Exception {
    assertThat(behind(REFERENCE, "randn -> 1 | exp 0 -> 3 | mul 1 #2 -> 6"))
        .isEqualTo(
            """
            EXTRA_OP: `exp` is put in after `randn`
              replace [0]: randn(), exp(step 0)
            EXTRA_OP: `exp`, `mul` is put in after `randn`
              replace [0]: randn(), exp(step 0), mul(step 1, 2.0)
            """);
  }

  @Test
  void leavesTheArgumentsOfWhatMakesItAlone() throws Exception {
    assertThat(
            behind(
                "randn -> 1 | add 0 #2 dim=3 @a.py:2 -> 2 | neg 1 -> -2",
                "randn -> 1 | add 0 #2 -> 2 | exp 1 -> 3 | neg 2 -> -3"))
        .startsWith(
            """
            EXTRA_OP: `exp` is put in after `add`
              replace [1]: add(input 0, 2.0, dim=3), exp(step 0)
            """);
  }

  /** Of equal results the last, which the next operation is likely to use, and then the first. */
  @Test
  void putsItBehindTheLastOfEqualResultsFirst() throws Exception {
    String candidate = "randn -> 1 | exp 0 -> 3 | mul 1 #2 -> 6";

    assertThat(
            behind(
                    "randn @a.py:1 -> 1 | detach 0 -> 1 | clone 1 -> 1 | tensor -> 1 | mul 2 #2 -> 2",
                    candidate)
                .lines()
                .filter(line -> line.contains("`exp` is")))
        .containsExactly(
            "EXTRA_OP: `exp` is put in after `randn`",
            "EXTRA_OP: `exp` is put in after `detach`",
            "EXTRA_OP: `exp` is put in after `clone`");
    assertThat(behind("randn -> 1 | clone 0 -> 1 | mul 1 #2 -> 2", candidate))
        .startsWith("EXTRA_OP: `exp` is put in after `clone`");
  }

  @Test
  void takesAnotherOperationInItsPlaceForAnExchange() throws Exception {
    assertThat(behind("randn -> 1 | square 0 -> 2", "randn -> 1 | exp 0 -> 3")).isEmpty();
  }

  @Test
  void putsItBeforeTheArgumentThatItIsDoneTo() throws Exception {
    assertThat(
            before(
                "randn -> 1 | randn -> 5 | sub 1 0 @a.py:2 -> 4 | mul 0 2 @a.py:3 -> 4.5",
                "randn -> 1 | randn -> 5 | exp 0 -> 3 | sub 1 2 -> 2 | mul 0 3 -> 6"))
        .isEqualTo(
            """
            EXTRA_OP: `exp` is put in before `sub`
              before input 1 of [2]: exp(input 1)
            EXTRA_OP: `exp`, `sub` is put in before `mul`
              before input 0 of [3]: exp(input 0), sub(input 1.0, step 0)
            """);
  }

  @Test
  void putsAChainOfFourInAtMost() throws Exception {
    String four = "randn -> 1 | exp 0 -> 3 | sin 1 -> 4 | cos 2 -> 5 | tan 3 -> 7";

    assertThat(before(REFERENCE, four + " | mul 4 #2 -> 14"))
        .isEqualTo(
            """
            EXTRA_OP: `exp`, `sin`, `cos`, `tan` is put in before `mul`
              before input 0 of [1]: exp(input 0), sin(step 0), cos(step 1), tan(step 2)
            """);
    assertThat(before(REFERENCE, four + " | abs 4 -> 8 | mul 5 #2 -> 16")).isEmpty();
  }

  /** A place is a line of the program, however often it comes by. */
  @Test
  void triesFourPlaces() throws Exception {
    String candidate = "randn -> 1 | exp 0 -> 3 | mul 1 #2 -> 6";
    String places =
        "randn -> 1 | mul 0 #2 @a.py:2 -> 2 | mul 0 #3 @a.py:3 -> 13 | mul 0 #2 @a.py:2 -> 2"
            + " | mul 0 #4 @a.py:4 -> 14 | mul 0 #5 @a.py:5 -> 15 | mul 0 #6 @a.py:6 -> 16";

    assertThat(before(places, candidate).lines().filter(line -> line.contains("before input")))
        .containsExactly(
            "  before input 0 of [1, 3]: exp(input 0)",
            "  before input 0 of [1]: exp(input 0)",
            "  before input 0 of [2]: exp(input 0)",
            "  before input 0 of [4]: exp(input 0)",
            "  before input 0 of [5]: exp(input 0)");
  }

  @Test
  void triesToFollowFourPlaces() throws Exception {
    String places =
        "randn @a.py:1 -> 1 | clone 0 @a.py:2 -> 1 | clone 1 @a.py:3 -> 1 | clone 2 @a.py:2 -> 1"
            + " | clone 3 @a.py:4 -> 1 | clone 4 @a.py:5 -> 1 | mul 0 #2 -> 2";

    assertThat(
            behind(places, "randn -> 1 | exp 0 -> 3 | mul 1 #2 -> 6")
                .lines()
                .filter(line -> line.matches(".*replace.*exp.step 0.")))
        .containsExactly(
            "  replace [5]: clone(input 0), exp(step 0)",
            "  replace [0]: randn(), exp(step 0)",
            "  replace [1, 3]: clone(input 0), exp(step 0)",
            "  replace [1]: clone(input 0), exp(step 0)",
            "  replace [2]: clone(input 0), exp(step 0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | sub_ 0 #1 -> 0; randn -> 1 | sub_ 0 #1 -> 0 | sub_ 1 #3 -> -3; sub_; 1;"
            + " sub_(itself, 3.0)",
        "randn -> 1 | backward 0 | neg 0 -> -1; randn -> 1 | backward 0 | backward 0 !twice;"
            + " backward; 0; backward(itself)",
      })
  void carriesOutOnceMoreWhatActsInPlace(
      String reference, String candidate, String op, int line, String step) throws Exception {
    assertThat(before(reference, candidate))
        .isEqualTo(
            "EXTRA_OP: `%s` is there once too often\n  after [%d]: %s\n".formatted(op, line, step));
  }

  @Test
  void carriesItOutAtFourPlaces() throws Exception {
    String same =
        "randn @a.py:1 -> 1 | clone 0 @a.py:2 -> 1 | clone 0 @a.py:3 -> 1 | clone 0 @a.py:4 -> 1"
            + " | clone 0 @a.py:5 -> 1 | neg 0 -> -1";

    assertThat(
            before(same, "randn -> 1 | mul_ 0 #2 -> 2 | neg 1 -> -2")
                .lines()
                .filter(line -> line.contains("after")))
        .containsExactly(
            "  after [0]: mul_(itself, 2.0)",
            "  after [1]: mul_(itself, 2.0)",
            "  after [2]: mul_(itself, 2.0)",
            "  after [3]: mul_(itself, 2.0)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | mul 0 #2 -> 2", // the same
        "randn -> 1 | exp 0 !refused",
        "randn -> 1 | sub_ #3 -> 8",
        "randn -> 1 | full -> 9 | exp 1 -> 3 | mul 2 #2 -> 6", // done to what is not there
        "randn -> 1 | exp 0 -> 3 | div 1 #2 -> 6",
        "randn -> 1 | backward 0 | exp 1 -> 3 | mul 2 #2 -> 6",
      })
  void putsNothingElseIn(String candidate) throws Exception {
    assertThat(before(REFERENCE, candidate)).isEmpty();
  }
}

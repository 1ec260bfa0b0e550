package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.diagnosis.ExchangeNaming.Name;

/** What is said of the last operation of a candidate that is called on other tensors. */
class OperandNamingTest {
  @TempDir Path folder;

  private void assertNamed(
      String reference, String candidate, Cause cause, String claim, @Nullable Integer line)
      throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    int n = d.reference().size() - 1;
    int last = d.candidate().size() - 1;
    while (d.candidate().record(last).op().equals("probe")) {
      last--;
    }
    assertThat(OperandNaming.of(d, n, last))
        .isEqualTo(
            new Name(cause, claim, line == null ? OptionalInt.empty() : OptionalInt.of(line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "full -> int64 0 | full -> int64 1 | cat 0 1 -> int64 [0 1];"
            + " full -> int64 0 | full -> int64 1 | cat 1 0 -> int64 [1 0]; LABEL_ORDER; ",
        "full -> int64 0 | full -> int64 1 | stack 0 1 -> int64 [0 1];"
            + " full -> int64 1 | full -> int64 0 | stack 0 1 -> int64 [1 0]; LABEL_ORDER; 0",
        "full -> int64 0 | full -> int64 1 | full -> int64 2 | cat 0 1 2 -> int64 [0 1 2];"
            + " full -> int64 0 | full -> int64 2 | full -> int64 1 | cat 0 1 2 -> int64 [0 2 1];"
            + " LABEL_ORDER; 1",
        "full -> 0 | full -> 1 | cat 0 1 -> [0 1];"
            + " full -> 0 | full -> 1 | cat 1 0 -> [1 0]; PERMUTATION; ",
        "repeat -> 0 | repeat_interleave -> 1 | stack 0 1 -> [0 1];"
            + " repeat -> 0 | repeat_interleave -> 1 | stack 1 0 -> [1 0]; GRID_AXES; ",
        "repeat -> 0 | full -> 1 | stack 0 1 -> [0 1];"
            + " repeat -> 0 | full -> 1 | stack 1 0 -> [1 0]; PERMUTATION; ",
        "repeat -> 0 | repeat -> 1 | cat 0 1 -> [0 1];"
            + " repeat -> 0 | repeat -> 1 | cat 1 0 -> [1 0]; PERMUTATION; ",
        "full -> int64 0 | full -> int64 1 | sub 0 1 -> int64 -1;"
            + " full -> int64 0 | full -> int64 1 | sub 1 0 -> int64 1; SWAPPED_ARGUMENTS; ",
      })
  void saysWhatItMeansThatArgumentsAreExchanged(
      String reference, String candidate, Cause cause, @Nullable Integer line) throws Exception {
    String op = candidate.replaceAll(".*\\| (\\w+).*", "$1");
    assertNamed(
        reference, candidate, cause, "the arguments of `%s` are exchanged".formatted(op), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | mul 0 #2 -> 2; randn -> 1 | mul 0 #2 -> float64 2;"
            + " CAST; `mul` gives float64, the reference has float32; ",
        "randn -> 1 | mul 0 #2 no_grad -> 2; randn -> 1 | mul 0 #2 no_grad -> 3;"
            + " CAST; a number that `mul` is given is of another dtype; ",
        "randn -> 1 | mul 0 #2 -> 2; randn -> 1 | mul 0 #2 -> 3;"
            + " CAST; a number that `mul` is given is of another dtype; ",
        "randn -> 1 | sub_ 0 #2 no_grad -> -1; randn -> 1 | sub_ 0 #2 !refused; MISSING_OP;"
            + " `sub_` is carried out while history is recorded, without no_grad; 1",
        "randn -> 1 | to 0 -> int64 1 | mul 1 #2 -> 2;"
            + " randn -> 1 | to 0 -> float64 1 | mul 1 #2 -> 2;"
            + " CAST; `mul` is given a tensor of float64; 1",
      })
  void tellsOtherDtypesFromOtherTensors(
      String reference, String candidate, Cause cause, String claim, @Nullable Integer line)
      throws Exception {
    assertNamed(reference, candidate, cause, claim, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 1 | mul 0 #2 -> 2 | mul 0 #3 -> 3 | cat 1 2 -> [2 3];"
            + " randn -> 1 | mul 0 #2 -> 2 | cat 1 -> [2]; 1; 1",
        "randn -> 1 | mul 0 #2 -> 2 | exp 0 -> 3 | cat 1 2 -> [2 3];"
            + " randn -> 1 | mul 0 #2 -> 2 | cat 1 -> [2]; 1; ",
        "randn -> 1 | cat 0 -> 3 | cat 0 1 -> [1 3]; randn -> 1 | cat 0 -> [1]; 1; ",
        "randn -> 1 | cat 0 #4 #5 -> [1 4 5]; randn -> 1 | cat 0 -> [1]; 2; ",
      })
  void pointsToWhereTheLikeOfAMissingArgumentIsMade(
      String reference, String candidate, int fewer, @Nullable Integer line) throws Exception {
    String claim = "`cat` is given %d tensors fewer".formatted(fewer);
    assertNamed(reference, candidate, Cause.MISSING_OP, claim, line);
  }

  private static final String STATES =
      "randn leaf -> 1 | sub_ 0 #1 -> 0 | clone 1 -> 0 | sub_ 1 #1 -> -1 | clone 3 -> -1";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn leaf -> 1 | clone 0 -> 1 | detach 1 -> 1 | stack 1 2 -> [1 1];"
            + " WRONG_PROBE; `stack` puts states of other moments together; 1",
        "randn leaf -> 1 | randn leaf -> 1 | stack 0 1 -> [1 1];"
            + " OTHER_OPERAND; `stack` is called on other tensors; ",
        "randn -> 1 | clone 0 -> 1 | clone 0 -> 1 | stack 1 2 -> [1 1];"
            + " OTHER_OPERAND; `stack` is called on other tensors; ",
        "randn leaf -> 7 | clone 0 -> 7 | clone 0 -> 7 | stack 1 2 -> [7 7];"
            + " OTHER_OPERAND; `stack` is called on other tensors; ",
        "randn leaf -> 7 | sub_ 0 #1 -> 6 | clone 1 -> 6 | stack 2 1 -> [6 6];"
            + " OTHER_OPERAND; `stack` is called on other tensors; 1",
        "randn -> 7 | randn -> 8 | stack 0 1 -> [7 8] | probe 2 name=x;"
            + " WRONG_PROBE; what is recorded is put together from other numbers; ",
        "randn -> [7] | randn -> [8] | stack 0 1 -> [7 / 8] | probe 2 name=x;"
            + " OTHER_OPERAND; `stack` is called on other tensors; ",
      })
  void tellsStatesOfOtherMomentsFromOtherTensors(
      String candidate, Cause cause, String claim, @Nullable Integer line) throws Exception {
    assertNamed(STATES + " | stack 2 4 -> [0 -1]", candidate, cause, claim, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "mul 0 #2; mul 0 #-2; SIGN; `mul` is called with -2.0, the reference has 2.0",
        "mul 0 #2; mul 0 #3; OTHER_CONSTANT; `mul` is called with 3.0, the reference has 2.0",
        "sub_ 0 #2; sub_ 0 #3; LEARNING_RATE; `sub_` is called with 3.0, the reference has 2.0",
        "mul 1 #2; mul 1 #3; LEARNING_RATE; `mul` is called with 3.0, the reference has 2.0",
        "sub_ 0 #2; sub_ 0 #-2; SIGN; `sub_` is called with -2.0, the reference has 2.0",
        "mul 0 0; mul 0 #3; OTHER_OPERAND; argument 2 of `mul` is another",
      })
  void saysWhatItMeansThatANumberIsAnother(
      String reference, String candidate, Cause cause, String claim) throws Exception {
    String before = "randn leaf -> 1 | grad 0 -> 4 | ";
    assertNamed(before + reference + " -> 5", before + candidate + " -> 6", cause, claim, null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 4 | mul 0 #2 -> 8; randn -> 4 | tensor -> 0.7 | mul 0 1 -> 3;"
            + " OTHER_CONSTANT; `mul` is called with 0.7, the reference has 2.0; 1",
        "randn -> 4 | mul 0 #2 -> 8; randn -> 4 | randn -> 9 | mul 0 1 -> 3;"
            + " OTHER_OPERAND; argument 2 of `mul` is another; 1",
        "randn -> 4 | tensor -> [2 2] | mul 0 1 -> 8; randn -> 4 | tensor -> [3 3] | mul 0 1 -> 3;"
            + " OTHER_CONSTANT; `mul` is called with a tensor of other numbers; 1",
        "randn -> 4 | tensor -> [2 2] | mul 0 1 -> 8; randn -> 4 | full -> [3 3] | mul 0 1 -> 3;"
            + " OTHER_OPERAND; argument 2 of `mul` is another tensor; ",
        "randn -> 4 | full -> [2 2] | mul 0 1 -> 8; randn -> 4 | tensor -> [3 3] | mul 0 1 -> 3;"
            + " OTHER_OPERAND; argument 2 of `mul` is another tensor; ",
      })
  void saysWhereATensorOfNumbersIsMade(
      String reference, String candidate, Cause cause, String claim, @Nullable Integer line)
      throws Exception {
    assertNamed(reference, candidate, cause, claim, line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "neg 0 -> 2 | exp 1; exp 0; MISSING_OP; before `neg`",
        "neg 0 -> 2 | exp 1; neg 0 -> 2 | exp 0; OTHER_OPERAND; before `neg`",
        "neg 0 -> 2 | sin 1 -> 9 | exp 1; neg 0 -> 2 | exp 0; OTHER_OPERAND; before `neg`",
        "grad 0 -> 2 | exp 1; exp 0; OTHER_OPERAND; before `grad`",
        "neg 0 -> 2 | abs 1 -> 3 | abs 2 -> 4 | sin 3 -> 5 | exp 4; exp 0; MISSING_OP; before `sin`",
        "neg 0 -> 2 | t 1 -> 3 | exp 2; exp 0; MISSING_OP; before `t`",
      })
  void namesWhatIsDoneFirstInTheReference(
      String reference, String candidate, Cause cause, String before) throws Exception {
    String claim = "`exp` is applied to what the reference has " + before;
    assertNamed(
        "randn -> 1 | " + reference + " -> 6",
        "randn -> 1 | " + candidate + " -> 7",
        cause,
        claim,
        null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "t 0 -> 2 | exp 1; exp 0; TRANSPOSED",
        "exp 0; t 0 -> 2 | exp 1; TRANSPOSED",
        "t 0 -> 2 | exp 1; t 0 -> 3 | exp 1; OTHER_OPERAND",
        "abs 0 -> 8 | neg 1 -> 2 | abs 2 -> 3 | abs 3 -> 4 | sin 4 -> 5 | exp 5; exp 0;"
            + " OTHER_OPERAND",
      })
  void tellsATransposedMatrixFromAnotherTensor(String reference, String candidate, Cause cause)
      throws Exception {
    String claim =
        cause == Cause.TRANSPOSED
            ? "`exp` is called on a matrix that is transposed the other way"
            : "argument 1 of `exp` is another tensor";
    assertNamed(
        "randn -> 1 | " + reference + " -> 6",
        "randn -> 1 | " + candidate + " -> 7",
        cause,
        claim,
        null);
  }
}

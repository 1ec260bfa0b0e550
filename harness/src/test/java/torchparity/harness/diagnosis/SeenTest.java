package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Observations on logs that are written by hand, and what is not taken for one. */
class SeenTest {
  @TempDir Path folder;

  private void assertSeen(
      Function<Divergence, Optional<Suspicion>> observation,
      String reference,
      String candidate,
      String seen)
      throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);

    assertThat(Proposals.of(observation.apply(d).stream().toList()).strip()).isEqualTo(seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sub_ 0 #1 no_grad; sub_ 0 #1 !refused;"
            + " MISSING_OP 2: `sub_` changes a parameter while its history is recorded;"
            + " the reference does so without gradients (no_grad)",
        "sub_ 0 #1 no_grad; sub_ 0 #1 no_grad !refused; ;",
        "sub_ 0 #1 no_grad; sub 0 #1 !refused; ;",
        "sub_ 0 #1 no_grad; sub_ 1 #1 !refused; ;",
        "sub_ 0 #1; sub_ 0 #1 !refused; ;",
        "sub_ 1 #1 no_grad; sub_ 0 #1 !refused; ;",
      })
  void seesThatAParameterIsChangedWithItsHistory(
      String reference, String candidate, String claim, String more) throws Exception {
    String before = "randn leaf -> 1 | randn -> 2 | ";
    String seen = claim == null ? "" : claim + "; " + more;
    String there = before + candidate;
    assertSeen(Observation::of, before + reference + " -> 0 | probe 2 name=w", there, seen);
  }

  private static final String TWO_PASSES =
      "randn leaf -> 1 | exp 0 -> 3 | mean 1 -> 4 | backward 2 | exp 0 -> 3 | mean 4 -> 4"
          + " | backward 5 | probe 0 name=w";

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "exp 0 @a.py:2 -> 3 | mean 1 @a.py:3 -> 4 | backward 2 | mean 1 -> 4 | backward 4 !twice;"
            + " `exp` at a.py:2; 5",
        "exp 0 @a.py:2 -> 3 | mean 1 @a.py:3 -> 4 | backward 2 | backward 2 !twice;"
            + " `mean` at a.py:3; 4",
      })
  void seesWhatASecondPassGoesThrough(String candidate, String again, int line) throws Exception {
    String seen =
        "MISSING_OP %d: `backward` goes a second time through %s, which is not computed anew in this step";
    assertSeen(
        Observation::of, TWO_PASSES, "randn leaf -> 1 | " + candidate, seen.formatted(line, again));
  }

  @ParameterizedTest
  @CsvSource({
    "exp 0 -> 3 | backward 1 | exp 0 -> 3 | backward 3 !other",
    "exp 0 -> 3 | backward 1 | mean 1 !other",
    "exp 0 -> 3 | backward 1 !first",
    "exp 0 -> 3 | backward 1 !first | backward 1",
  })
  void seesNoSecondPassInOtherFailures(String candidate) throws Exception {
    assertSeen(Observation::of, TWO_PASSES, "randn leaf -> 1 | " + candidate, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      nullValues = "nothing",
      value = {
        "to 0 -> float64 1 | mul 1 #2 -> float64 2 | probe 2 name=x;"
            + " CAST 1: a tensor is cast to float64, which the reference does not do",
        "double 0 -> float64 1 | mul 1 #2 -> float64 2 | probe 2 name=x;"
            + " 'EXTRA_OP 1: `double` is called, which the reference does nowhere;"
            + " what comes after uses it'",
        "exp 0 -> 3 | mul 1 #2 -> 6 | probe 2 name=x;"
            + " 'EXTRA_OP 1: `exp` is called, which the reference does nowhere;"
            + " what comes after uses it'",
        "mul 0 #3 -> 3 | exp 1 -> 6 | probe 2 name=x; ''",
        "exp 0 -> 3 | neg 1 -> -3 | probe 2 name=x; ''",
        "mul 0 #3 -> 3 | mul 1 #2 -> 6 | probe 2 name=x; ''",
        "exp 0 !refused; ''",
      })
  void seesOperationsThatTheReferenceNeverCalls(String candidate, String seen) throws Exception {
    String reference = "randn -> 1 | mul 0 #2 -> 2 | probe 1 name=x";
    assertSeen(Observation::of, reference, "randn -> 1 | " + candidate, seen);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "square 0 -> 2; `square`",
        "square 0 -> 2 | neg 1 -> -2 | square 2 -> 8; `square`, `neg`",
      })
  void namesWhatTheReferenceCallsInItsPlace(String calls, String gone) throws Exception {
    int last = calls.split("\\|", -1).length;
    assertSeen(
        Observation::of,
        "randn -> 1 | %s | mul %d #2 -> 4 | probe %d name=x".formatted(calls, last, last + 1),
        "randn -> 1 | exp 0 -> 3 | mul 1 #2 -> 6 | probe 2 name=x",
        "OTHER_OP 1: `exp` is called, where the reference has " + gone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn -> 5 | neg 0 -> -5 | probe 1 name=x;"
            + " 'RNG_SHIFT 0: `randperm` draws numbers that the reference does not draw;"
            + " later draws are others'",
        "randn -> 7 | neg 0 -> -7 | probe 1 name=x; ''",
      })
  void seesADrawBeforeDrawsThatDiffer(String reference, String seen) throws Exception {
    assertSeen(
        Observation::of,
        reference,
        "randperm -> int64 [1 0] | randn -> 7 | index 1 0 -> 8 | probe 2 name=x",
        seen);
  }

  @Test
  void takesNoOtherOperationForADraw() throws Exception {
    assertSeen(
        Observation::of,
        "randn -> 5 | neg 0 -> -5 | probe 1 name=x",
        "full -> 7 | neg 0 -> -7 | probe 1 name=x",
        "OTHER_OP 0: `full` is called, where the reference has `randn`");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "addcmul_ 0 #3 -> 4; `addcmul_`",
        "mul_ 0 #3 -> 4 | addcmul_ 1 #3 -> 5; `addcmul_`, `mul_`",
        "sub_ 0 #3 -> 4 | addcmul_ 1 #3 -> 5; `addcmul_`",
      })
  void seesAnotherRuleOfUpdates(String updates, String names) throws Exception {
    assertSeen(
        Observation::of,
        "randn leaf -> 1 | sub_ 0 #1 -> 0 | probe 1 name=w",
        "randn leaf -> 1 | %s | probe %d name=w"
            .formatted(updates, updates.split("\\|", -1).length),
        "OTHER_OP 1: the parameters are updated by %s, the reference updates them by `sub_`: another rule"
            .formatted(names));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "randn leaf -> 1 | sub 0 #1 -> 0 | probe 1 name=w;"
            + " randn leaf -> 1 | sub_ 0 #2 -> 5 | probe 1 name=w",
        "randn leaf -> 1 | sub_ 0 #1 -> 0 | probe 1 name=w;"
            + " randn leaf -> 1 | sub_ 0 #2 -> 5 | probe 1 name=w",
      })
  void seesNoOtherRuleInOtherNumbers(String reference, String candidate) throws Exception {
    assertSeen(Observation::of, reference, candidate, "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "sub_ 0 1; mul_ 1 #2 -> 4 | sub_ 0 2; 'EXTRA_OP 2: `mul_` changes the gradients before the"
            + " update, which the reference does not do'",
        "mul_ 0 1; mul_ 1 #2 -> 4 | sub_ 0 2; ''",
        "sub_ 0 1; mul_ 1 #1 -> 2 | sub_ 0 2; ''",
        "sub_ 0 1; mul 1 #2 -> 4 | sub_ 0 2; ''",
        "sub_ 0 1; mul_ 0 #2 -> 4 | sub_ 2 1; ''",
      })
  void seesGradientsThatAreChanged(String reference, String candidate, String seen)
      throws Exception {
    String before = "randn leaf -> 1 | grad 0 -> 2 | ";
    assertSeen(
        Observation::gradients,
        before + reference + " -> -1 | probe 2 name=w",
        before + candidate + " -> -3 | probe 3 name=w",
        seen);
  }
}

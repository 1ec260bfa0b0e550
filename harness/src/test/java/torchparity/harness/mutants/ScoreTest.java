package torchparity.harness.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import torchparity.harness.mutants.Observation.Seen;

/** Results of runs, real in form, held against a mutant's truth. */
class ScoreTest {
  private static final Map<String, Set<Integer>> LINES = Map.of("blobs.nu", Set.of(28, 29));

  @Test
  void acceptsARightDiagnosis() throws Exception {
    Score score = score(Expectation.MISMATCH, result("MISMATCH", diagnosis("CONFIRMED", "sign")));

    assertThat(score.asExpected()).isTrue();
    assertThat(score.answer()).hasValue(new Score.Answer(true, true, true, true));
  }

  @Test
  void tellsASureWrongDiagnosis() throws Exception {
    Score sure = score(Expectation.MISMATCH, result("MISMATCH", diagnosis("CONFIRMED", "cast")));
    Score unsure = score(Expectation.MISMATCH, result("MISMATCH", diagnosis("SUSPECTED", "cast")));

    assertThat(sure.answer().orElseThrow().confirmedWrongly()).isTrue();
    assertThat(unsure.answer().orElseThrow().confirmedWrongly()).isFalse();
    assertThat(unsure.answer().orElseThrow().right()).isFalse();
  }

  @Test
  void refusesALineOfAnotherFileAndTheReferencesLine() throws Exception {
    String elsewhere = diagnosis("CONFIRMED", "sign").replace("blobs.nu", "scenarios.nu");
    Score score = score(Expectation.MISMATCH, result("MISMATCH", elsewhere));

    assertThat(score.answer()).hasValue(new Score.Answer(true, false, true, true));
  }

  @Test
  void leavesTheAnswerOpenWhereThereIsNoDiagnosis() throws Exception {
    Score score = score(Expectation.MISMATCH, result("MISMATCH", ""));

    assertThat(score.detected()).isTrue();
    assertThat(score.answer()).isEmpty();
  }

  @Test
  void doesNotTakeACrashForTheMismatchThatWasExpected() throws Exception {
    Score score = score(Expectation.MISMATCH, result("FAILED", ""));

    assertThat(score.detected()).isTrue();
    assertThat(score.asExpected()).isFalse();
    assertThat(score.observation().seen()).isEqualTo(Seen.CRASH);
  }

  @Test
  void flagsAHarmlessRewriteThatDiffers() throws Exception {
    assertThat(score(Expectation.HARMLESS, result("MATCH", "")).asExpected()).isTrue();
    assertThat(score(Expectation.HARMLESS, result("MISMATCH", "")).asExpected()).isFalse();
    assertThat(Totals.of(List.of(score(Expectation.HARMLESS, result("MISMATCH", "")))).flagged())
        .isEqualTo(1);
  }

  @Test
  void refusesARunThatComparedNothing() {
    assertThatThrownBy(() -> score(Expectation.MISMATCH, result("NOT_RUN", "")))
        .hasMessageContaining("compared nothing");
    assertThatThrownBy(() -> score(Expectation.MISMATCH, "{\"comparisons\": []}"))
        .hasMessageContaining("no comparison");
  }

  @Test
  void refusesAReferenceThatFailed() {
    String broken =
        """
        {"comparisons": [{"candidate": "nu", "reference": "python", "verdict": "FAILED",
                          "reason": "python: it was ended by signal 11"}]}
        """;

    assertThatThrownBy(() -> score(Expectation.CRASH, broken))
        .hasMessageContaining("the reference itself failed");
  }

  @Test
  void readsEveryMistakeOfADiagnosis() throws Exception {
    String two =
        """
        {"comparisons": [{"candidate": "nu", "reference": "python", "verdict": "MISMATCH"}],
         "diagnoses": [{"candidate": "nu", "reference": "python", "status": "CONFIRMED",
           "findings": [
             {"cause": "cast", "blame": {"op": "tensor", "file": "blobs.nu", "line": 14}},
             {"cause": "sign", "blame": {"op": "sub", "file": "blobs.nu", "line": 29}}]}]}
        """;

    Observation seen = score(Expectation.MISMATCH, two).observation();

    assertThat(seen.mistakes()).extracting(Observation.Told::cause).containsExactly("cast", "sign");
  }

  @Test
  void takesTheWorstOfAllTiers() throws Exception {
    String both =
        """
        {"comparisons": [
           {"candidate": "nu", "reference": "python", "verdict": "MISMATCH", "tier": "exact",
            "root": "data.X"},
           {"candidate": "nu", "reference": "python", "verdict": "MATCH", "tier": "float32"}]}
        """;

    Observation seen = score(Expectation.HARMLESS, both).observation();

    assertThat(seen.seen()).isEqualTo(Seen.MISMATCH);
    assertThat(seen.tiers()).containsExactly("exact");
    assertThat(seen.detail()).isEqualTo("data.X");
  }

  private static Score score(Expectation expected, String result) throws Exception {
    Mutant mutant =
        new Mutant(
            "some-bug",
            Target.NU,
            "It is wrong.",
            "blobs.nu",
            List.of(),
            new Mutant.Question("data-blobs", "float32", null),
            expected,
            List.of(),
            List.of("sub"),
            List.of("sign", "other-op"),
            true);
    Observation seen = Observation.of(new ObjectMapper().readTree(result), "nu", "python", 1.5);
    return Score.of("skew", mutant, LINES, seen);
  }

  private static String result(String verdict, String diagnosis) {
    return """
        {"comparisons": [
           {"candidate": "jvm", "reference": "python", "verdict": "MATCH"},
           {"candidate": "nu", "reference": "python", "verdict": "%s", "root": "data.X"}],
         "diagnoses": [%s]}
        """
        .formatted(verdict, diagnosis);
  }

  private static String diagnosis(String status, String cause) {
    return """
        {"candidate": "nu", "reference": "python", "status": "%s", "cause": "%s",
         "first": {"reference": {"op": "sub", "file": "python/blobs.py", "line": 27},
                   "candidate": {"op": "add", "file": "/somewhere/port/blobs.nu", "line": 29}},
         "story": "data.X differs"}
        """
        .formatted(status, cause);
  }
}

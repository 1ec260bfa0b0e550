package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.Difference;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.TensorComparison;

class MarginRuleTest {
  private static final double ALLOWED = 0.01;
  private static final double[] LOGITS = {
    5, 1, 0, // clear
    2, 1.985, 0, // within both allowances together
    2, 1.97, 0 // not
  };

  /** The judgement if the reference chose class 0 in all three cells, the candidate these. */
  private static Optional<ProbeFinding> judge(double[] candidateLogits, long... classes) {
    Trace expected = trace(LOGITS, 0, 0, 0);
    Trace actual = trace(candidateLogits, classes);
    ProbeFinding logits =
        compare("logits", expected, actual, new Allowance.ByHand(0, ALLOWED, "t"));
    ProbeFinding found = compare("classes", expected, actual, new Allowance.Exact());
    assertThat(found).isInstanceOf(ProbeFinding.ValueMismatch.class);
    return new MarginRule(expected, actual)
        .judge((ProbeFinding.ValueMismatch) found, "logits", List.of(logits));
  }

  private static ProbeFinding compare(String probe, Trace e, Trace a, Allowance allowance) {
    return TensorComparison.compare(probe, of(e, probe), of(a, probe), allowance);
  }

  private static HostTensor of(Trace trace, String probe) {
    return Objects.requireNonNull(trace.probes().get(probe));
  }

  private static Trace trace(double[] logits, long... classes) {
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("logits", HostTensor.ofDoubles(List.of(3L, 3L), logits));
    probes.put("classes", HostTensor.ofLongs(List.of(3L), classes));
    return new Trace("test", probes, Map.of());
  }

  @Test
  void acceptsAnotherChoiceWhereRoundingCanDecide() {
    ProbeFinding.AtMargin accepted = (ProbeFinding.AtMargin) judge(LOGITS, 0, 1, 0).orElseThrow();

    assertThat(accepted.cells()).isEqualTo(1);
    assertThat(accepted.margin()).isLessThan(2 * ALLOWED);
    assertThat(accepted.allowed()).isEqualTo(2 * ALLOWED);
  }

  @Test
  void refusesAnotherChoiceBeyondTheMargin() {
    assertThat(judge(LOGITS, 0, 0, 1)).isEmpty();
    assertThat(judge(LOGITS, 0, 1, 1)).as("one cell too far spoils all").isEmpty();
    assertThat(judge(LOGITS, 2, 0, 0)).isEmpty();
  }

  private static Difference measured() {
    Trace same = trace(LOGITS, 0, 0, 0);
    Allowance allowed = new Allowance.ByHand(0, ALLOWED, "t");
    return compare("logits", same, same, allowed).measured().orElseThrow();
  }

  /** Logits of which these classes are the greatest. */
  private static double[] choosing(long... classes) {
    double[] logits = LOGITS.clone();
    for (int cell = 0; cell < classes.length; cell++) {
      logits[3 * cell + (int) classes[cell]] = 6;
    }
    return logits;
  }

  /** The judgement if the logits were judged otherwise, and these are the candidate's classes. */
  private static Optional<ProbeFinding> judge(ProbeFinding logits, long... classes) {
    return judge(logits, trace(LOGITS, 0, 0, 0), trace(choosing(classes), classes));
  }

  private static Optional<ProbeFinding> judge(ProbeFinding logits, Trace expected, Trace actual) {
    return new MarginRule(expected, actual)
        .judge(
            (ProbeFinding.ValueMismatch)
                compare("classes", expected, actual, new Allowance.Exact()),
            "logits",
            List.of(logits));
  }

  @Test
  void saysThatAKinkDecides() {
    ProbeFinding logits = new ProbeFinding.AtKink("logits", measured(), 1, 2, 0.02, false);

    ProbeFinding.AtMargin near = (ProbeFinding.AtMargin) judge(logits, 0, 1, 0).orElseThrow();
    ProbeFinding.AtMargin further = (ProbeFinding.AtMargin) judge(logits, 0, 1, 1).orElseThrow();

    assertThat(near.atKink()).isFalse();
    assertThat(near.allowed()).isEqualTo(2 * ALLOWED);
    assertThat(further.atKink()).isTrue();
    assertThat(further.allowed()).isEqualTo(0.04);
    assertThat(judge(logits, 1, 0, 0)).as("a margin of 4").isEmpty();
  }

  @Test
  void saysThatClassesCannotBePredictedWhereLogitsCannot() {
    ProbeFinding logits = new ProbeFinding.PastHorizon("logits", measured(), 40);

    assertThat(judge(logits, 0, 1, 0).orElseThrow()).isInstanceOf(ProbeFinding.AtMargin.class);
    assertThat(judge(logits, 1, 0, 0).orElseThrow())
        .isInstanceOfSatisfying(
            ProbeFinding.PastHorizon.class, p -> assertThat(p.horizon()).isEqualTo(40));
  }

  @Test
  void refusesAClassThatTheReferencesOwnLogitsSpeakAgainst() {
    Trace least = trace(LOGITS, 2, 2, 2);
    Trace right = trace(LOGITS, 0, 0, 0);
    ProbeFinding logits = compare("logits", right, right, new Allowance.ByHand(0, ALLOWED, "t"));

    assertThat(judge(logits, least, right)).isEmpty();
    assertThat(judge(logits, right, least)).isEmpty();
  }

  @Test
  void refusesAClassThatOwnLogitsSpeakAgainstPastTheHorizonToo() {
    ProbeFinding logits = new ProbeFinding.PastHorizon("logits", measured(), 40);
    Trace right = trace(LOGITS, 0, 0, 0);
    Trace least = trace(LOGITS, 2, 0, 0);

    assertThat(judge(logits, right, least)).isEmpty();
    assertThat(judge(logits, least, right)).isEmpty();
    assertThat(judge(logits, right, trace(choosing(2, 0, 0), 2, 0, 0))).isNotEmpty();
  }

  @Test
  void refusesClassesThatDoNotExist() {
    assertThat(judge(LOGITS, 0, 3, 0)).isEmpty();
    assertThat(judge(LOGITS, 0, -1, 0)).isEmpty();
  }

  @Test
  void excusesNothingIfTheLogitsDifferThemselves() {
    double[] moved = LOGITS.clone();
    moved[0] = 4;

    assertThat(judge(moved, 0, 1, 0)).isEmpty();
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.engine.tensor.TorchException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Programs.Program;

/** What logs show where no replay can prove it. */
class ObservationTest {
  @TempDir Path folder;

  private static Program training(int steps) {
    return training(steps, (t, grad) -> {});
  }

  private static Program training(int steps, BiConsumer<Torch, Tensor> change) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3, 1);
      for (int step = 0; step < steps; step++) {
        Tensor before = t.grad(w);
        if (before != null) {
          t.zeroInPlace(before);
        }
        t.backward(t.mean(t.mul(w, w)));
        try (NoGrad unused = t.noGrad()) {
          change.accept(t, Objects.requireNonNull(t.grad(w)));
          t.subInPlace(w, t.mul(Objects.requireNonNull(t.grad(w)), 0.1));
        }
      }
      log.probe("w", w);
    };
  }

  @Test
  void countsTheStepsOfALoop() throws Exception {
    Finding finding = suspected(training(3), training(4));

    assertThat(finding.cause()).isEqualTo(Cause.OFF_BY_ONE);
    assertThat(finding.claim()).contains("gone through 4 times, the reference does so 3 times");
  }

  @Test
  void countsThePassesOfAStep() throws Exception {
    Programs programs = new Programs(folder);
    OpGraph reference = new OpGraph(programs.log("one", descent(1)));
    OpGraph candidate = new OpGraph(programs.log("other", descent(2)));

    Suspicion seen = Loops.passesPerStep(Divergence.between(reference, candidate)).orElseThrow();

    assertThat(seen.cause()).isEqualTo(Cause.EXTRA_OP);
    assertThat(seen.claim()).contains("called 4 times, the reference calls it 2 times");
    assertThat(Loops.passesPerStep(Divergence.between(candidate, reference)).orElseThrow().cause())
        .isEqualTo(Cause.MISSING_OP);
    assertThat(Loops.passesPerStep(Divergence.between(reference, reference))).isEmpty();
    assertThat(suspected(descent(1), descent(2)).claim()).isEqualTo(seen.claim());
  }

  /** Two steps of some backward passes each, which add up. */
  private static Program descent(int passes) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3, 1);
      for (int step = 0; step < 2; step++) {
        for (int pass = 0; pass < passes; pass++) {
          t.backward(t.mean(t.mul(w, w)));
        }
        try (NoGrad unused = t.noGrad()) {
          t.subInPlace(w, t.mul(Objects.requireNonNull(t.grad(w)), 0.1));
        }
      }
      log.probe("w", w);
    };
  }

  @Test
  void seesThatGradientsOfEarlierStepsAreTakenAlong() throws Exception {
    Programs programs = new Programs(folder);
    OpGraph plain = new OpGraph(programs.log("plain", averaged(false)));
    OpGraph average = new OpGraph(programs.log("average", averaged(true)));

    Suspicion seen = Loops.momentum(Divergence.between(plain, average)).orElseThrow();

    assertThat(seen.cause()).isEqualTo(Cause.MOMENTUM);
    assertThat(Loops.momentum(Divergence.between(average, plain))).isEmpty();
    assertThat(Loops.momentum(Divergence.between(plain, plain))).isEmpty();
    assertThat(suspected(averaged(false), averaged(true)).claim()).isEqualTo(seen.claim());
  }

  /** Steps by the gradient, or by the mean of it and what the last step took. */
  private static Program averaged(boolean average) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3, 1);
      Tensor last = t.randn(3, 1);
      for (int step = 0; step < 3; step++) {
        t.backward(t.mean(t.mul(w, w)));
        try (NoGrad unused = t.noGrad()) {
          Tensor grad = t.mul(Objects.requireNonNull(t.grad(w)), 0.1);
          last = average ? t.mul(t.add(last, grad), 0.5) : grad;
          t.subInPlace(w, last);
          t.zeroInPlace(Objects.requireNonNull(t.grad(w)));
        }
      }
      log.probe("w", w);
    };
  }

  @Test
  void seesThatGradientsAreChangedInPlace() throws Exception {
    Op clip = OpCatalogue.find("mul_").orElseThrow();
    Program clipped = training(2, (t, grad) -> t.call(clip, Arguments.of(grad, t.tensor(0.5))));
    Programs programs = new Programs(folder);
    OpGraph reference = new OpGraph(programs.log("one", training(2)));
    OpGraph candidate = new OpGraph(programs.log("other", clipped));

    Suspicion seen = Observation.gradients(Divergence.between(reference, candidate)).orElseThrow();

    assertThat(seen.cause()).isEqualTo(Cause.EXTRA_OP);
    assertThat(seen.claim()).contains("`mul_` changes the gradients");
    assertThat(suspected(List.of(), training(2), clipped).claim()).isEqualTo(seen.claim());
  }

  @Test
  void seesWhatIsNotComputedAnewBeforeASecondPass() throws Exception {
    Programs programs = new Programs(folder);
    OpGraph reference = new OpGraph(programs.log("one", passes(true)));
    OpGraph candidate = new OpGraph(programs.log("other", passes(false)));

    Suspicion seen = Observation.of(Divergence.between(reference, candidate)).orElseThrow();

    assertThat(seen.cause()).isEqualTo(Cause.MISSING_OP);
    assertThat(seen.claim()).contains("goes a second time through `exp`");
  }

  private static Program passes(boolean anew) {
    Op exp = OpCatalogue.find("exp").orElseThrow();
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3);
      Tensor x = t.call(exp, Arguments.of(w));
      t.backward(t.mean(x));
      Tensor again = anew ? t.call(exp, Arguments.of(w)) : x;
      try {
        t.backward(t.mean(again));
      } catch (TorchException e) {
        assertThat(e).hasMessageContaining("second time");
        return; // a port would end here
      }
      log.probe("grad", Objects.requireNonNull(t.grad(w)));
    };
  }

  @Test
  void tellsPassesThatNoHypothesisProves() throws Exception {
    assertSeen(descent(1), descent(2), Cause.EXTRA_OP);
  }

  @Test
  void tellsAnAverageThatNoHypothesisProves() throws Exception {
    assertSeen(averaged(false), averaged(true), Cause.MOMENTUM);
  }

  @Test
  void tellsChangedGradientsThatNoHypothesisProves() throws Exception {
    Op clip = OpCatalogue.find("mul_").orElseThrow();

    assertSeen(
        training(2),
        training(2, (t, grad) -> t.call(clip, Arguments.of(grad, t.tensor(0.5)))),
        Cause.EXTRA_OP);
  }

  private void assertSeen(Program reference, Program candidate, Cause cause) throws Exception {
    Search.Result found = new Programs(folder).search(List.of(), reference, candidate);

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.note()).isEqualTo("it was seen, and cannot be replayed");
    assertThat(found.findings()).extracting(Finding::cause).containsExactly(cause);
  }

  private Finding suspected(Program reference, Program candidate) throws Exception {
    return suspected(Investigation.HYPOTHESES, reference, candidate);
  }

  private Finding suspected(List<Hypothesis> hypotheses, Program reference, Program candidate)
      throws Exception {
    Search.Result found = new Programs(folder).search(hypotheses, reference, candidate);
    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    return found.findings().get(0);
  }
}

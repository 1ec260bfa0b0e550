package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Programs.Program;

class LeftOutTest {
  private static final Op CLONE = OpCatalogue.find("clone").orElseThrow();

  @TempDir Path folder;

  private static Program mapped(boolean maps, double shear) {
    return (t, log) -> {
      Tensor x = t.randn(3, 2);
      Tensor map = t.tensor(List.of(2L, 2L), 1, shear, 0, 1);
      log.probe("x", t.mul(maps ? t.mm(x, map) : x, 3));
    };
  }

  /** Keeps a state before it is changed in place. */
  private static Program keeping(boolean copies) {
    return (t, log) -> {
      Tensor x = t.randn(3, 2);
      Tensor kept = copies ? t.call(CLONE, Arguments.of(x)) : x;
      t.subInPlace(x, t.tensor(1));
      log.probe("states", t.stack(List.of(kept, x), 0));
    };
  }

  private List<String> claims(Program candidate) throws Exception {
    Programs programs = new Programs(folder);
    OpGraph reference = new OpGraph(programs.log("reference", mapped(true, 0.5)));
    OpGraph actual = new OpGraph(programs.log("candidate", candidate));
    return new LeftOut()
        .about(Divergence.between(reference, actual)).stream().map(Suspicion::claim).toList();
  }

  @Test
  void suspectsACallThatIsNotThere() throws Exception {
    assertThat(claims(mapped(false, 0))).contains("`mm` is left out");
  }

  @Test
  void doesNotSuspectACallThatIsThereAndDoesNothing() throws Exception {
    assertThat(claims(mapped(true, 0))).doesNotContain("`mm` is left out");
  }

  @Test
  void provesThatACopyIsMissing() throws Exception {
    Search.Result found = new Programs(folder).search(keeping(true), keeping(false));

    assertConfirmed(found, Cause.MISSING_OP);
    assertThat(found.findings().get(0).claim()).contains("shares the memory");
  }

  /** One step; the gradients are cleared between loss and pass. */
  private static Program trained(boolean steps) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(2, 2);
      Tensor loss = t.mean(t.mul(w, w));
      Tensor unused = t.neg(t.tensor(1));
      t.backward(loss);
      if (steps) {
        step(t, w);
      }
      log.probe("w", t.mul(w, 1));
    };
  }

  @Test
  void placesAStepThatIsLeftOutAtTheBackwardPassBeforeIt() throws Exception {
    Search.Result found = new Programs(folder).search(trained(true), trained(false));

    assertConfirmed(found, Cause.NOT_UPDATED);
    assertThat(Objects.requireNonNull(found.findings().get(0).blame()).op()).isEqualTo("backward");
  }

  /** Two passes; gradients are cleared in between. */
  private static Program twice(int cleared) {
    return (t, log) -> {
      List<Tensor> all =
          List.of(
              t.randnRequiringGrad(2, 1), t.randnRequiringGrad(2, 2), t.randnRequiringGrad(3, 2));
      for (int pass = 0; pass < 2; pass++) {
        for (Tensor w : all.subList(0, cleared)) {
          Tensor grad = t.grad(w);
          if (grad != null) {
            t.zeroInPlace(grad);
          }
        }
        all.forEach(w -> t.backward(t.mean(t.mul(w, w))));
        all.forEach(w -> step(t, w));
      }
      for (int i = 0; i < all.size(); i++) {
        log.probe("w" + i, t.mul(all.get(i), 1));
      }
    };
  }

  private static void step(Torch t, Tensor w) {
    try (NoGrad off = t.noGrad()) {
      t.subInPlace(w, t.mul(Objects.requireNonNull(t.grad(w)), 0.1));
    }
  }

  @Test
  void provesThatAllButOneOfTheGradientsAreNotCleared() throws Exception {
    Search.Result found = new Programs(folder).search(twice(3), twice(1));

    assertConfirmed(found, Cause.STALE_GRADIENTS);
    assertThat(found.findings().get(0).claim()).contains("`zero_` of 2 of 3 gradients");
  }

  /** Three steps of two parameters, each of which may be left out or come to nothing. */
  private static Program steps(IntPredicate clears, IntToDoubleFunction rate) {
    return (t, log) -> {
      List<Tensor> all = List.of(t.randnRequiringGrad(2, 1), t.randnRequiringGrad(2, 2));
      for (int step = 1; step <= 3; step++) {
        for (Tensor w : all) {
          Tensor grad = t.grad(w);
          if (grad != null && clears.test(step)) {
            t.zeroInPlace(grad);
          }
        }
        all.forEach(w -> t.backward(t.mean(t.mul(w, w))));
        try (NoGrad off = t.noGrad()) {
          for (Tensor w : all) {
            t.subInPlace(w, t.mul(Objects.requireNonNull(t.grad(w)), rate.applyAsDouble(step)));
          }
        }
      }
      log.probe("first", all.get(0));
      log.probe("second", all.get(1));
    };
  }

  /**
   * The numbers are those of the second step, which is no reason to say that they were mixed up.
   */
  @Test
  void provesThatTheLastStepComesToNothing() throws Exception {
    Program reference = steps(step -> true, step -> 0.1 * step); // no two steps are alike
    Program candidate = steps(step -> true, step -> step == 3 ? 0 : 0.1 * step);

    Search.Result found = new Programs(folder).search(reference, candidate);

    assertConfirmed(found, Cause.NOT_UPDATED);
    assertThat(found.findings().get(0).claim()).contains("in 1 of 3 steps");
  }

  @Test
  void provesThatGradientsAreNotClearedInOneStep() throws Exception {
    Search.Result found =
        new Programs(folder)
            .search(steps(step -> true, step -> 0.1), steps(step -> step != 3, step -> 0.1));

    assertConfirmed(found, Cause.STALE_GRADIENTS);
    assertThat(found.findings().get(0).claim()).contains("in 1 of 2 steps");
  }

  /** What nobody asks a gradient of is neither a parameter nor a gradient. */
  @Test
  void speaksOfParametersOnlyWhereGradientsAreAskedFor() throws Exception {
    Search.Result zeroed =
        new Programs(folder)
            .search(
                (t, log) -> {
                  Tensor x = t.randn(3);
                  t.zeroInPlace(x);
                  log.probe("x", t.mul(x, 2));
                },
                (t, log) -> log.probe("x", t.mul(t.randn(3), 2)));

    assertConfirmed(zeroed, Cause.MISSING_OP);
    assertThat(zeroed.findings().get(0).claim()).isEqualTo("`zero_` is left out");
  }
}

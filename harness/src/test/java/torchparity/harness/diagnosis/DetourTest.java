package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Dtype;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Programs.Program;

/** Mistakes that are made on the way, and not where the results part. */
class DetourTest {
  @TempDir Path folder;

  private Search.Result search(Program reference, Program candidate) throws Exception {
    return new Programs(folder).search(reference, candidate);
  }

  private static Tensor call(Torch t, String op, @Nullable Object... arguments) {
    return t.call(OpCatalogue.find(op).orElseThrow(), Arguments.of(arguments));
  }

  @Test
  void findsThatAConstantIsComputedToOtherNumbers() throws Exception {
    Program reference =
        (t, log) -> log.probe("x", t.mm(t.randn(5, 2), t.tensor(List.of(2L, 2L), 1, 0.3, 0.3, 1)));
    Program candidate =
        (t, log) -> {
          Tensor points = t.randn(5, 2);
          Tensor one = call(t, "eye", 2, null, Dtype.FLOAT32, null, null);
          log.probe("x", t.mm(points, call(t, "add", one, 0.3, null)));
        };

    Programs.assertConfirmed(search(reference, candidate), Cause.OTHER_CONSTANT);
  }

  /** The update is there, of a copy: the line that makes the copy is to blame. */
  @Test
  void blamesTheCopyThatIsTrainedInstead() throws Exception {
    Search.Result found =
        search(
            descent((t, w) -> w),
            descent(
                (t, w) -> call(t, "requires_grad_", call(t, "clone", call(t, "detach", w)), true)));

    Programs.assertConfirmed(found, Cause.NOT_UPDATED);
    assertThat(Objects.requireNonNull(found.findings().get(0).blame()).op()).isEqualTo("clone");
  }

  private static Program descent(BiFunction<Torch, Tensor, Tensor> trained) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3, 1);
      Tensor p = trained.apply(t, w);
      t.backward(t.mean(call(t, "exp", p)));
      try (NoGrad unused = t.noGrad()) {
        t.subInPlace(p, t.mul(Objects.requireNonNull(t.grad(p)), 0.1));
      }
      log.probe("y", t.mul(w, 2));
    };
  }

  /**
   * No value shows it, and no change to the reference does the same: a part of the gradient is
   * gone.
   */
  @Test
  void findsWhatTheCandidateCanDoWithout() throws Exception {
    Search.Result found =
        search(
            gradient((t, w) -> t.mul(w, call(t, "exp", w))),
            gradient(
                (t, w) ->
                    t.mul(
                        w, call(t, "neg", call(t, "detach", call(t, "neg", call(t, "exp", w)))))));

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.EXTRA_OP);
    assertThat(found.findings().get(0).claim()).startsWith("`detach` is called, without which");
    assertThat(found.note()).startsWith("replayed without it");
  }

  private static Program gradient(BiFunction<Torch, Tensor, Tensor> function) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3);
      t.backward(t.mean(function.apply(t, w)));
      log.probe("grad", Objects.requireNonNull(t.grad(w)));
    };
  }

  /** The update is there, after what should use it: where that begins is to blame. */
  @Test
  void blamesWhatIsComputedBeforeTheUpdate() throws Exception {
    Search.Result found = search(product(true), product(false));

    Programs.assertConfirmed(found, Cause.NOT_UPDATED);
    assertThat(Objects.requireNonNull(found.findings().get(0).blame()).op()).isEqualTo("mul");
  }

  private static Program product(boolean trainedFirst) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3, 1);
      t.backward(t.mean(call(t, "exp", w)));
      Tensor y = trainedFirst ? null : t.mul(w, 2);
      try (NoGrad unused = t.noGrad()) {
        t.subInPlace(w, t.mul(Objects.requireNonNull(t.grad(w)), 0.1));
      }
      log.probe("y", y == null ? t.mul(w, 2) : y);
    };
  }

  @Test
  void tellsNumbersThatAreExchangedFromOtherNumbers() throws Exception {
    Search.Result found =
        search(
            (t, log) -> log.probe("y", t.full(List.of(3L), 2, Dtype.INT64)),
            (t, log) -> log.probe("y", t.full(List.of(2L), 3, Dtype.INT64)));

    Programs.assertConfirmed(found, Cause.SWAPPED_ARGUMENTS);
    assertThat(found.findings().get(0).claim()).contains("fill_value and size exchanged");
  }

  /** Both have the same bytes, and another shape. */
  @Test
  void findsADimensionThatIsMissing() throws Exception {
    Search.Result found =
        search(
            (t, log) -> log.probe("y", t.add(t.randn(3, 3), call(t, "unsqueeze", t.randn(3), 1))),
            (t, log) -> log.probe("y", t.add(t.randn(3, 3), t.randn(3))));

    Programs.assertConfirmed(found, Cause.MISSING_OP);
  }

  @Test
  void findsThatTheConstantOfTheNextTimeIsTaken() throws Exception {
    Search.Result found = search(blobs(0), blobs(1));

    Programs.assertConfirmed(found, Cause.OTHER_OPERAND);
    assertThat(found.findings().get(0).claim()).isEqualTo("`sub` is given another of 3 constants");
  }

  private static Tensor centre(Torch t, int x) {
    return t.tensor(List.of(2L), x, 2 * x);
  }

  private static Program blobs(int shift) {
    return (t, log) -> {
      List<Tensor> centres = List.of(centre(t, 1), centre(t, 2), centre(t, 3));
      List<Tensor> blobs = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Tensor centre = centres.get((i + shift) % 3);
        blobs.add(t.add(t.mul(t.sub(t.randn(2, 2), centre), 3), centre));
      }
      log.probe("X", t.cat(blobs, 0));
    };
  }

  @Test
  void findsThatTheBackwardPassBeginsWithAnotherGradient() throws Exception {
    Search.Result found = search(pass(false), pass(true));

    Programs.assertConfirmed(found, Cause.OTHER_OPERAND);
    assertThat(Objects.requireNonNull(found.findings().get(0).blame()).op()).isEqualTo("backward");
  }

  /** The gradient is recorded with another one, so that no multiple of it is. */
  private static Program pass(boolean fromTheLoss) {
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3);
      Tensor loss = t.mean(call(t, "exp", w));
      call(t, "backward", loss, fromTheLoss ? t.mul(loss, 1) : null, false);
      log.probe("sum", t.add(Objects.requireNonNull(t.grad(w)), t.randn(3)));
    };
  }

  /** Whoever copies all of a program can explain it, and has understood nothing. */
  @Test
  void isNotSureOfMuchThatIsCopied() throws Exception {
    List<String> many = List.of("sin", "exp", "tanh", "cos", "sigmoid", "atan", "abs");
    Search.Result found =
        search(
            (t, log) -> log.probe("y", call(t, "square", t.randn(4))),
            (t, log) -> {
              Tensor y = t.randn(4);
              for (String op : many) {
                y = call(t, op, y);
              }
              log.probe("y", y);
            });

    assertThat(found.status()).as(found.findings().get(0).claim()).isEqualTo(Status.SUSPECTED);
  }

  /** Both are made in one chain, which could be exchanged as a whole: that would tell one alone. */
  @Test
  void findsBothMistakesOfAChain() throws Exception {
    Search.Result found =
        search(
            (t, log) -> log.probe("y", call(t, "add", t.mul(t.randn(4), 2), 1, null)),
            (t, log) -> log.probe("y", call(t, "add", t.mul(t.randn(4), 3), 5, null)));

    assertThat(found.findings()).hasSize(2);
    assertThat(found.findings().get(0).claim()).contains("`mul` is called with 3");
    assertThat(found.findings().get(1).claim()).contains("`add` is called with 5");
  }

  /** Two ways meet in one result; it is called what it is where the first of them parts. */
  @Test
  void namesTheFirstOperationInWhichTheWaysDiffer() throws Exception {
    Search.Result byCount =
        search(
            mesh((t, x) -> call(t, "arange", 0.0, x, 0.5, Dtype.FLOAT32, null, null)),
            mesh((t, x) -> call(t, "linspace", 0.0, x, 2 * x, Dtype.FLOAT32, null, null)));

    Programs.assertConfirmed(byCount, Cause.OTHER_OP);
    assertThat(byCount.findings().get(0).claim())
        .isEqualTo("`linspace` is called where the reference calls `arange`");
  }

  private static Program mesh(BiFunction<Torch, Integer, Tensor> axis) {
    return (t, log) -> {
      Tensor xs = call(t, "repeat", axis.apply(t, 3), List.of(4L));
      Tensor ys = call(t, "repeat_interleave", axis.apply(t, 2), 6, null, null);
      log.probe("mesh", t.stack(List.of(xs, ys), 1));
    };
  }
}

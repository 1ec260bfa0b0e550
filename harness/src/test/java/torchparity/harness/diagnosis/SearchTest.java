package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Dtype;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.engine.tensor.TorchException;
import torchparity.harness.diagnosis.Diagnosis.Finding;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Diagnosis.Tried;
import torchparity.harness.diagnosis.Programs.Program;

/** What replays prove about small programs and changed copies of them. */
class SearchTest {
  @TempDir Path folder;

  @Test
  void findsAMapAboutTheWrongCentre() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor centre = t.tensor(List.of(2L), 1, 2);
          Tensor x = t.add(t.randn(5, 2), centre);
          Tensor skewed = t.mm(t.sub(x, centre), t.tensor(List.of(2L, 2L), 1, 0.5, 0, 1));
          log.probe("x", t.add(skewed, centre));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.add(t.randn(5, 2), t.tensor(List.of(2L), 1, 2));
          log.probe("x", t.mm(x, t.tensor(List.of(2L, 2L), 1, 0.5, 0, 1)));
        };

    Programs.assertConfirmed(programs().search(reference, candidate), Cause.WRONG_CENTRE);
  }

  @Test
  void findsOneOperationThatStandsForSeveral() throws Exception {
    Op loss = OpCatalogue.find("mse_loss").orElseThrow();
    Op abs = OpCatalogue.find("abs").orElseThrow();
    Program reference =
        (t, log) -> {
          Tensor apart = t.sub(t.randn(5), t.randn(5));
          log.probe("loss", t.mean(t.call(abs, Arguments.of(apart))));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.randn(5);
          Tensor y = t.randn(5);
          Tensor unused = t.call(abs, Arguments.of(t.sub(x, y)));
          log.probe("loss", t.call(loss, Arguments.of(x, y)));
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.OTHER_OP);
    assertThat(found.findings().get(0).claim()).contains("`mse_loss` is called");
  }

  /** Both call `abs` once: if it was put in, then something else was left out. */
  @Test
  void onlySuspectsToBeThereTooOftenWhatIsNotCalledMoreOften() throws Exception {
    Op abs = OpCatalogue.find("abs").orElseThrow();
    Op exp = OpCatalogue.find("exp").orElseThrow();
    Program reference =
        (t, log) -> {
          Tensor x = t.randn(5);
          Tensor unused = t.call(abs, Arguments.of(t.randn(5)));
          log.probe("x", t.call(exp, Arguments.of(x)));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.call(abs, Arguments.of(t.randn(5)));
          Tensor unused = t.randn(5);
          log.probe("x", t.call(exp, Arguments.of(x)));
        };

    Search.Result found = programs().search(reference, candidate);

    assertThat(found.status()).isEqualTo(Status.SUSPECTED);
    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.EXTRA_OP);
    assertThat(found.note()).contains("not call it more often");
  }

  @Test
  void tellsWhereAProgramThatPartedEarlierEnds() throws Exception {
    Op logsumexp = OpCatalogue.find("logsumexp").orElseThrow();
    Op logSoftmax = OpCatalogue.find("log_softmax").orElseThrow();
    Search.Result found =
        programs()
            .search(
                (t, log) -> log.probe("x", t.call(logSoftmax, Arguments.of(t.randn(5, 3), 1))),
                (t, log) -> {
                  Tensor logits = t.randn(5, 3);
                  Tensor sums = t.call(logsumexp, Arguments.of(logits, 1));
                  assertThatThrownBy(() -> t.sub(logits, sums)).isInstanceOf(TorchException.class);
                });

    assertThat(found.note()).contains("it ends in `sub([5, 3], [5])`").contains("size of tensor");
  }

  @Test
  void findsThatTheLastStateIsRecordedForEach() throws Exception {
    Search.Result found = programs().search(states(true), states(false));

    Programs.assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim()).contains("states of other moments");
  }

  private static Program states(boolean eachAtItsTime) {
    Op clone = OpCatalogue.find("clone").orElseThrow();
    return (t, log) -> {
      Tensor w = t.randnRequiringGrad(3);
      List<Tensor> kept = new ArrayList<>();
      try (NoGrad unused = t.noGrad()) {
        for (int step = 1; step <= 3; step++) {
          t.subInPlace(w, t.tensor(step));
          if (eachAtItsTime) {
            kept.add(t.call(clone, Arguments.of(w)));
          }
        }
        while (kept.size() < 3) {
          kept.add(t.call(clone, Arguments.of(w)));
        }
        log.probe("states", t.stack(kept, 0));
      }
    };
  }

  /** The maximum of it and zero is the same, so that it could as well be put in before. */
  @Test
  void findsAChainInThePlaceOfAnActivation() throws Exception {
    Op exp = OpCatalogue.find("exp").orElseThrow();
    Op log1p = OpCatalogue.find("log1p").orElseThrow();
    Program reference = (t, log) -> log.probe("x", t.maximum(t.mul(t.randn(4), 2), t.tensor(0)));
    Program candidate =
        (t, log) -> {
          Tensor x = t.call(exp, Arguments.of(t.mul(t.randn(4), 2)));
          log.probe("x", t.call(log1p, Arguments.of(x)));
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.OTHER_ACTIVATION);
    assertThat(found.findings().get(0).claim())
        .isEqualTo("`exp`, `log1p` are called where the reference calls `maximum`");
  }

  /** What is put in has branches: the mean and the deviation are computed on the way. */
  @Test
  void findsThatPointsAreStandardisedFirst() throws Exception {
    Op mean = OpCatalogue.find("mean").orElseThrow();
    Op std = OpCatalogue.find("std").orElseThrow();
    Op div = OpCatalogue.find("div").orElseThrow();
    Program reference = (t, log) -> log.probe("x", t.mm(t.randn(5, 3), t.randn(3, 2)));
    Program candidate =
        (t, log) -> {
          Tensor points = t.randn(5, 3);
          Tensor weights = t.randn(3, 2);
          Tensor centre = t.call(mean, Arguments.of(points, List.of(0), false, null));
          Tensor deviation = t.call(std, Arguments.of(points, List.of(0), false, 1));
          Tensor centred = t.sub(points, centre);
          Tensor standard = t.call(div, Arguments.of(centred, deviation, null));
          log.probe("x", t.mm(standard, weights));
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.EXTRA_OP);
    assertThat(found.findings().get(0).claim())
        .isEqualTo("`mean`, `std`, `sub`, `div` is put in before `mm`");
  }

  @Test
  void doesNotTakeRoundingForAScale() throws Exception {
    Op round = OpCatalogue.find("round").orElseThrow();
    Program reference = (t, log) -> log.probe("x", t.cat(List.of(t.randn(3), t.randn(3)), 0));
    Program candidate =
        (t, log) -> {
          Tensor x = t.cat(List.of(t.randn(3), t.randn(3)), 0);
          log.probe("x", t.mul(t.call(round, Arguments.of(t.mul(x, 100))), 0.01));
        };

    Programs.assertConfirmed(programs().search(reference, candidate), Cause.EXTRA_OP);
  }

  @Test
  void findsTheMomentumOfAnUpdate() throws Exception {
    Programs.assertConfirmed(programs().search(training(0), training(0.8)), Cause.MOMENTUM);
  }

  private static Program training(double momentum) {
    return (t, log) -> {
      Tensor x = t.randn(4, 3);
      Tensor w = t.randnRequiringGrad(3, 1);
      Tensor velocity = null;
      for (int step = 0; step < 3; step++) {
        Tensor before = t.grad(w);
        if (before != null) {
          t.zeroInPlace(before);
        }
        t.backward(t.mean(t.maximum(t.mm(x, w), t.tensor(-1))));
        try (NoGrad unused = t.noGrad()) {
          Tensor grad = Objects.requireNonNull(t.grad(w));
          if (momentum != 0) {
            velocity = t.add(velocity == null ? t.mul(grad, 0) : t.mul(velocity, momentum), grad);
            grad = velocity;
          }
          t.subInPlace(w, t.mul(grad, 0.1));
        }
        log.probe("w" + step, w);
      }
    };
  }

  @Test
  void findsThatAnotherTensorIsRecorded() throws Exception {
    Program reference = (t, log) -> log.probe("x", t.neg(t.randn(3)));
    Program candidate =
        (t, log) -> {
          Tensor x = t.neg(t.randn(3));
          log.probe("x", t.mul(x, 3));
        };

    Search.Result found = programs().search(reference, candidate);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings().get(0).actual()).extracting(Diagnosis.Call::op).isEqualTo("mul");
  }

  @Test
  void blamesTheLineThatMadeTheArgumentsInAnotherOrder() throws Exception {
    Finding finding = stacked(List.of(0, 1, 2), List.of(2, 1, 0), List.of(0, 1, 2));

    assertThat(Objects.requireNonNull(finding.blame()).op()).isEqualTo("full");
  }

  @Test
  void blamesTheLineThatPutsTheArgumentsInAnotherOrder() throws Exception {
    Finding finding = stacked(List.of(0, 1, 2), List.of(0, 1, 2), List.of(2, 1, 0));

    assertThat(Objects.requireNonNull(finding.blame()).op()).isEqualTo("cat");
  }

  /** What is found if other values are made, or the parts are put together in another order. */
  private Finding stacked(List<Integer> right, List<Integer> values, List<Integer> order)
      throws Exception {
    Program reference = (t, log) -> log.probe("y", cat(t, right, List.of(0, 1, 2)));
    Program candidate = (t, log) -> log.probe("y", cat(t, values, order));
    Search.Result found = programs().search(reference, candidate);
    Programs.assertConfirmed(found, Cause.LABEL_ORDER);
    return found.findings().get(0);
  }

  private static Tensor cat(Torch t, List<Integer> values, List<Integer> order) {
    List<Tensor> parts =
        values.stream().map(value -> t.full(List.of(2L), value, Dtype.INT64)).toList();
    return t.cat(order.stream().map(parts::get).toList(), 0);
  }

  @Test
  void findsThatAParameterIsChangedWhileItsHistoryIsRecorded() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor w = t.randnRequiringGrad(3);
          try (NoGrad unused = t.noGrad()) {
            log.probe("w", t.subInPlace(w, t.mul(w, 0.1)));
          }
        };
    Program candidate =
        (t, log) -> {
          Tensor w = t.randnRequiringGrad(3);
          Tensor step = t.mul(w, 0.1);
          assertThatThrownBy(() -> t.subInPlace(w, step)).isInstanceOf(TorchException.class);
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.MISSING_OP);
    assertThat(found.findings().get(0).claim()).contains("no_grad");
  }

  @Test
  void findsBothOfTwoMistakes() throws Exception {
    Program reference =
        (t, log) -> {
          log.probe("x", t.mean(t.randn(6)));
          log.probe("y", t.mul(t.randn(4), 0.5));
        };
    Program candidate =
        (t, log) -> {
          log.probe("x", t.neg(t.mean(t.randn(6))));
          log.probe("y", t.mul(t.randn(4), 0.25));
        };

    Search.Result found = programs().search(reference, candidate);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings())
        .extracting(Diagnosis.Finding::cause)
        .containsExactly(Cause.SIGN, Cause.OTHER_CONSTANT);
  }

  @Test
  void takesAnotherFormOfTheSameForRounding() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor x = t.randn(3, 2);
          log.probe("x", t.t(t.t(x)));
        };
    Program candidate = (t, log) -> log.probe("x", t.randn(3, 2));

    assertThat(programs().search(reference, candidate).status()).isEqualTo(Status.ROUNDING);
  }

  @Test
  void rejectsPromotionWithNumbersWhereItIsNotTheCause() throws Exception {
    Program reference = (t, log) -> log.probe("x", t.mul(t.randn(3), 0.1));
    Program candidate = (t, log) -> log.probe("x", t.mul(t.randn(3), 0.2));

    Tried promotion =
        programs().search(reference, candidate).findings().get(0).tried().stream()
            .filter(tried -> tried.cause() == Cause.DTYPE_PROMOTION)
            .findFirst()
            .orElseThrow();

    assertThat(promotion.complete()).isFalse();
    assertThat(promotion.residual()).isBetween(0.999, 1.001);
    assertThat(promotion.claim()).contains("moves `x` by at most");
  }

  @Test
  void saysNothingWhereNoHypothesisFits() throws Exception {
    Program reference = (t, log) -> log.probe("x", t.mul(t.randn(3), 0.1));
    Program candidate =
        (t, log) -> log.probe("x", t.tensor(List.of(3L), 5, 6, 7)); // out of the blue

    assertThat(programs().search(reference, candidate).status()).isNotEqualTo(Status.CONFIRMED);
  }

  private Programs programs() {
    return new Programs(folder);
  }
}

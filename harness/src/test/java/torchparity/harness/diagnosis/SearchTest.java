package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ContractJson;
import torchparity.cases.Dtype;
import torchparity.cases.LogWindow;
import torchparity.cases.OpLog;
import torchparity.cases.ReplayJob;
import torchparity.engine.oplog.Main;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Diagnosis.Status;
import torchparity.harness.diagnosis.Diagnosis.Tried;

/** Small programs and changed copies of them, carried out by real libtorch, logs and replays. */
class SearchTest {
  private static final long SEED = 7;

  @TempDir Path folder;

  /** What a program computes; it records through the logger. */
  private interface Program extends BiConsumer<Torch, OpLogger> {}

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

    assertConfirmed(search(reference, candidate), Cause.WRONG_CENTRE);
  }

  @Test
  void findsTheMomentumOfAnUpdate() throws Exception {
    assertConfirmed(search(training(0), training(0.8)), Cause.MOMENTUM);
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
  void findsThatTheGeneratorIsSeededAnew() throws Exception {
    Program reference =
        (t, log) -> {
          log.probe("x", t.randn(3));
          log.probe("w", t.randn(2, 2));
        };
    Program candidate =
        (t, log) -> {
          log.probe("x", t.randn(3));
          t.manualSeed(SEED);
          log.probe("w", t.randn(2, 2));
        };

    assertConfirmed(search(reference, candidate), Cause.RNG_SHIFT);
  }

  @Test
  void findsThatAnotherTensorIsRecorded() throws Exception {
    Program reference = (t, log) -> log.probe("x", t.neg(t.randn(3)));
    Program candidate =
        (t, log) -> {
          Tensor x = t.neg(t.randn(3));
          log.probe("x", t.mul(x, 3));
        };

    Search.Result found = search(reference, candidate);

    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings().get(0).actual()).extracting(Diagnosis.Call::op).isEqualTo("mul");
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

    Search.Result found = search(reference, candidate);

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

    assertThat(search(reference, candidate).status()).isEqualTo(Status.ROUNDING);
  }

  @Test
  void rejectsPromotionWithNumbersWhereItIsNotTheCause() throws Exception {
    Program reference = (t, log) -> log.probe("x", t.mul(t.randn(3), 0.1));
    Program candidate = (t, log) -> log.probe("x", t.mul(t.randn(3), 0.2));

    Tried promotion =
        search(reference, candidate).findings().get(0).tried().stream()
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

    assertThat(search(reference, candidate).status()).isNotEqualTo(Status.CONFIRMED);
  }

  private static void assertConfirmed(Search.Result found, Cause cause) {
    assertThat(found.findings()).isNotEmpty();
    assertThat(found.findings().get(0).cause()).isEqualTo(cause);
    assertThat(found.status()).isEqualTo(Status.CONFIRMED);
    assertThat(found.findings()).hasSize(1);
  }

  private Search.Result search(Program reference, Program candidate) throws Exception {
    return new Search(Investigation.HYPOTHESES, this::replay, folder.resolve("search"), SEED)
        .run(log("reference", reference), log("candidate", candidate));
  }

  private void replay(List<ReplayJob.Program> programs, Path out) throws IOException {
    Path job = out.resolve("replay.json");
    ContractJson.write(job, new ReplayJob(programs));
    Main.main(new String[] {job.toString()});
  }

  private OpLog log(String name, Program program) throws IOException {
    Path out = folder.resolve(name);
    LogWindow all = new LogWindow(0, 100);
    try (OpLogger logger = new OpLogger(out, all, Optional::empty);
        Scope scope = new Scope()) {
      Torch torch = Torch.start(1, Dtype.FLOAT32).intercepted(new ExactProducts());
      torch.manualSeed(SEED);
      program.accept(torch.intercepted(logger), logger);
    }
    return OpLog.read(out).orElseThrow();
  }
}

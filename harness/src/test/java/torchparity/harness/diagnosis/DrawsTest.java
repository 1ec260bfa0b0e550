package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Dtype;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

/** Random numbers, and constants in their place. */
class DrawsTest {
  @TempDir Path folder;

  private Programs programs() {
    return new Programs(folder);
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
          t.manualSeed(Programs.SEED);
          log.probe("w", t.randn(2, 2));
        };

    assertConfirmed(programs().search(reference, candidate), Cause.RNG_SHIFT);
  }

  @Test
  void findsThatTheSameIsDrawnInAnotherOrder() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor x = t.randn(3);
          Tensor w = t.randn(2, 2);
          log.probe("x", t.mul(x, 2));
          log.probe("w", w);
        };
    Program candidate =
        (t, log) -> {
          Tensor w = t.randn(2, 2);
          log.probe("x", t.mul(t.randn(3), 2));
          log.probe("w", w);
        };

    Search.Result found = programs().search(reference, candidate);

    assertConfirmed(found, Cause.ORDER_OF_DRAWS);
    assertThat(found.findings().get(0).claim())
        .isEqualTo("the same tensors are drawn in another order: [2, 2], [3]");
  }

  @Test
  void findsThatAConstantStandsForADraw() throws Exception {
    Program reference =
        (t, log) -> {
          log.probe("w", t.randn(3));
          log.probe("b", t.randn(2));
        };
    Program candidate =
        (t, log) -> {
          log.probe("w", t.full(List.of(3L), 0, Dtype.FLOAT32));
          log.probe("b", t.randn(2)); // from where the reference draws w
        };

    assertConfirmed(programs().search(reference, candidate), Cause.OTHER_OP);
  }

  @Test
  void findsThatADrawIsUsedAgain() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor sum = t.tensor(0);
          for (int i = 0; i < 3; i++) {
            Tensor noise = t.randn(4);
            sum = t.add(t.mul(sum, 2), noise);
          }
          log.probe("sum", sum);
          log.probe("w", t.randn(2)); // from an earlier part of the stream
        };
    Program candidate =
        (t, log) -> {
          Tensor sum = t.tensor(0);
          Tensor noise = t.randn(4);
          for (int i = 0; i < 3; i++) {
            sum = t.add(t.mul(sum, 2), noise);
          }
          log.probe("sum", sum);
          log.probe("w", t.randn(2));
        };

    assertConfirmed(programs().search(reference, candidate), Cause.RNG_SHIFT);
  }

  @Test
  void findsThatTheDataIsDrawnAgainAndTheSecondIsUsed() throws Exception {
    Program reference =
        (t, log) -> {
          log.probe("x", t.cat(List.of(t.mul(t.randn(4, 2), 2), t.randn(4, 2)), 0));
          log.probe("w", t.randn(3));
        };
    Program candidate =
        (t, log) -> {
          t.cat(List.of(t.mul(t.randn(4, 2), 2), t.randn(4, 2)), 0);
          log.probe("x", t.cat(List.of(t.mul(t.randn(4, 2), 2), t.randn(4, 2)), 0));
          log.probe("w", t.randn(3));
        };

    Search.Result found = programs().search(reference, candidate);

    assertConfirmed(found, Cause.RNG_SHIFT);
    assertThat(found.findings().get(0).claim()).contains("draws [4, 2] once more");
  }

  /** 16 numbers or more are drawn in blocks, so that the cut is not what would have been drawn. */
  @Test
  void findsThatAllIsDrawnAtOnce() throws Exception {
    Op narrow = OpCatalogue.find("narrow").orElseThrow();
    Program reference =
        (t, log) -> {
          log.probe("x", t.mul(t.randn(10, 2), 2));
          log.probe("y", t.mul(t.randn(10, 2), 3));
          log.probe("w", t.randn(3));
        };
    Program candidate =
        (t, log) -> {
          Tensor all = t.randn(20, 2);
          log.probe("x", t.mul(t.call(narrow, Arguments.of(all, 0, 0, 10)), 2));
          log.probe("y", t.mul(t.call(narrow, Arguments.of(all, 0, 10, 10)), 3));
          log.probe("w", t.randn(3));
        };

    Search.Result found = programs().search(reference, candidate);

    assertConfirmed(found, Cause.ORDER_OF_DRAWS);
    assertThat(found.findings().get(0).claim())
        .startsWith("[20, 2] numbers are drawn at once and cut into 2 pieces");
  }
}

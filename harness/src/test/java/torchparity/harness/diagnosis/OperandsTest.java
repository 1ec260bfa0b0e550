package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

/** The same operations on other tensors, or in another order. */
class OperandsTest {
  @TempDir Path folder;

  @Test
  void findsTwoOperationsInTheOtherOrder() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor bias = t.tensor(List.of(3L), -1, 0.5, -2);
          log.probe("x", t.maximum(t.add(t.randn(4, 3), bias), t.tensor(0)));
        };
    Program candidate =
        (t, log) -> {
          Tensor bias = t.tensor(List.of(3L), -1, 0.5, -2);
          log.probe("x", t.add(t.randn(4, 3), t.maximum(bias, t.tensor(0))));
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.OTHER_OPERAND);
    assertThat(found.findings().get(0).claim()).contains("`maximum` is applied before `add`");
  }

  /** The origin is added, too, which no number shows. */
  @Test
  void findsThatEveryBlobLiesAboutTheFirstCentre() throws Exception {
    Search.Result found = programs().search(blobs(false), blobs(true));

    Programs.assertConfirmed(found, Cause.OTHER_OPERAND);
    assertThat(found.findings().get(0).claim())
        .contains(
            "argument 2 of `add` is another tensor of the same program, and so it is 5 times");
  }

  private static Program blobs(boolean aboutTheFirst) {
    return (t, log) -> {
      List<Tensor> centres =
          List.of(
              t.tensor(List.of(2L), 0, 0),
              t.tensor(List.of(2L), 3, 0),
              t.tensor(List.of(2L), 1.5, 2.5));
      List<Tensor> parts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Tensor centre = centres.get(aboutTheFirst ? 0 : i);
        Tensor x = t.add(t.mul(t.randn(8, 2), 0.7), centre);
        Tensor map = t.tensor(List.of(2L, 2L), 1, 0.3 * i, 0.3 * i, 1);
        parts.add(t.add(t.mm(t.sub(x, centre), map), centre));
      }
      log.probe("x", t.cat(parts, 0));
    };
  }

  @Test
  void findsAnActivationBeforeTheLayer() throws Exception {
    Program reference =
        (t, log) -> {
          Tensor x = t.randn(40, 3);
          log.probe("x", x);
          log.probe("h", t.maximum(t.add(t.mm(x, t.randn(3, 5)), t.randn(5)), t.tensor(0)));
        };
    Program candidate =
        (t, log) -> {
          Tensor x = t.randn(40, 3);
          log.probe("x", x);
          log.probe("h", t.add(t.mm(t.maximum(x, t.tensor(0)), t.randn(3, 5)), t.randn(5)));
        };

    Search.Result found = programs().search(reference, candidate);

    Programs.assertConfirmed(found, Cause.OTHER_OPERAND);
    assertThat(found.findings().get(0).claim()).contains("`maximum` is applied before `mm`");
  }

  /** The first blob comes out the same in the reference, as its map is the identity. */
  @Test
  void findsAnOperandOfEachTimeThroughALoop() throws Exception {
    Programs.assertConfirmed(
        programs().search(mappedBlobs(false), mappedBlobs(true)), Cause.EXTRA_OP);
  }

  private static Program mappedBlobs(boolean aboutTheirMean) {
    Op mean = OpCatalogue.find("mean").orElseThrow();
    return (t, log) -> {
      Tensor centre = t.tensor(List.of(2L), 0.5, 2);
      List<Tensor> parts = new ArrayList<>();
      for (double shear : new double[] {0, 0.5}) {
        Tensor x = t.add(t.randn(8, 2), centre);
        Tensor map = t.tensor(List.of(2L, 2L), 1, shear, shear, 1);
        Tensor about = aboutTheirMean ? t.call(mean, Arguments.of(x, 0)) : centre;
        parts.add(t.add(t.mm(t.sub(x, about), map), centre));
      }
      log.probe("x", t.cat(parts, 0));
    };
  }

  private Programs programs() {
    return new Programs(folder);
  }
}

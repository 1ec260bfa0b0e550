package torchparity.harness.diagnosis;

import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;
import torchparity.harness.diagnosis.Programs.Program;

class LiteralsTest {
  @TempDir Path folder;

  /** A map that is the identity the first time, and a shear the second. */
  private static Program mapped(double shear) {
    return (t, log) -> {
      Tensor x = t.randn(3, 2);
      for (double s : new double[] {0, shear}) {
        x = t.mm(x, matrix(t, s));
      }
      log.probe("x", x);
    };
  }

  private static Tensor matrix(Torch t, double s) {
    return t.tensor(List.of(2L, 2L), 1, s, 0, 1);
  }

  @Test
  void findsNumbersThatTheReferenceHasElsewhere() throws Exception {
    // The map does nothing any more, but it is there: it is not left out.
    assertConfirmed(new Programs(folder).search(mapped(0.5), mapped(0)), Cause.OTHER_CONSTANT);
  }
}

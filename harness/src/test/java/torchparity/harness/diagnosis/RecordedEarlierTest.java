package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

class RecordedEarlierTest {
  @TempDir Path folder;

  /** Logits before and after a step; only the later ones should be recorded. */
  private static Program trained(boolean recordsTheFirst) {
    return (t, log) -> {
      Tensor x = t.randn(4, 3);
      Tensor before = t.mul(x, 2);
      log.probe("loss", t.mean(before));
      t.subInPlace(x, t.mul(t.randn(4, 3), 0.5));
      log.probe("x", t.mul(x, 1));
      Tensor logits = recordsTheFirst ? before : t.mul(x, 2);
      log.probe("logits", logits);
      log.probe("classes", t.argmax(logits, 1));
    };
  }

  @Test
  void provesThatAnEarlierResultIsRecorded() throws Exception {
    Search.Result found = new Programs(folder).search(trained(false), trained(true));

    assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim())
        .contains("`logits` is what the reference has earlier, from `mul`");
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

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

  /** The states of a parameter after each step, or before it. */
  private static Program states(boolean isBefore) {
    Op clone = OpCatalogue.find("clone").orElseThrow();
    Op stack = OpCatalogue.find("stack").orElseThrow();
    return (t, log) -> {
      Tensor x = t.randn(4, 3);
      List<Tensor> states = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        if (isBefore) {
          states.add(t.call(clone, Arguments.of(x)));
        }
        t.subInPlace(x, t.mul(x, 0.5));
        if (!isBefore) {
          states.add(t.call(clone, Arguments.of(x)));
        }
      }
      log.probe("states", t.call(stack, Arguments.of(states, 0)));
    };
  }

  @Test
  void provesThatStatesOfOtherMomentsAreStacked() throws Exception {
    Search.Result found = new Programs(folder).search(states(false), states(true));

    assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim()).contains("states of other moments");
  }
}

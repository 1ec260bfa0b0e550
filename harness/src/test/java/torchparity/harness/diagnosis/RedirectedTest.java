package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

class RedirectedTest {
  @TempDir Path folder;

  /** One step of two parameters, of which {@code second} is the second to be changed. */
  private static Program stepped(int second) {
    return (t, log) -> {
      List<Tensor> both = List.of(t.randnRequiringGrad(3), t.randnRequiringGrad(3));
      t.backward(t.mean(t.mul(both.get(0), both.get(1))));
      try (NoGrad unused = t.noGrad()) {
        for (Tensor p : List.of(both.get(0), both.get(second))) {
          t.subInPlace(p, t.mul(Objects.requireNonNull(t.grad(p)), 0.1));
        }
      }
      log.probe("a", both.get(0));
      log.probe("b", both.get(1));
    };
  }

  @Test
  void findsThatAnotherParameterIsUpdated() throws Exception {
    Search.Result found = new Programs(folder).search(stepped(1), stepped(0));

    assertThat(found.findings().get(0).cause()).isEqualTo(Cause.OTHER_OPERAND);
  }
}

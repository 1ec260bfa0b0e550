package torchparity.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

class TorchTest {
  private final Torch torch = Torch.start(1, Dtype.FLOAT32);

  @Test
  void carriesEveryBitInAndOut() {
    try (Scope scope = new Scope()) {
      Tensor t = torch.tensor(List.of(3L), -0.0, Double.NaN, Double.NEGATIVE_INFINITY);

      assertThat(
              t.toHost()
                  .bitEquals(
                      HostTensor.ofFloats(List.of(3L), -0.0f, Float.NaN, Float.NEGATIVE_INFINITY)))
          .isTrue();
    }
  }

  @Test
  void saysWhyAProductIsImpossibleInPyTorchsOwnWords() {
    try (Scope scope = new Scope()) {
      Tensor a = torch.randn(4, 3);

      assertThatThrownBy(() -> torch.mm(a, a))
          .isInstanceOf(TorchException.class)
          .hasMessage("mm: mat1 and mat2 shapes cannot be multiplied (4x3 and 4x3)");
    }
  }

  @Test
  void letsAnInterceptorSeeAndReplaceEveryCall() {
    List<String> seen = new ArrayList<>();
    Torch watched =
        torch.intercepted(
            (op, arguments, proceed) -> {
              seen.add(op.name());
              return op.name().equals("add") ? arguments.tensor(0) : proceed.get();
            });
    try (Scope scope = new Scope()) {
      Tensor one = watched.tensor(1.0);

      assertThat(watched.add(one, one)).isSameAs(one);
      assertThat(seen).containsExactly("tensor", "add");
    }
  }
}

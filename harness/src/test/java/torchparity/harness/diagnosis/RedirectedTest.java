package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private static final String STEP =
      """
      randn leaf -> 1
      randn leaf -> 2
      grad 0 -> 3
      mul 2 #0.1 -> 0.3
      sub_ 0 3 leaf -> 0.7
      """;
  private static final String REFERENCE =
      STEP
          + """
          grad 1 -> 4
          mul 5 #0.1 -> 0.4
          sub_ 1 6 leaf -> 1.6
          probe 7 name=b
          """;

  private String proposals(String reference, String candidate) throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    return Proposals.of(new Redirected().about(d));
  }

  @Test
  void takesTheGradientOfTheOtherParameter() throws Exception {
    String candidate = STEP + "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | sub_ 4 6 -> 0.4 | probe 1 name=b";

    assertThat(proposals(REFERENCE, candidate))
        .isEqualTo(
            """
            OTHER_OPERAND 7: `sub_` changes another parameter
              replace [5]: grad(line 0)
              after [6]: sub_(line 0, itself)
              bypass [7] by input 0
            """);
  }

  @Test
  void takesEveryGradientThatTheUpdateIsComputedFrom() throws Exception {
    String two = "grad 1 -> 4 | grad 1 -> 5 | add 5 6 -> 9 | sub_ 1 7 -> -7 | probe 8 name=b";
    String there = "grad 4 -> 3 | grad 4 -> 3 | add 5 6 -> 6 | sub_ 4 7 -> -5 | probe 1 name=b";

    assertThat(proposals(STEP + two, STEP + there))
        .isEqualTo(
            """
            OTHER_OPERAND 8: `sub_` changes another parameter
              replace [5]: grad(line 0)
              replace [6]: grad(line 0)
              after [7]: sub_(line 0, itself)
              bypass [8] by input 0
            """);
  }

  /** The first that changes another is to blame. */
  @Test
  void exchangesAllUpdatesThatChangeAnother() throws Exception {
    String turned =
        """
        randn leaf -> 1
        randn leaf -> 2
        grad 1 -> 4
        mul 2 #0.1 -> 0.4
        mul_ 1 3 -> 1.6
        grad 0 -> 3
        mul 5 #0.1 -> 0.3
        sub_ 0 6 -> 0.7
        probe 7 name=b
        """;

    assertThat(proposals(REFERENCE, turned))
        .isEqualTo(
            """
            OTHER_OPERAND 4: `mul_` changes another parameter
              replace [2]: grad(line 1)
              after [3]: sub_(line 1, itself)
              bypass [4] by input 0
              replace [5]: grad(line 0)
              after [6]: sub_(line 0, itself)
              bypass [7] by input 0
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "grad 1 -> 4 | mul 5 #0.1 -> 0.4 | sub_ 1 6 -> 1.6 | probe 7 name=b", // the same
        "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | probe 1 name=b", // fewer updates
        "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | sub_ 4 6 !refused",
        "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | sub_ 4 -> 0.4 | probe 1 name=b",
        "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | sub_ 4 6 #1 -> 0.4 | probe 1 name=b",
        "grad 4 -> 3 | mul 5 #0.1 -> 0.3 | sub 4 6 -> 0.4 | probe 1 name=b",
        "randn -> 1 | mul 0 #0.1 -> 0.3 | sub_ 5 6 -> 0.4 | probe 1 name=b", // no parameter
        "randn leaf -> 5 | mul 0 #0.1 -> 0.3 | sub_ 5 6 -> 0.4 | probe 1 name=b", // a new one
        "randn leaf -> 0.7 | mul 0 #0.1 -> 0.3 | sub_ 5 6 -> 0.4 | probe 1 name=b", // changed
      })
  void proposesNothingForOtherUpdates(String candidate) throws Exception {
    assertThat(proposals(REFERENCE, STEP + candidate)).isEmpty();
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** The program before it was simplified, beside the simplified one. */
class OriginalTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void computesTheSameBitsUntilItsOptimizerFusesTheUpdate() throws Exception {
    Path original = ParityProcess.ROOT.resolve("python/variants/original.py");

    Ended run =
        new ParityProcess(folder)
            .run(
                "--dtype=float32",
                "--epochs=5",
                "--no-explain",
                "--ports=python,original",
                "--port=original=" + original);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    for (JsonNode c : run.comparisons("original", "python")) {
      boolean trains =
          List.of("sgd-training", "decision-grid").contains(c.get("caseName").asText());
      if (!trains) {
        assertThat(texts(c)).containsOnly("identical");
      } else if (!c.get("tier").asText().equals("exact")) {
        assertThat(c.get("verdict").asText()).isEqualTo("MATCH");
      } else if (c.get("caseName").asText().equals("sgd-training")) {
        // add_(grad, alpha=-lr) rounds once where p -= lr * grad rounds twice.
        assertThat(c.get("root").asText()).isEqualTo("step.w1");
      }
    }
    assertThat(run.out()).contains("step.w1: ").contains("none is allowed");
  }

  @Test
  void provesTheFormsOfTheCrossEntropyEqualAndTAView() throws Exception {
    String forms =
        PythonProcess.run(
            folder,
            120,
            ParityProcess.ROOT.resolve("harness/src/test/resources/forms.py").toString(),
            ParityProcess.ROOT.toString());

    assertThat(forms)
        .contains("gather: every bit [0.0, 0.0]")
        // The built-in form sums in another order: its value, not its gradient, rounds otherwise.
        .containsPattern("built in: rounding \\[[12][.][0-9]+, 0.0\\]")
        .contains("t: view True, memory True, strides (1, 3), sees 9.0");
  }

  private static List<String> texts(JsonNode comparison) {
    List<String> texts = new ArrayList<>();
    comparison.get("probes").forEach(p -> texts.add(p.get("text").asText()));
    return texts;
  }
}

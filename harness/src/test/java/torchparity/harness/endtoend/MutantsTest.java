package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A slice of the mutant catalogue on the real runtimes; {@code ./parity mutants} runs it whole. */
class MutantsTest {
  @TempDir Path folder;

  @Test
  void detectsMutantsOfEveryPortAndNoHarmlessRewrite() throws Exception {
    Path out = folder.resolve("mutants");
    Ended ended =
        new ParityProcess(folder)
            .execute(
                out,
                List.of(
                    "mutants",
                    "--filter",
                    "skew-about-origin,third-centre-swapped,double-skew,same-sub-as-add,"
                        + "py-skew-about-origin,jvm-skew-no-way-back",
                    "--no-explain",
                    "--json",
                    "--out",
                    out.toString()));

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    JsonNode scores = new ObjectMapper().readTree(ended.out());
    List<String> seen = new ArrayList<>();
    scores
        .get("mutants")
        .forEach(m -> seen.add(m.get("id").asText() + " " + m.get("seen").asText()));
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "skew-about-origin MISMATCH",
            "third-centre-swapped MISMATCH",
            "double-skew CRASH",
            "same-sub-as-add MATCH",
            "py-skew-about-origin MISMATCH",
            "jvm-skew-no-way-back MISMATCH");
  }

  /** Each recorder is looked past: the line that is named is the one that calls it. */
  @Test
  void namesTheLineThatRecordsTheWrongTensorInEveryPort() throws Exception {
    Path out = folder.resolve("probes");
    Ended ended =
        new ParityProcess(folder)
            .execute(
                out,
                List.of(
                    "mutants",
                    "--filter",
                    "hidden-for-logits,py-hidden-before-activation,jvm-parameters-for-gradients",
                    "--json",
                    "--out",
                    out.toString()));

    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    JsonNode mutants = new ObjectMapper().readTree(ended.out()).get("mutants");
    assertThat(mutants).hasSize(3);
    for (JsonNode mutant : mutants) {
      assertThat(mutant.get("line").asBoolean()).as(mutant.toString()).isTrue();
      assertThat(mutant.get("toldCause").asText()).isEqualTo("wrong-probe");
      assertThat(mutant.get("status").asText()).isEqualTo("CONFIRMED");
    }
  }

  @Test
  void explainsAFilterThatChoosesNothing() throws Exception {
    Path out = folder.resolve("none");
    Ended ended =
        new ParityProcess(folder)
            .execute(out, List.of("mutants", "--filter", "no-such", "--out", out.toString()));

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("no mutant").doesNotContain("\tat ");
  }
}

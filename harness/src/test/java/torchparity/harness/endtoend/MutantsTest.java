package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A slice of the mutant catalogue on the real runtimes; {@code ./parity mutants} runs it whole. */
class MutantsTest {
  @TempDir Path folder;

  @Test
  void detectsMutantsOfEveryPortAndNoHarmlessRewrite() throws Exception {
    String filter =
        "skew-about-origin,third-centre-swapped,double-skew,same-sub-as-add,"
            + "py-skew-about-origin,jvm-skew-no-way-back";

    List<String> seen = new ArrayList<>();
    scores(filter, "--no-explain")
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
  @Tag("slow")
  void namesTheLineThatRecordsTheWrongTensor() throws Exception {
    recordsTheWrongTensor("hidden-for-logits,py-hidden-before-activation", 2);
  }

  @Test
  @Tag("slow")
  void namesTheLineThatRecordsTheWrongTensorInTraining() throws Exception {
    recordsTheWrongTensor("jvm-parameters-for-gradients", 1);
  }

  private void recordsTheWrongTensor(String filter, int size) throws Exception {
    JsonNode mutants = scores(filter);

    assertThat(mutants).hasSize(size);
    for (JsonNode mutant : mutants) {
      assertThat(mutant.get("line").asBoolean()).as(mutant.toString()).isTrue();
      assertThat(mutant.get("toldCause").asText()).isEqualTo("wrong-probe");
      assertThat(mutant.get("status").asText()).isEqualTo("CONFIRMED");
    }
  }

  /**
   * PyTorch clips all gradients in one call on a list, of which the log has a line for each; one
   * mistake fails in single steps alone; one only after it has run once in the same process.
   */
  @Test
  @Tag("slow")
  void explainsWhatIsHardToSeeInTraining() throws Exception {
    JsonNode mutants = scores("gradients-clipped-by-norm,gradients-for-steps,losses-in-a-default");

    assertThat(mutants).hasSize(3);
    Map<String, String> status = new TreeMap<>();
    for (JsonNode mutant : mutants) {
      assertThat(mutant.get("line").asBoolean()).as(mutant.toString()).isTrue();
      status.put(mutant.get("id").asText(), mutant.get("status").asText());
    }
    assertThat(status)
        .containsEntry("gradients-for-steps", "CONFIRMED")
        .containsEntry("losses-in-a-default", "CONFIRMED");
    StringBuilder logs = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder.resolve("mutants"))) {
      for (Path log : files.filter(f -> f.endsWith("log.txt")).toList()) {
        logs.append(Files.readString(log));
      }
    }
    assertThat(logs.toString())
        .contains("`mul_` changes the gradients before the update")
        .contains("losses-in-a-default keeps something from one instance to the next");
  }

  private JsonNode scores(String filter, String... more) throws Exception {
    List<String> options = new ArrayList<>(List.of("--json"));
    options.addAll(List.of(more));
    Ended ended = mutants(filter, options);
    assertThat(ended.exitCode()).as(ended.out() + ended.err()).isZero();
    JsonNode mutants = new ObjectMapper().readTree(ended.out()).get("mutants");
    Path kept = folder.resolve("mutants/mutants.json");
    assertThat(new ObjectMapper().readTree(kept.toFile()).get("mutants")).isEqualTo(mutants);
    return mutants;
  }

  private Ended mutants(String filter, List<String> options) throws Exception {
    Path out = folder.resolve("mutants");
    List<String> words =
        new ArrayList<>(List.of("mutants", "--filter", filter, "--out", out.toString()));
    words.addAll(options);
    return new ParityProcess(folder).execute(out, words);
  }

  @Test
  void explainsAFilterThatChoosesNothing() throws Exception {
    Ended ended = mutants("no-such", List.of());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("no mutant").doesNotContain("\tat ");
  }
}

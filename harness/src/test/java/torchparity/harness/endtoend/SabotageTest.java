package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** Breaks a real port on purpose: the harness must notice, and say what it was. */
class SabotageTest {
  private static final List<String> DIFFERENT =
      List.of("constant", "without_t", "missing_probe", "float64", "one_element", "nan");

  @TempDir static Path together;
  private static Ended different;

  @TempDir Path folder;
  private ParityProcess parity;

  @BeforeAll
  static void breakOnePortForEach() throws Exception {
    different = sabotaged(new ParityProcess(together), "cross-entropy", DIFFERENT);
    assertThat(different.exitCode()).as(different.out() + different.err()).isEqualTo(1);
  }

  @BeforeEach
  void startFresh() {
    parity = new ParityProcess(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "constant       | data.X         | elements differ",
        "without_t      | forward.hidden | elements differ",
        "missing_probe  | forward.hidden | was not recorded",
        "float64        | init.b2        | dtype is float64, expected float32",
        "one_element    | forward.logits | row 123 only",
        "nan            | loss.value     | 1 of 1 elements differ",
      })
  void findsWhatDiffers(String sabotage, String probe, String text) throws Exception {
    assertThat(different.comparisons(sabotage, "jvm"))
        .extracting(c -> c.get("root").asText())
        .containsOnly(probe);
    assertThat(Stream.of(different.out().split("\n\n")))
        .filteredOn(paragraph -> paragraph.contains(" " + sabotage + " / jvm"))
        .anyMatch(paragraph -> paragraph.contains(probe + ": ") && paragraph.contains(text));
  }

  /** The real port; {@code FaultsTest} breaks one without a library in these ways and more. */
  @Tag("slow")
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "crash          | it was ended by signal 11 (SIGSEGV: a crash in native code) in this instance",
        "silent         | it ended before this instance without saying so",
        "raises         | RuntimeError: the port's own error",
        "bad_events     | it wrote an event that cannot be read",
      })
  void neverReportsACrashAsAMismatch(String sabotage, String text) throws Exception {
    Ended run = sabotaged(sabotage, "forward-pass");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.comparisons(sabotage, "jvm").get(0).get("verdict").asText()).isEqualTo("FAILED");
    assertThat(run.out()).contains(text).contains("failed: " + sabotage);
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void doesNotPassANetworkThatDoesNotLearn() throws Exception {
    Ended run = sabotaged("no_learning", "sgd-training", "--epochs", "3");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out()).contains("MISMATCH").contains("step.w1: ");
  }

  @Test
  void doesNotPassWhereNothingWasCompared() throws Exception {
    Ended run = sabotaged("knows_nothing", "data-blobs");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("nothing was compared")
        .contains("not run: knows_nothing: no scenario 'data-blobs'");
  }

  @Test
  void seesThatTheReferenceDisagreesWithItselfInSingleSteps() throws Exception {
    Ended run =
        parity.run(
            "--case=sgd-training",
            "--dtype=float32",
            "--tier=float32",
            "--epochs=3",
            "--ports=jvm,broken",
            "--reference=broken",
            "--port=broken=" + parity.sabotaged("unsteady_steps"),
            "--env=broken:PARITY_ROOT",
            "--check-reference",
            "--no-explain");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.comparisons("jvm", "broken"))
        .extracting(c -> c.get("verdict").asText())
        .containsExactlyInAnyOrder("MATCH", "NON_DETERMINISTIC");
    assertThat(run.out()).contains("two runs of broken differ at steps.loss");
  }

  private Ended sabotaged(String sabotage, String caseName, String... options) throws Exception {
    return sabotaged(parity, caseName, List.of(sabotage), options);
  }

  /** The JVM port, and for each sabotage a port of that name. */
  private static Ended sabotaged(
      ParityProcess parity, String caseName, List<String> sabotages, String... options)
      throws Exception {
    List<String> all = new ArrayList<>();
    Collections.addAll(all, "--case", caseName, "--dtype", "float32", "--no-explain");
    Collections.addAll(all, "--ports", "jvm," + String.join(",", sabotages), "--reference", "jvm");
    for (String sabotage : sabotages) {
      Collections.addAll(all, "--port", sabotage + "=" + parity.sabotaged(sabotage));
      Collections.addAll(all, "--env", sabotage + ":PARITY_ROOT");
    }
    Collections.addAll(all, options);
    return parity.run(all.toArray(String[]::new));
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A slice of the studies that put the verdicts themselves to the test. */
class ValidateTest {
  @TempDir Path folder;

  private Ended validate(String study, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("validate", study, "--out", folder.toString()));
    arguments.addAll(List.of(options));
    return new ParityProcess(folder).execute(folder, arguments);
  }

  @Test
  void alarmsAtNoCleanRunAndKeepsItsTables() throws Exception {
    Ended study = validate("clean", "--seeds", "0..1", "--epochs", "30");

    assertThat(study.exitCode()).as(study.out() + study.err()).isZero();
    assertThat(study.out())
        .contains("jvm / python, float32                      {MATCH=6}")
        .contains("prescott / python, float64                 {MATCH=6}")
        .contains("sgd-training steps float32, steps.grad.w1")
        .containsPattern("sgd-training float64 +30 +30 +30  by seed: \\{0=30, 1=30}");
    assertThat(study.err()).contains("2 of 2 seeds done, 0 comparisons failed");
    assertThat(Files.readString(folder.resolve("clean.txt"))).isEqualTo(study.out());
  }

  @Test
  @Tag("slow")
  void findsSmallErrorsOfFixedSize() throws Exception {
    Ended study = validate("errors", "--seeds", "0", "--epochs", "30", "--case", "sgd-training");

    assertThat(study.exitCode()).as(study.out() + study.err()).isZero();
    assertThat(study.out().lines().filter(line -> line.contains(" 1 of 1  {"))).hasSize(8);
    assertThat(study.out()).doesNotContain("not judged");
  }
}

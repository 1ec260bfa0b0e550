package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.verdict.Verdict;

class RunDifferenceTest {
  @TempDir Path folder;
  private ResultDocument run;

  @BeforeEach
  void writeARun() throws Exception {
    run = HostileRun.write(folder).document();
  }

  @Test
  void findsNothingBetweenARunAndItself() {
    RunDifference none = new RunDifference(run, run);

    assertThat(none.lines()).isEmpty();
    assertThat(none.isWorse()).isFalse();
  }

  @Test
  void tellsWhatPassesNoMore() {
    ResultDocument passed = with(Verdict.MATCH, true);

    RunDifference worse = new RunDifference(passed, run);

    assertThat(worse.isWorse()).isTrue();
    assertThat(worse.lines().get(0)).startsWith("verdict: was parity");
    assertThat(worse.lines()).contains("mine / ref, a-case.seed-1.float64: was MATCH, is MISMATCH");
    assertThat(new RunDifference(run, passed).isWorse()).isFalse();
  }

  private ResultDocument with(Verdict verdict, boolean parity) {
    Comparison c = run.comparisons().get(0);
    return Changed.with(
        run, parity, List.of(Changed.with(c, c.instance(), verdict)), run.diagnoses());
  }
}

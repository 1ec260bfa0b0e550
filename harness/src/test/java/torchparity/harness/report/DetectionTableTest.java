package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Pair;
import torchparity.harness.verdict.Verdict;

class DetectionTableTest {
  private static final Pair PAIR =
      new Pair(new Port("jvm", "a", List.of()), new Port("skew", "b", List.of()), false);

  private final DetectionTable table = new DetectionTable();

  private void add(long seed, Dtype dtype, Verdict verdict) {
    Instance instance = new Instance(Questions.of("c"), seed, dtype, Products.BLAS);
    table.add(new Judgement(instance, PAIR, verdict, "", List.of()));
  }

  @Test
  void countsEachTierByItself() {
    add(1, Dtype.FLOAT32, Verdict.MATCH);
    add(1, Dtype.FLOAT64, Verdict.MISMATCH);
    add(2, Dtype.FLOAT32, Verdict.MISMATCH);
    add(2, Dtype.FLOAT32, Verdict.MISMATCH);
    add(2, Dtype.FLOAT64, Verdict.MATCH);

    assertThat(table.text()).containsPattern("skew +1 of 2 +1 of 2 +2 of 2  \\{MISMATCH=2}");
    assertThat(table.allFound()).isTrue();
    add(3, Dtype.FLOAT32, Verdict.TOO_SHORT);
    assertThat(table.allFound()).isFalse();
  }

  @Test
  void doesNotCountAPortThatFailedAsFound() {
    add(1, Dtype.FLOAT32, Verdict.FAILED);
    assertThat(table.text()).contains("0 of 1").contains("not judged: 1");
    assertThat(table.allFound()).isFalse();

    add(1, Dtype.FLOAT64, Verdict.MISMATCH);
    assertThat(table.allFound()).as("one of its runs is not judged").isFalse();
  }
}

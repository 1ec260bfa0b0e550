package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.Judgement;
import torchparity.harness.verdict.Pair;
import torchparity.harness.verdict.Unmet;
import torchparity.harness.verdict.Verdict;

/** What a clean study calls an alarm. */
class ValidationTablesTest {
  private static final Instance INSTANCE =
      new Instance(Questions.of("c"), 1, Dtype.FLOAT32, Products.BLAS);
  private static final Pair PAIR =
      new Pair(new Port("python", "a", List.of()), new Port("jvm", "b", List.of()), false);

  private final ValidationTables tables = new ValidationTables();

  private void add(Verdict verdict, Unmet... unmet) {
    Judgement judgement = new Judgement(INSTANCE, PAIR, verdict, "why", List.of());
    tables.add(new JudgedRun(List.of(), List.of(judgement), List.of(unmet), List.of()));
  }

  @Test
  void isQuietWhereAllMatches() {
    add(Verdict.MATCH);
    add(Verdict.TOO_SHORT);

    assertThat(tables.isQuiet()).isTrue();
    assertThat(tables.falseAlarms()).contains("jvm / python, float32", "MATCH=1");
  }

  @Test
  void alarmsAtWhatWasNotCompared() {
    add(Verdict.NOT_RUN);

    assertThat(tables.isQuiet()).isFalse();
    assertThat(tables.falseAlarms()).contains("ALARM  jvm / python, c.seed-1.float32: why");
  }

  @Test
  void alarmsAtAnExpectationThatIsNotMet() {
    add(Verdict.MATCH, new Unmet(INSTANCE, "jvm", "data.y", "is not recorded"));

    assertThat(tables.alarms()).isEqualTo(1);
    assertThat(tables.falseAlarms()).contains("jvm, c.seed-1.float32: data.y: is not recorded");
  }
}

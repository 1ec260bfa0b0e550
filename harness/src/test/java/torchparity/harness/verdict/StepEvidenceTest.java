package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Questions;

/** A case with single steps, one without that trains the same, and others. */
class StepEvidenceTest {
  private static final Port REFERENCE = new Port("ref", "a", List.of());
  private static final Port MINE = new Port("mine", "b", List.of());
  private static final Pair PAIR = new Pair(REFERENCE, MINE, false);

  private final Instance training = instance("training", "steps");
  private final Instance grid = instance("grid", null);
  private final Map<List<Object>, Outcome> outcomes = new HashMap<>();
  private final StepEvidence evidence =
      new StepEvidence(
          List.of(training, grid),
          (port, i) -> outcomes.getOrDefault(List.of(port, i), new Outcome.NotRun("")));

  private static Instance instance(String name, @Nullable String steps) {
    Case.Training training = new Case.Training("loss", null, steps, null, null, null);
    return new Instance(Questions.of(name, List.of(), training), 1, Dtype.FLOAT32, Products.BLAS);
  }

  private void records(Port port, Instance instance, float... losses) {
    HostTensor curve = HostTensor.ofFloats(List.of((long) losses.length), losses);
    outcomes.put(
        List.of(port, instance),
        new Outcome.Traced(new Trace("t", Map.of("loss", curve), Map.of())));
  }

  private static Judgement steps(Verdict verdict) {
    Instance steps =
        new Instance(
            Questions.of("training"),
            1,
            Dtype.FLOAT32,
            Products.BLAS,
            new Instance.Setting("steps", Path.of("states"), null, null));
    return new Judgement(steps, PAIR, verdict, "", List.of());
  }

  @BeforeEach
  void trainTheSameInBothCases() {
    for (Instance i : List.of(training, grid)) {
      records(REFERENCE, i, 3, 2, 1);
      records(MINE, i, 3, 2, 1.5f);
    }
  }

  @Test
  void isOfTheStepsOfTheSameCase() {
    assertThat(evidence.agree(PAIR, training)).isFalse();
    evidence.add(steps(Verdict.MISMATCH));
    assertThat(evidence.agree(PAIR, training)).isFalse();
    evidence.add(steps(Verdict.MATCH));
    assertThat(evidence.agree(PAIR, training)).isTrue();
    assertThat(evidence.agree(new Pair(MINE, REFERENCE, false), training)).isFalse();
    assertThat(evidence.agree(PAIR, training.with(Dtype.FLOAT64))).isFalse();
  }

  @Test
  void isOfACaseThatTrainsTheSameInBothPorts() {
    evidence.add(steps(Verdict.MATCH));
    assertThat(evidence.agree(PAIR, grid)).isTrue();

    records(MINE, grid, 3, 2, 1);
    assertThat(evidence.agree(PAIR, grid)).as("the candidate trains otherwise").isFalse();
    records(MINE, grid, 3, 2, 1.5f);
    records(REFERENCE, grid, 3, 2);
    assertThat(evidence.agree(PAIR, grid)).as("the reference trains otherwise").isFalse();
  }

  @Test
  void isNeverOfAnotherCaseWhereThereAreSteps() {
    evidence.add(steps(Verdict.MATCH));
    Instance other = instance("other", "steps");
    records(REFERENCE, other, 3, 2, 1);
    records(MINE, other, 3, 2, 1.5f);

    assertThat(evidence.agree(PAIR, other)).isFalse();
  }
}

package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.allowance.InstanceNoise;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Questions;

/** What of an interrupted run is judged. */
class SettledTest {
  private static final Case.Training CURVE =
      new Case.Training("loss", null, null, null, null, null);
  private static final Case.Training STATES =
      new Case.Training("loss", "train", "steps", null, null, null);
  private static final Port PORT = new Port("mine", "b", List.of());

  private static Instance instance(Case.@Nullable Training training, Products products) {
    Case question = Questions.of("made-up", List.of(), training);
    return new Instance(question, 1, Dtype.FLOAT32, products);
  }

  private static PortRun run(Instance instance) {
    Outcome traced = new Outcome.Traced(new Trace("made-up", Map.of(), Map.of()));
    return new PortRun(PORT, Duration.ZERO, Path.of("log.txt"), Map.of(instance, traced), "");
  }

  private static boolean isJudged(
      Instance instance, Allowances allowances, Optional<PortRun> again) {
    Outcome left = new Settled(allowances, again).of(run(instance)).outcomes().get(instance);
    return left instanceof Outcome.Traced;
  }

  private static Allowances computed(Instance instance) {
    InstanceNoise noise = new InstanceNoise(Map.of(), Map.of(), List.of());
    return new Allowances(Map.of(instance, noise), Map.of());
  }

  @Test
  void judgesWhatRoundsOnceItsAllowanceIsThere() {
    Instance blobs = instance(null, Products.BLAS);

    assertThat(isJudged(blobs, computed(blobs), Optional.empty())).isTrue();
    assertThat(isJudged(blobs, Allowances.NONE, Optional.empty())).isFalse();
    assertThat(isJudged(instance(null, Products.EXACT), Allowances.NONE, Optional.empty()))
        .isTrue();
  }

  /** Where no states are recorded no single steps follow. */
  @Test
  void waitsForSingleStepsOnlyWhereThereAreStates() {
    Instance states = instance(STATES, Products.BLAS);
    Instance curve = instance(CURVE, Products.BLAS);

    assertThat(isJudged(states, computed(states), Optional.empty())).isFalse();
    assertThat(isJudged(curve, computed(curve), Optional.empty())).isTrue();
    assertThat(isJudged(instance(STATES, Products.EXACT), Allowances.NONE, Optional.empty()))
        .isTrue();
  }

  @Test
  void waitsForTheSecondRunOfTheReferenceIfThatIsAskedFor() {
    Instance blobs = instance(null, Products.BLAS);
    PortRun none = new PortRun(PORT, Duration.ZERO, Path.of("log.txt"), Map.of(), "");

    assertThat(isJudged(blobs, computed(blobs), Optional.of(none))).isFalse();
    assertThat(isJudged(blobs, computed(blobs), Optional.of(run(blobs)))).isTrue();
  }
}

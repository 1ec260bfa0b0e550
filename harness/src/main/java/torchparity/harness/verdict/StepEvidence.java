package torchparity.harness.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;

/**
 * Where single steps from the reference's states agree: what differs after many steps of the same
 * training has then grown from rounding.
 */
final class StepEvidence {
  private final List<Instance> instances;
  private final BiFunction<Port, Instance, Outcome> outcomes;
  private final List<Judgement> agreeing = new ArrayList<>();

  /**
   * None yet.
   *
   * @param instances all of the run
   */
  StepEvidence(List<Instance> instances, BiFunction<Port, Instance, Outcome> outcomes) {
    this.instances = List.copyOf(instances);
    this.outcomes = outcomes;
  }

  /** Takes note of single steps that agree; of nothing else. */
  void add(Judgement judgement) {
    if (judgement.instance().isSteps() && judgement.verdict() == Verdict.MATCH) {
      agreeing.add(judgement);
    }
  }

  /**
   * Whether the steps of this training agree: the case's own, or, where it has none, those of a
   * case whose training is seen to be the same, as both ports recorded the same losses in both.
   */
  boolean agree(Pair pair, Instance instance) {
    return agreeing.stream()
        .filter(j -> j.pair().equals(pair))
        .filter(j -> j.instance().seed() == instance.seed())
        .filter(j -> j.instance().dtype() == instance.dtype())
        .anyMatch(
            j ->
                isOf(j, instance.question())
                    || (!hasSteps(instance.question())
                        && isSameTraining(pair.reference(), j.instance(), instance)
                        && isSameTraining(pair.candidate(), j.instance(), instance)));
  }

  private static boolean isOf(Judgement steps, Case question) {
    return steps.instance().question().name().equals(question.name());
  }

  private static boolean hasSteps(Case question) {
    return question.training() != null && question.training().steps() != null;
  }

  private boolean isSameTraining(Port port, Instance steps, Instance other) {
    HostTensor losses = curve(port, other).orElse(null);
    return losses != null
        && instances.stream()
            .filter(i -> i.question().name().equals(steps.question().name()) && !i.isSteps())
            .filter(i -> i.seed() == steps.seed() && i.dtype() == steps.dtype())
            .filter(i -> i.products() == steps.products())
            .anyMatch(i -> curve(port, i).map(losses::bitEquals).orElse(false));
  }

  private Optional<HostTensor> curve(Port port, Instance instance) {
    Case.Training training = instance.question().training();
    return training != null && outcomes.apply(port, instance) instanceof Outcome.Traced traced
        ? Optional.ofNullable(traced.trace().probes().get(training.curve()))
        : Optional.empty();
  }
}

package torchparity.harness.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Tier;

/**
 * What an interrupted run may already judge: instances of which everything is there that a whole
 * run would look at. Of others even a right port would seem wrong.
 *
 * @param allowances those that were computed
 * @param again the reference's second run, or empty if it was not asked for
 */
record Settled(Allowances allowances, Optional<PortRun> again) {
  private static final String REASON =
      "the run was interrupted before all was there to judge it by";

  /** {@code run} without the traces that cannot be judged yet. */
  PortRun of(PortRun run) {
    Map<Instance, Outcome> outcomes = new LinkedHashMap<>();
    run.outcomes()
        .forEach(
            (instance, outcome) ->
                outcomes.put(
                    instance,
                    outcome instanceof Outcome.Traced && !isSettled(instance)
                        ? new Outcome.NotRun(REASON)
                        : outcome));
    return new PortRun(run.port(), run.wall(), run.log(), outcomes, run.problem());
  }

  /** Training that rounds is judged by single steps, too, and these are run last. */
  private boolean isSettled(Instance instance) {
    boolean rounds = instance.tier() != Tier.EXACT;
    boolean noise = !rounds || allowances.of(instance).isPresent();
    Case.@Nullable Training training = instance.question().training();
    boolean steps = !rounds || training == null || training.steps() == null;
    @Nullable Outcome second = again.map(r -> r.outcomes().get(instance)).orElse(null);
    return noise && steps && (again.isEmpty() || second instanceof Outcome.Traced);
  }

  /** Applied to all of {@code runs}. */
  List<PortRun> of(List<PortRun> runs) {
    return runs.stream().map(this::of).toList();
  }
}

package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.allowance.NoiseRun;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Interruption;
import torchparity.harness.run.Isolation;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Plan;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.ProgressListener;
import torchparity.harness.run.Runner;
import torchparity.harness.run.Steps;
import torchparity.harness.run.Tier;
import torchparity.harness.verdict.JudgedRun;
import torchparity.harness.verdict.KnownDifferences;

/**
 * A run in two phases: every instance in every port, and then one step from each state that the
 * reference's training went through. The allowances of each phase are computed beside it.
 *
 * @param ports what runs
 * @param reference one of them
 * @param checkReference whether the reference runs twice
 * @param isolate whether every stage also runs from the reference's own tensors
 * @param known differences that are known
 */
record Execution(
    List<Instance> instances,
    List<Port> ports,
    Port reference,
    boolean checkReference,
    boolean isolate,
    KnownDifferences known,
    Settings settings) {

  /**
   * How it is run.
   *
   * @param cache folder of allowances that were computed before
   * @param out folder that is filled
   * @param noise the port that allowances are computed with, if there is one
   * @param inProcess ports that run in this process
   */
  record Settings(
      Path cache, Path out, Duration timeout, Optional<Port> noise, Set<String> inProcess) {}

  /** Everything that ran, and what it means. */
  record Result(List<Instance> instances, JudgedRun judged, Duration allowances) {}

  private record Phase(List<PortRun> runs, Allowances allowances, Duration noise) {}

  Result run(ProgressListener progress) throws IOException, InterruptedException {
    List<Port> all = new ArrayList<>(ports);
    Port again = reference.named(reference.name() + "-again");
    if (checkReference) {
      all.add(again);
    }
    Phase first = phase(instances, all, settings.out, progress);
    List<Instance> derived = new ArrayList<>();
    for (PortRun run : first.runs) {
      if (run.port().equals(reference)) {
        for (Map.Entry<Instance, Outcome> e : run.outcomes().entrySet()) {
          if (e.getValue() instanceof Outcome.Traced t) {
            derived.addAll(derived(e.getKey(), t.trace()));
          }
        }
      }
    }
    Phase second =
        derived.isEmpty() || Interruption.signal() != null
            ? new Phase(List.of(), Allowances.NONE, Duration.ZERO)
            : phase(derived, ports, settings.out.resolve("derived"), progress);
    List<Instance> everything = new ArrayList<>(instances);
    everything.addAll(derived);
    List<PortRun> runs = new ArrayList<>();
    Optional<PortRun> twin = Optional.empty();
    for (PortRun run : first.runs) {
      if (run.port().equals(again)) {
        twin = Optional.of(run);
      } else {
        runs.add(joined(run, second.runs));
      }
    }
    Allowances allowances = first.allowances.and(second.allowances);
    JudgedRun judged =
        JudgedRun.of(
            everything,
            Interruption.signal() == null ? runs : new Settled(allowances, twin).of(runs),
            reference,
            new JudgedRun.Grounds(allowances, twin, known));
    return new Result(everything, judged, first.noise.plus(second.noise));
  }

  /** What can be asked once the reference has answered. */
  private List<Instance> derived(Instance instance, Trace reference) throws IOException {
    Path folder = settings.out.resolve("inputs");
    List<Instance> derived = new ArrayList<>();
    if (instance.tier() != Tier.EXACT) {
      Steps.from(instance, reference, folder).ifPresent(derived::add);
    }
    if (isolate) {
      Isolation.from(instance, reference, folder).ifPresent(derived::add);
    }
    return derived;
  }

  private static PortRun joined(PortRun first, List<PortRun> second) {
    Map<Instance, Outcome> outcomes = new LinkedHashMap<>(first.outcomes());
    Duration wall = first.wall();
    String problem = first.problem();
    for (PortRun run : second) {
      if (run.port().equals(first.port())) {
        outcomes.putAll(run.outcomes());
        wall = wall.plus(run.wall());
        problem = problem.isEmpty() ? run.problem() : problem;
      }
    }
    return new PortRun(first.port(), wall, first.log(), outcomes, problem);
  }

  private Phase phase(List<Instance> asked, List<Port> asks, Path folder, ProgressListener progress)
      throws IOException, InterruptedException {
    NoiseRun noise = new NoiseRun(settings.noise, settings.cache, settings.timeout, asks);
    Plan plan = new Plan(asked, asks, 1, settings.timeout, folder);
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      long start = System.nanoTime();
      long[] end = new long[1];
      Future<Allowances> allowances =
          beside.submit(
              () -> {
                Allowances computed = noise.of(asked, folder.resolve("allowance-runs"));
                end[0] = System.nanoTime();
                return computed;
              });
      List<PortRun> runs = new Runner(progress, settings.inProcess).run(plan);
      Allowances computed = allowances.get();
      return new Phase(runs, computed, Duration.ofNanos(end[0] - start));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      beside.shutdownNow();
    }
  }
}

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
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
 * A run in two phases: every instance in every port, and one step from each state that the
 * reference's training went through, which begins once the reference has ended and a core is free:
 * both share one runner. The allowances of each phase are computed beside it.
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

  private record Phase(List<PortRun> runs, Allowances allowances, Duration noise) {
    static final Phase NONE = new Phase(List.of(), Allowances.NONE, Duration.ZERO);
  }

  private record Derived(List<Instance> instances, Phase phase) {}

  /** What the reference is called where it runs a second time. */
  static String again(Port reference) {
    return reference.name() + "-again";
  }

  Result run(ProgressListener progress) throws IOException, InterruptedException {
    List<Port> all = new ArrayList<>(ports);
    Port again = reference.named(again(reference));
    if (checkReference) {
      all.add(again);
    }
    Runner runner = new Runner(progress, settings.inProcess);
    CompletableFuture<PortRun> answered = new CompletableFuture<>();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<Derived> waiting = beside.submit(() -> derived(answered.get(), all, runner, progress));
      Phase first =
          phase(
              instances,
              all,
              settings.out,
              runner,
              progress,
              run -> {
                if (run.port().equals(reference) && mayOverlap()) {
                  answered.complete(run);
                }
              });
      first.runs.stream()
          .filter(run -> run.port().equals(reference))
          .forEach(answered::complete); // does nothing if it was told before
      return result(first, result(waiting), again);
    } finally {
      beside.shutdownNow();
    }
  }

  /** Whether the second phase may begin while ports are still at the first. */
  private boolean mayOverlap() {
    return Runtime.getRuntime().availableProcessors() > 1
        && settings.inProcess.isEmpty(); // two jobs in one process would share its generator
  }

  private Derived derived(PortRun answer, List<Port> all, Runner runner, ProgressListener progress)
      throws IOException, InterruptedException {
    List<Instance> asked = new ArrayList<>();
    for (Map.Entry<Instance, Outcome> e : answer.outcomes().entrySet()) {
      if (e.getValue() instanceof Outcome.Traced t) {
        asked.addAll(derived(e.getKey(), t.trace()));
      }
    }
    boolean idle = asked.isEmpty() || Interruption.signal() != null;
    Path folder = settings.out.resolve("derived");
    return new Derived(
        asked, idle ? Phase.NONE : phase(asked, all, folder, runner, progress, run -> {}));
  }

  private Result result(Phase first, Derived second, Port again) throws IOException {
    List<Instance> everything = new ArrayList<>(instances);
    everything.addAll(second.instances);
    List<PortRun> runs = new ArrayList<>();
    Optional<PortRun> twin = Optional.empty();
    for (PortRun run : first.runs) {
      PortRun whole = joined(run, second.phase.runs);
      if (run.port().equals(again)) {
        twin = Optional.of(whole);
      } else {
        runs.add(whole);
      }
    }
    Allowances allowances = first.allowances.and(second.phase.allowances);
    JudgedRun judged =
        JudgedRun.of(
            everything,
            Interruption.signal() == null ? runs : new Settled(allowances, twin).of(runs),
            reference,
            new JudgedRun.Grounds(allowances, twin, known));
    return new Result(everything, judged, first.noise.plus(second.phase.noise));
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

  private Phase phase(
      List<Instance> asked,
      List<Port> asks,
      Path folder,
      Runner runner,
      ProgressListener progress,
      Consumer<PortRun> ended)
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
                Allowances computed = noise.of(asked, folder.resolve("allowance-runs"), progress);
                end[0] = System.nanoTime();
                return computed;
              });
      List<PortRun> runs = runner.run(plan, ended);
      Allowances computed = result(allowances);
      return new Phase(runs, computed, Duration.ofNanos(end[0] - start));
    } finally {
      beside.shutdownNow();
    }
  }

  private static <T> T result(Future<T> computed) throws IOException, InterruptedException {
    try {
      return computed.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }
}

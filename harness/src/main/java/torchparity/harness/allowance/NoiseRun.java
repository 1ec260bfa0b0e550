package torchparity.harness.allowance;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;
import torchparity.harness.run.Folders;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.Plan;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.ProgressListener;
import torchparity.harness.run.Runner;
import torchparity.harness.run.Tier;

/** Runs the noisy runs that are not in the cache yet, and leaves none of their traces. */
public final class NoiseRun {
  private final Optional<Port> port;
  private final NoiseCache cache;
  private final Duration timeout;
  private final boolean functions;

  /**
   * A source of allowances.
   *
   * @param port the port that can put noise in, if the project has one
   * @param cache folder of what was computed before
   * @param timeout of one process
   * @param compared the ports that are compared: if one is not built on PyTorch, sums and functions
   *     round differently, too, and not products alone
   */
  public NoiseRun(Optional<Port> port, Path cache, Duration timeout, List<Port> compared)
      throws IOException {
    this.functions = !compared.stream().allMatch(Port::isBuiltOnPyTorch);
    this.port = port;
    this.cache = new NoiseCache(cache, port, functions);
    this.timeout = timeout;
  }

  /**
   * The allowances of {@code instances}; the exact tier needs none.
   *
   * @param work folder for the runs, deleted at the end
   * @param progress hears of the runs, as of a port called {@code allowance}
   */
  public Allowances of(List<Instance> instances, Path work, ProgressListener progress)
      throws IOException, InterruptedException {
    Map<Instance, InstanceNoise> noise = new LinkedHashMap<>();
    List<Instance> unknown = new ArrayList<>();
    for (Instance instance : instances) {
      if (instance.tier() != Tier.EXACT) {
        cache
            .find(instance)
            .ifPresentOrElse(known -> noise.put(instance, known), () -> unknown.add(instance));
      }
    }
    Map<Instance, String> missing = new LinkedHashMap<>();
    if (port.isEmpty()) {
      unknown.forEach(i -> missing.put(i, "the project names no port for noise"));
    } else if (!unknown.isEmpty()) {
      List<Instance> all =
          unknown.stream().flatMap(i -> NoiseModel.all(i, functions).stream()).toList();
      Folders.delete(work); // what an interrupted run left
      Map<Instance, Outcome> outcomes = outcomes(port.get(), all, work, progress);
      for (Instance instance : unknown) {
        List<Trace> traces = new ArrayList<>();
        String problem = "";
        for (Instance part : NoiseModel.all(instance, functions)) {
          Outcome outcome = outcomes.get(part);
          if (outcome instanceof Outcome.Traced traced) {
            traces.add(traced.trace());
          } else if (problem.isEmpty()) {
            problem = String.valueOf(outcome);
          }
        }
        if (problem.isEmpty()) {
          InstanceNoise computed = InstanceNoise.of(instance, traces);
          cache.keep(instance, computed);
          noise.put(instance, computed);
        } else {
          missing.put(instance, problem);
        }
      }
      Folders.delete(work);
    }
    return new Allowances(noise, missing);
  }

  /** Two processes where there are two cores: the ports have often ended long before. */
  private Map<Instance, Outcome> outcomes(
      Port noisy, List<Instance> all, Path work, ProgressListener progress)
      throws IOException, InterruptedException {
    int processes = Math.min(all.size(), Runtime.getRuntime().availableProcessors() > 1 ? 2 : 1);
    ExecutorService executor = Executors.newFixedThreadPool(processes);
    try {
      List<Future<List<PortRun>>> running = new ArrayList<>();
      for (int share = 0; share < processes; share++) {
        int first = share;
        List<Instance> own =
            IntStream.range(0, all.size())
                .filter(i -> i % processes == first)
                .mapToObj(all::get)
                .toList();
        Path out = work.resolve(String.valueOf(share));
        Plan plan = new Plan(own, List.of(noisy.named("allowance")), 1, timeout, out);
        running.add(executor.submit(() -> new Runner(progress, Set.of()).run(plan)));
      }
      Map<Instance, Outcome> outcomes = new HashMap<>();
      for (Future<List<PortRun>> share : running) {
        outcomes.putAll(share.get().get(0).outcomes());
      }
      return outcomes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    } finally {
      executor.shutdownNow();
    }
  }
}

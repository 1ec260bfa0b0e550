package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import torchparity.engine.port.Main;
import torchparity.harness.port.Port;

/**
 * Runs plans: every port once, as many at a time as there are cores. More would take turns: a port
 * that waits for another process at every operation, as Nushell does for its plugin, then waits for
 * whole turns of the others.
 */
public final class Runner {
  private final ProgressListener progress;
  private final Set<String> inProcess;
  private final Semaphore cores = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  /**
   * A runner.
   *
   * @param inProcess names of ports that run inside this process, which only the JVM port can; a
   *     crash of libtorch then ends this process too
   */
  public Runner(ProgressListener progress, Set<String> inProcess) {
    this.progress = progress;
    this.inProcess = Set.copyOf(inProcess);
  }

  /**
   * Runs every port of {@code plan}.
   *
   * @return one result per port, in the plan's order
   * @throws IOException if a job file or a log cannot be written
   */
  public List<PortRun> run(Plan plan) throws IOException, InterruptedException {
    return run(plan, run -> {});
  }

  /**
   * Runs every port of {@code plan}.
   *
   * @param ended hears of each port that has ended, from a thread of its own, while others go on
   * @return one result per port, in the plan's order
   * @throws IOException if a job file or a log cannot be written
   */
  public List<PortRun> run(Plan plan, Consumer<PortRun> ended)
      throws IOException, InterruptedException {
    ExecutorService executor = Executors.newFixedThreadPool(plan.ports().size());
    try {
      List<Callable<PortRun>> waiting = new ArrayList<>();
      for (Port port : plan.ports()) {
        waiting.add(work(port, plan, ended));
      }
      List<Future<PortRun>> running = new ArrayList<>();
      for (Callable<PortRun> work : waiting) { // in this order: the longest should not come last
        cores.acquire();
        running.add(executor.submit(work));
      }
      List<PortRun> runs = new ArrayList<>();
      for (Future<PortRun> run : running) {
        runs.add(result(run));
      }
      return List.copyOf(runs);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * Asks the port for what it can do, and says of the rest that it cannot. It gives its core back.
   */
  private Callable<PortRun> work(Port port, Plan plan, Consumer<PortRun> ended) {
    Plan own = plan.askedOf(port);
    progress.asked(port, own.instances().size());
    PortProcess process = new PortProcess(port, own, progress);
    return () -> {
      PortRun run;
      try {
        run =
            own.instances().isEmpty()
                ? process.notStarted()
                : inProcess.contains(port.name()) ? runHere(process) : process.run();
      } finally {
        cores.release();
      }
      Map<String, String> identity = Identity.of(port);
      Map<Instance, Outcome> outcomes = new LinkedHashMap<>();
      for (Instance instance : plan.instances()) {
        Outcome outcome = run.outcomes().get(instance);
        outcomes.put(
            instance,
            outcome == null
                ? new Outcome.NotRun(Refusal.of(port, instance).orElse(""))
                : outcome.from(identity));
      }
      PortRun whole = new PortRun(port, run.wall(), run.log(), outcomes, run.problem());
      ended.accept(whole);
      return whole;
    };
  }

  private static PortRun runHere(PortProcess process) throws IOException {
    Path job = process.writeJob();
    long start = System.nanoTime();
    String problem = "";
    try {
      Main.runJob(job);
    } catch (RuntimeException | LinkageError e) {
      problem = e.toString();
    }
    return process.collectInProcess(problem, Duration.ofNanos(System.nanoTime() - start));
  }

  private static PortRun result(Future<PortRun> run) throws IOException, InterruptedException {
    try {
      return run.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw new IOException(io);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}

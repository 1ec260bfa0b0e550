package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;

/** One port's process: started with a job, followed through its events, ended with its children. */
final class PortProcess {
  private static final long POLL_MILLIS = 50;
  private static final int SIGNAL_BASE = 128;

  private final Port port;
  private final Plan plan;
  private final ProgressListener progress;
  private final Path folder;
  private final Path log;
  private final EventTail events;
  private final ProcessTree tree = new ProcessTree();
  private final Map<String, Event> last = new LinkedHashMap<>();

  PortProcess(Port port, Plan plan, ProgressListener progress) {
    this.port = port;
    this.plan = plan;
    this.progress = progress;
    this.folder = plan.out().resolve(port.name());
    this.log = folder.resolve("log.txt");
    this.events = new EventTail(folder.resolve("events.jsonl"));
  }

  /** How the process ended; {@code problem} is empty if it ended well. */
  private record End(String problem) {}

  /** Writes the job file and answers with its path. */
  Path writeJob() throws IOException {
    Files.createDirectories(folder);
    List<Job.Instance> instances =
        plan.instances().stream().map(i -> i.toJob(folder, plan.log())).toList();
    Path job = folder.resolve("job.json");
    ContractJson.write(
        job,
        new Job(
            Job.FORMAT,
            folder.resolve("events.jsonl"),
            plan.threads(),
            instances,
            port.origin().watch()));
    return job;
  }

  /** Runs the port to its end. */
  PortRun run() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(port.commandFor(writeJob()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    Path directory = port.origin().folder();
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    for (String pool : List.of("OMP", "MKL", "OPENBLAS")) {
      builder.environment().put(pool + "_NUM_THREADS", String.valueOf(plan.threads()));
    }
    builder.environment().putAll(port.environment());
    tree.mark(builder.environment());
    long start = System.nanoTime();
    End end;
    try {
      end = follow(builder.start());
    } catch (IOException e) {
      end = new End("it cannot be started: " + e.getMessage());
    }
    return collect(end, Duration.ofNanos(System.nanoTime() - start));
  }

  /** Follows {@code process} to its end, and ends whatever is left of it. */
  private End follow(Process process) throws InterruptedException {
    Thread hook = new Thread(() -> tree.end(process));
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.getOutputStream().close();
      return end(process);
    } catch (MalformedFileException e) {
      return new End("it wrote an event that cannot be read: " + e.getMessage());
    } catch (IOException e) {
      return new End("its events cannot be read: " + e);
    } finally {
      tree.end(process);
      removeHook(hook);
    }
  }

  /** Of a port that is asked for nothing. */
  PortRun notStarted() {
    return new PortRun(port, Duration.ZERO, log, Map.of(), "");
  }

  /** What a job left behind that ran in this process. */
  PortRun collectInProcess(String problem, Duration wall) throws IOException {
    drain();
    return collect(new End(problem), wall);
  }

  private End end(Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      tree.look(process);
      drain();
    }
    if (!ended) {
      return new End("it took longer than %d s".formatted(plan.timeout().toSeconds()));
    }
    int code = process.exitValue();
    if (code == 0) {
      return new End("");
    }
    return new End(
        code > SIGNAL_BASE
            ? "it was ended by signal %d".formatted(code - SIGNAL_BASE)
            : "it ended with exit code %d".formatted(code));
  }

  private void drain() throws IOException {
    for (Event event : events.next()) {
      last.put(event.instance(), event);
      progress.on(port, event);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook runs, and that is what it is for.
    }
  }

  private PortRun collect(End end, Duration wall) {
    Map<Instance, Outcome> outcomes = new LinkedHashMap<>();
    for (Instance instance : plan.instances()) {
      outcomes.put(instance, outcome(instance, end));
    }
    boolean allEnded = plan.instances().stream().allMatch(i -> hasEnded(last.get(i.id())));
    String problem =
        end.problem.isEmpty() || !allEnded
            ? ""
            : end.problem + " after its last instance" + LogTail.of(log);
    return new PortRun(port, wall, log, outcomes, problem);
  }

  private static boolean hasEnded(@Nullable Event event) {
    return event != null && !event.event().equals("started") && !event.event().equals("step");
  }

  private Outcome outcome(Instance instance, End end) {
    Event event = last.get(instance.id());
    Path trace = folder.resolve(instance.id());
    if (event == null || !hasEnded(event)) {
      return failed(trace, unfinished(end, event != null));
    }
    String message = String.valueOf(event.message());
    return switch (event.event()) {
      case "not_run" -> new Outcome.NotRun(message);
      case "failed" -> failed(trace, message);
      default -> finished(instance, trace);
    };
  }

  private static Outcome finished(Instance instance, Path folder) {
    try {
      if (!Trace.isComplete(folder)) {
        return failed(folder, "it says it finished, but left no whole trace");
      }
      Trace trace = Trace.read(folder);
      return trace.instance().equals(instance.id())
          ? new Outcome.Traced(trace)
          : failed(
              folder,
              "its trace.json is of instance '%s', not of '%s'"
                  .formatted(trace.instance(), instance.id()));
    } catch (MalformedFileException e) {
      return failed(folder, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(folder, "its trace cannot be read: " + e);
    }
  }

  private String unfinished(End end, boolean started) {
    String when = started ? " in this instance" : " before this instance";
    return end.problem.isEmpty()
        ? "it ended" + when + " without saying so"
        : end.problem + when + LogTail.of(log);
  }

  private static Outcome failed(Path trace, String reason) {
    return new Outcome.Failed(reason, recorded(trace));
  }

  private static List<String> recorded(Path trace) {
    try (Stream<Path> files = Files.exists(trace) ? Files.list(trace) : Stream.empty()) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".safetensors"))
          .map(f -> f.substring(0, f.length() - ".safetensors".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Trace;
import torchparity.harness.port.Port;

/** One port's process: started with a job, followed through its events, ended with its children. */
final class PortProcess {
  private static final long POLL_MILLIS = 50;
  private static final int LOG_TAIL_LINES = 20;
  private static final int SIGNAL_BASE = 128;

  private final Port port;
  private final Plan plan;
  private final ProgressListener progress;
  private final Path folder;
  private final Path log;
  private final EventTail events;
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
        job, new Job(Job.FORMAT, folder.resolve("events.jsonl"), plan.threads(), instances));
    return job;
  }

  /** Runs the port to its end. */
  PortRun run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(port.command());
    command.add("--job");
    command.add(writeJob().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    for (String pool : List.of("OMP", "MKL", "OPENBLAS")) {
      builder.environment().put(pool + "_NUM_THREADS", String.valueOf(plan.threads()));
    }
    builder.environment().putAll(port.environment());
    long start = System.nanoTime();
    End end;
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      Thread hook = new Thread(() -> endTree(process));
      Runtime.getRuntime().addShutdownHook(hook);
      try {
        end = follow(process);
      } catch (MalformedFileException e) {
        end = new End("it wrote an event that cannot be read: " + e.getMessage());
      } finally {
        endTree(process);
        removeHook(hook);
      }
    } catch (IOException e) {
      end = new End("it cannot be started: " + e.getMessage());
    }
    return collect(end, Duration.ofNanos(System.nanoTime() - start));
  }

  /** What a job left behind that ran in this process. */
  PortRun collectInProcess(String problem, Duration wall) throws IOException {
    drain();
    return collect(new End(problem), wall);
  }

  private End follow(Process process) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    boolean ended = false;
    while (!ended && System.nanoTime() < deadline) {
      ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
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

  private static void endTree(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook runs, and that is what it is for.
    }
  }

  private PortRun collect(End end, Duration wall) throws IOException {
    Map<Instance, Outcome> outcomes = new LinkedHashMap<>();
    for (Instance instance : plan.instances()) {
      outcomes.put(instance, outcome(instance, end));
    }
    return new PortRun(port, wall, log, outcomes);
  }

  private Outcome outcome(Instance instance, End end) throws IOException {
    Event event = last.get(instance.id());
    Path trace = folder.resolve(instance.id());
    String state = event == null ? "" : event.event();
    try {
      return switch (state) {
        case "not_run" -> new Outcome.NotRun(String.valueOf(event == null ? "" : event.message()));
        case "failed" -> failed(trace, String.valueOf(event == null ? "" : event.message()));
        case "finished" ->
            Trace.isComplete(trace)
                ? new Outcome.Traced(Trace.read(trace))
                : failed(trace, "it says it finished, but left no whole trace");
        default -> failed(trace, unfinished(end, event != null));
      };
    } catch (MalformedFileException e) {
      return failed(trace, String.valueOf(e.getMessage()));
    }
  }

  private String unfinished(End end, boolean started) throws IOException {
    String when = started ? " in this instance" : " before this instance";
    if (end.problem.isEmpty()) {
      return "it ended" + when + " without saying so";
    }
    return end.problem + when + logTail();
  }

  private String logTail() throws IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return "";
    }
    List<String> lines = Files.readString(log).lines().toList();
    return "; its last output:\n"
        + String.join(
            "\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL_LINES), lines.size()));
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

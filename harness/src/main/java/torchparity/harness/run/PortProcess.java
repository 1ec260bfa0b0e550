package torchparity.harness.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import torchparity.cases.ContractJson;
import torchparity.cases.Job;
import torchparity.cases.MalformedFileException;
import torchparity.harness.port.Port;

/**
 * One port's process: started with a job, followed through its events, ended with its children.
 * What an earlier start that was interrupted left in its folder is kept, and only the rest is run.
 */
final class PortProcess {
  private static final long POLL_MILLIS = 50;
  private static final long REST_NANOS = 2_000_000_000L;
  private static final String ENDED = "ended.json";

  private final Port port;
  private final Plan plan;
  private final ProgressListener progress;
  private final Path folder;
  private final Path log;
  private final Progressed events;
  private final ProcessTree tree = new ProcessTree();

  PortProcess(Port port, Plan plan, ProgressListener progress) {
    this.port = port;
    this.plan = plan;
    this.progress = progress;
    this.folder = plan.out().resolve(port.name());
    this.log = folder.resolve("log.txt");
    this.events = new Progressed(folder.resolve("events.jsonl"), plan.instances());
  }

  /** Writes the job file, of what is not done yet, and answers with its path. */
  Path writeJob() throws IOException {
    Files.createDirectories(folder);
    List<Job.Instance> instances = new ArrayList<>();
    for (Instance instance : plan.instances()) {
      if (!events.hasEnded(instance.id())) {
        Folders.delete(folder.resolve(instance.id()));
        events.forget(instance.id());
        instances.add(instance.toJob(folder, plan.log()));
      }
    }
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

  /** Runs the port to its end. What it does to its folder is its own failure, and nobody else's. */
  PortRun run() throws InterruptedException {
    long start = System.nanoTime();
    End end;
    try {
      end = !takeUp() ? End.INTERRUPTED : hasEnded() ? earlierEnd() : start();
    } catch (MalformedFileException e) {
      end = unreadable(e);
    } catch (IOException e) {
      end = unusable(e);
    }
    return collect(kept(end), Duration.ofNanos(System.nanoTime() - start));
  }

  /** True if an earlier start came to its end, or has nothing left to do. */
  private boolean hasEnded() {
    return Files.exists(folder.resolve(ENDED))
        || plan.instances().stream().allMatch(i -> events.hasEnded(i.id()));
  }

  private End earlierEnd() throws IOException {
    Path ended = folder.resolve(ENDED);
    return Files.exists(ended) ? ContractJson.readChecking(ended, End.class) : End.WELL;
  }

  /** Writes down how it ended, for a run that is resumed. */
  private End kept(End end) {
    if (end.interrupted()) {
      return end;
    }
    try {
      ContractJson.write(folder.resolve(ENDED), end);
      return end;
    } catch (IOException e) {
      return end.isBad() ? end : unusable(e).withTails(end.tails());
    }
  }

  private End unusable(IOException e) {
    return Files.isDirectory(folder)
        ? End.of("its folder cannot be used: " + e, "is there room, and may it be written?")
        : End.of(
            "its folder is gone (%s)".formatted(folder),
            "a port writes its traces there, and must leave the folder itself");
  }

  /**
   * Reads what an earlier start left; a line that it did not end is taken away. False if the user
   * asks for the end of the run before all is read.
   */
  private boolean takeUp() throws IOException {
    Path said = folder.resolve("events.jsonl");
    new EarlierStart(folder, said, folder.resolve(ENDED)).mend(plan.instances());
    if (!events.readAll(port, progress, Interruption::isRequested)) {
      return false;
    }
    if (events.isCutOff() && !Files.exists(folder.resolve(ENDED))) {
      try (FileChannel file = FileChannel.open(said, StandardOpenOption.WRITE)) {
        file.truncate(events.position());
      }
    }
    return true;
  }

  private End start() throws IOException, InterruptedException {
    Path job = writeJob();
    if (Interruption.isRequested()) {
      return End.INTERRUPTED;
    }
    Path temporary = folder.resolve("tmp");
    Files.createDirectories(temporary);
    try {
      Map<String, String> environment =
          PortEnvironment.of(System.getenv(), port, plan.threads(), temporary);
      ProcessBuilder builder = Supervised.builder(tree.value(), port.commandFor(job), environment);
      Path directory = port.origin().folder();
      if (directory != null) {
        builder.directory(directory.toFile());
      }
      return follow(builder.start(), job);
    } catch (IOException e) {
      return End.of("it cannot be started: " + e.getMessage(), "is bash there?");
    } finally {
      Folders.delete(temporary);
    }
  }

  /** Follows {@code process} to its end, and ends whatever is left of it. */
  private End follow(Process process, Path job) throws IOException, InterruptedException {
    Thread hook = new Thread(() -> tree.end(process));
    Runtime.getRuntime().addShutdownHook(hook);
    Printed printed = new Printed(process, log);
    End end;
    try {
      end = end(process, job);
    } catch (MalformedFileException e) {
      end = unreadable(e);
    } catch (IOException e) {
      end = unusable(e);
    } finally {
      tree.end(process);
      printed.close();
      process.destroyForcibly(); // closes the pipes
      removeHook(hook);
    }
    return end.withTails(printed.tails());
  }

  private static End unreadable(MalformedFileException e) {
    return End.of(
        "it wrote an event that cannot be read: " + e.getMessage(),
        "cases/FORMATS.md says what events look like");
  }

  /** Of a port that is asked for nothing. */
  PortRun notStarted() {
    return new PortRun(port, Duration.ZERO, log, Map.of(), "");
  }

  /** What a job left behind that ran in this process. */
  PortRun collectInProcess(String problem, Duration wall) throws IOException {
    events.readAll(port, progress, () -> false);
    return collect(End.of(problem, ""), wall);
  }

  private End end(Process process, Path job) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + plan.timeout().toNanos();
    boolean ended = false;
    boolean more = false;
    while (!ended && System.nanoTime() < deadline) {
      if (Interruption.isRequested()) {
        tree.end(process);
        events.read(port, progress);
        return End.INTERRUPTED;
      }
      ended = process.waitFor(more ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
      tree.look(process);
      more = events.read(port, progress);
    }
    boolean all = !more || readRest(process, deadline);
    if (Interruption.isRequested() && !all) {
      return End.INTERRUPTED;
    }
    if (!ended) {
      return End.of(
          "it took longer than %d s".formatted(plan.timeout().toSeconds()),
          "was ended; --timeout gives it more, if it was not stuck");
    }
    if (!all) {
      return End.of(
          "it wrote more events than could be read in %d s".formatted(plan.timeout().toSeconds()),
          "one for each epoch is enough; --timeout gives it more");
    }
    if (events.isCutOff()) {
      return End.of("it wrote half an event, and ended", "an event is a line with its end");
    }
    return End.ofCode(process.exitValue(), Path.of(port.command().get(0)), job);
  }

  /**
   * Reads what a port wrote faster than it was read, in the time it has left; true if it is all.
   */
  private boolean readRest(Process process, long deadline) throws IOException {
    tree.end(process); // nothing that it left writes on
    long end = Math.max(deadline, System.nanoTime() + REST_NANOS);
    return events.readAll(
        port, progress, () -> Interruption.isRequested() || System.nanoTime() > end);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook runs, and that is what it is for.
    }
  }

  private PortRun collect(End end, Duration wall) {
    TraceCollector traces = new TraceCollector(folder, events, end);
    Map<Instance, Outcome> outcomes = new LinkedHashMap<>();
    for (Instance instance : plan.instances()) {
      outcomes.put(instance, traces.outcome(instance));
    }
    boolean allEnded = plan.instances().stream().allMatch(i -> events.hasEnded(i.id()));
    String problem = end.isBad() && allEnded ? end.said(" after its last instance") : "";
    return new PortRun(port, wall, log, outcomes, problem);
  }
}

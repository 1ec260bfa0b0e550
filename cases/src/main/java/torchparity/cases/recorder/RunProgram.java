package torchparity.cases.recorder;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.Job;
import torchparity.cases.MalformedFileException;

/**
 * Runs a program's {@code main} for each instance of a job: {@code java -cp ...
 * torchparity.cases.recorder.RunProgram CLASS --job FILE}.
 */
public final class RunProgram {
  private RunProgram() {}

  /** Exit code 2, and one line, if the arguments or the job are wrong. */
  public static void main(String[] args) throws IOException {
    if (args.length != 3 || !args[1].equals("--job")) {
      System.err.println("usage: RunProgram CLASS --job FILE");
      System.exit(2);
    }
    run(program(args[0]), job(Path.of(args[2])));
  }

  private static Class<?> program(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw refused("there is no class '%s' on the class path".formatted(name));
    }
  }

  private static Job job(Path file) {
    try {
      return ContractJson.readChecking(file, Job.class);
    } catch (MalformedFileException e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw refused("the job file cannot be read: " + e);
    }
  }

  private static RuntimeException refused(String problem) {
    System.err.println("RunProgram: " + problem);
    System.exit(2);
    return new IllegalStateException("the process has ended");
  }

  static void run(Class<?> program, Job job) throws IOException {
    for (Job.Instance instance : job.instances()) {
      ContractJson.appendLine(job.events(), Event.started(instance.id()));
      ContractJson.appendLine(job.events(), run(program, instance));
    }
  }

  private static Event run(Class<?> program, Job.Instance instance) throws IOException {
    try {
      Recording recording = new Recording(instance);
      Probes.to(recording);
      program.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
      recording.finish();
      return Event.finished(instance.id());
    } catch (InvocationTargetException e) {
      e.printStackTrace();
      return Event.failed(instance.id(), String.valueOf(e.getCause()));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return Event.failed(instance.id(), e.toString());
    } finally {
      Probes.to(null);
    }
  }
}

package torchparity.harness.mutants;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/** {@code parity run} as a process of its own, on this process's classes: what a user would see. */
final class RunProcess {
  private static final String REFERENCE = "python";
  private static final int TIMEOUT_SECONDS = 300;
  private static final int LAST_WITH_RESULT = 3;

  private RunProcess() {}

  /**
   * Runs {@code question} with {@code program} as a mutant of {@code target}.
   *
   * @param folder for the run's files and {@code log.txt}; made
   * @throws ParityException if the run itself could not be carried out
   */
  static Observation run(Target target, Path program, Mutant.Question question, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log.txt");
    Path out = folder.resolve("run");
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(target, program, question, out))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Thread hook = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw failed("took longer than %d s".formatted(TIMEOUT_SECONDS), log);
      }
      if (process.exitValue() > LAST_WITH_RESULT || !Files.exists(out.resolve("result.json"))) {
        throw failed("ended with exit code %d".formatted(process.exitValue()), log);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return Observation.of(
          new JsonMapper().readTree(out.resolve("result.json").toFile()),
          target.candidate(),
          REFERENCE,
          seconds);
    } finally {
      process.destroy();
      removeHook(hook);
    }
  }

  private static List<String> command(
      Target target, Path program, Mutant.Question question, Path out) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-D") || option.startsWith("-XX:"))
        .filter(option -> !option.startsWith("-XX:ArchiveClassesAtExit"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("torchparity.harness.cli.Parity", "run", "--quiet"));
    command.addAll(List.of("--case", question.caseName(), "--dtype", question.dtype()));
    command.addAll(List.of("--seeds", "42", "--ports", REFERENCE + "," + target.candidate()));
    command.addAll(List.of("--port", target.candidate() + "=" + program));
    if (question.epochs() != null) {
      command.addAll(List.of("--epochs", question.epochs().toString()));
    }
    command.addAll(List.of("--out", out.toString()));
    return command;
  }

  private static ParityException failed(String how, Path log) throws IOException {
    return new ParityException(
        Code.SET_UP_MISSING,
        "the run of a mutant %s. It said (%s):\n%s".formatted(how, log, Files.readString(log)));
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down: the hook runs, and that is what it is for.
    }
  }
}

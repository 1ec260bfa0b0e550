package torchparity.harness.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.run.Child;

/** {@code parity run} as a process of its own, on this process's classes: what a user would see. */
final class RunProcess {
  private static final String REFERENCE = "python";
  private static final int TIMEOUT_SECONDS = 900;
  private static final int LAST_WITH_RESULT = 3;

  private RunProcess() {}

  /**
   * Runs the question of {@code specimens} with all of them as candidates.
   *
   * @param programs what to start, in the same order
   * @param explain whether the run looks for causes
   * @param folder for the run's files and {@code log.txt}; made
   * @return one observation for each, in the same order
   * @throws ParityException if the run itself could not be carried out
   */
  static List<Observation> run(
      List<Specimen> specimens, List<Path> programs, boolean explain, Path folder)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log.txt");
    Path out = folder.resolve("run");
    long start = System.nanoTime();
    OptionalInt code =
        Child.run(
            command(specimens, programs, explain, out),
            System.getenv(),
            log,
            Duration.ofSeconds(TIMEOUT_SECONDS));
    if (code.isEmpty()) {
      throw failed("took longer than %d s".formatted(TIMEOUT_SECONDS), log);
    }
    if (code.getAsInt() > LAST_WITH_RESULT || !Files.exists(out.resolve("result.json"))) {
      throw failed("ended with exit code %d".formatted(code.getAsInt()), log);
    }
    double share = (System.nanoTime() - start) / 1e9 / specimens.size();
    JsonNode result = new JsonMapper().readTree(out.resolve("result.json").toFile());
    return specimens.stream()
        .map(s -> Observation.of(result, s.candidate(), REFERENCE, share))
        .toList();
  }

  private static List<String> command(
      List<Specimen> specimens, List<Path> programs, boolean explain, Path out) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-D") || option.startsWith("-XX:"))
        .filter(option -> !option.startsWith("-XX:ArchiveClassesAtExit"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("torchparity.harness.cli.Parity", "run", "--quiet", "--no-report"));
    if (!explain) {
      command.add("--no-explain");
    }
    Mutant.Question question = specimens.get(0).question();
    command.addAll(List.of("--case", question.caseName(), "--dtype", question.dtype()));
    command.addAll(List.of("--seeds", "42", "--out", out.toString()));
    if (question.epochs() != null) {
      command.addAll(List.of("--epochs", question.epochs().toString()));
    }
    List<String> names = new ArrayList<>(List.of(REFERENCE));
    for (int i = 0; i < specimens.size(); i++) {
      names.add(specimens.get(i).candidate());
      command.addAll(List.of("--port", specimens.get(i).candidate() + "=" + programs.get(i)));
    }
    command.addAll(List.of("--ports", String.join(",", names)));
    return command;
  }

  private static ParityException failed(String how, Path log) throws IOException {
    return new ParityException(
        Code.SET_UP_MISSING,
        "the run of a mutant %s. It said (%s):\n%s".formatted(how, log, Files.readString(log)));
  }
}

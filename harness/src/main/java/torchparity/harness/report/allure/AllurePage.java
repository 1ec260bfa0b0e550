package torchparity.harness.report.allure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.SavedRun;
import torchparity.harness.run.Child;
import torchparity.harness.run.Folders;
import torchparity.harness.run.PortEnvironment;

/**
 * Allure's page, built offline by the npm-packaged Allure without its tracking. The history of
 * earlier runs is kept beside the runs.
 */
public final class AllurePage {
  private static final String PROGRAM =
      "harness/pages/node_modules/allure-commandline/dist/bin/allure";
  private static final String HISTORY = "history";
  private static final long TIMEOUT_SECONDS = 120;

  private final Path root;
  private final Path history;

  /**
   * A page.
   *
   * @param root the project's folder, in which the set-up put Allure
   * @param history where the history is kept between runs
   */
  public AllurePage(Path root, Path history) {
    this.root = root;
    this.history = history;
  }

  /**
   * Writes {@code allure-results} and {@code allure-report} into the run's folder. Links that stand
   * in their places are replaced and not followed.
   *
   * @return the page, which a web server has to serve
   * @throws ParityException if Allure is not there, or fails
   */
  public Path write(SavedRun run) throws IOException, InterruptedException {
    Path program = root.resolve(PROGRAM);
    if (!Files.isRegularFile(program)) {
      throw new ParityException(
          Code.SET_UP_MISSING, PROGRAM + " is not there. ./parity set-up fetches it.");
    }
    Path results = run.folder().resolve("allure-results");
    Path page = run.folder().resolve("allure-report");
    Path log = run.folder().resolve("allure.txt");
    for (Path replaced : List.of(results, page, log)) {
      Folders.delete(replaced);
    }
    new AllureResults(run).write(results);
    copy(history, results.resolve(HISTORY));
    generate(program, results, page, Files.createFile(log));
    copy(page.resolve(HISTORY), history);
    return page.resolve("index.html");
  }

  private static void generate(Path program, Path results, Path page, Path log)
      throws IOException, InterruptedException {
    Map<String, String> environment = PortEnvironment.handedOn(System.getenv());
    environment.put("ALLURE_NO_ANALYTICS", "true");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    List<String> command =
        List.of(program.toString(), "generate", results.toString(), "--output", page.toString());
    OptionalInt code = Child.run(command, environment, log, Duration.ofSeconds(TIMEOUT_SECONDS));
    if (code.orElse(1) != 0) {
      throw new ParityException(
          Code.SET_UP_MISSING,
          "Allure %s. Its output is in %s."
              .formatted(
                  code.isPresent() ? "ended with exit code " + code.getAsInt() : "takes too long",
                  log));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}

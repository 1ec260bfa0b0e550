package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import torchparity.cases.WholeFile;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.mutants.Catalogue;
import torchparity.harness.mutants.Examination;
import torchparity.harness.mutants.Laboratory;
import torchparity.harness.mutants.ScoreJson;
import torchparity.harness.mutants.ScoreTable;

/** Breaks the ports on purpose, one bug at a time, and scores what a run says about each. */
@Command(
    name = "mutants",
    description = {
      "Breaks the ports on purpose, one known bug at a time (harness/mutants), runs each broken port",
      "as a user would, and scores what the run says: detected, first operation, line and cause right."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:each bug is detected, no harmless rewrite is, and no diagnosis is sure and wrong",
      "1:not so",
      "2:wrong usage, or a mutant that does not fit the ports' sources",
      "4:set-up missing"
    })
final class MutantsCommand implements Callable<Integer> {
  private final Path root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--filter",
      split = ",",
      paramLabel = "TEXT",
      description =
          "Only these mutants and families; * stands for anything, 'pairs' for two at once.")
  private List<String> filter = List.of();

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Up to N mutants that ask the same share a run and its reference (default"
              + " ${DEFAULT-VALUE}). With 1 each has a run of its own, as a user would have.")
  private int batch = 6;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Runs at a time (default ${DEFAULT-VALUE}); each keeps several cores busy.")
  private int jobs = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for mutants' sources and runs; a new one below reports/.")
  private @Nullable Path out;

  @Option(
      names = "--no-explain",
      description = "Only detect: do not look for causes, which takes most of the time.")
  private boolean noExplain;

  @Option(names = "--json", description = "The scores as JSON on standard output.")
  private boolean json;

  @Option(names = "--quiet", description = "No progress.")
  private boolean quiet;

  MutantsCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (jobs < 1 || batch < 1) {
      throw new ParityException(
          Code.USAGE, "--jobs and --batch must be 1 or more, got %d and %d".formatted(jobs, batch));
    }
    Path folder = folder();
    Catalogue catalogue = Catalogue.read(root.resolve("harness/mutants"));
    Laboratory laboratory = new Laboratory(root, folder, !noExplain);
    Examination examination =
        Examination.of(catalogue, filter, laboratory, batch, jobs, soFar -> keep(folder, soFar));
    if (examination.scores().isEmpty() && examination.pairs().isEmpty()) {
      throw new ParityException(
          Code.USAGE,
          "--filter %s: there is no mutant and no family of that name".formatted(filter));
    }
    PrintWriter output = spec.commandLine().getOut();
    output.println(
        json
            ? ScoreJson.render(examination)
            : new ScoreTable(Ansi.AUTO).render(examination).stripTrailing());
    if (!json) {
      output.println("files: " + (folder.startsWith(root) ? root.relativize(folder) : folder));
    }
    output.flush();
    return examination.isClean() ? ExitCode.PARITY : ExitCode.DIVERGENCE;
  }

  /** Keeps the scores so far, so that an interruption loses only the run it falls into. */
  private void keep(Path folder, Examination soFar) throws IOException {
    Path file = folder.resolve("mutants.json");
    WholeFile.write(file, ScoreJson.render(soFar));
    if (!quiet) {
      System.err.printf(
          "%d done in %.0f s; scores so far: %s%n",
          soFar.scores().size() + soFar.pairs().size(), soFar.seconds(), file);
    }
  }

  private Path folder() throws IOException {
    if (out == null) {
      String time =
          DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS")
              .format(LocalDateTime.now(ZoneId.systemDefault()));
      return Files.createDirectories(root.resolve("reports").resolve("mutants-" + time));
    }
    if (Files.exists(out)) {
      throw new ParityException(Code.USAGE, "--out %s exists; name a new folder".formatted(out));
    }
    return Files.createDirectories(out.toAbsolutePath().normalize());
  }
}

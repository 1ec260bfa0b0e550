package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import torchparity.cases.ContractJson;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/**
 * What a run was asked for, as it keeps it in its folder: so that it can be taken up again.
 *
 * @param arguments the options, without those that say where results go and how they are shown
 */
record RunFile(String format, List<String> arguments) {
  private static final String FORMAT = "torch-parity-run/1";

  /** Its name in a run's folder. */
  static final String FILE = "run.json";

  RunFile {
    arguments = List.copyOf(arguments);
  }

  /** Options about where results go and how they are shown; true for those with a value. */
  private static final Map<String, Boolean> SHOWING =
      Map.of(
          "--out",
          true,
          "--resume",
          true,
          "--json",
          false,
          "--quiet",
          false,
          "--plot",
          false,
          "--report",
          false,
          "--no-report",
          false);

  /** {@code arguments} without those. */
  static List<String> asked(List<String> arguments) {
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      Boolean hasValue = SHOWING.get(word.replaceFirst("=.*", ""));
      if (hasValue == null) {
        asked.add(word);
      } else if (hasValue && !word.contains("=")) {
        i++;
      }
    }
    return asked;
  }

  /** Keeps {@code arguments} in the run's folder; secret values of variables are left out. */
  static void write(Path folder, List<String> arguments) throws IOException {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--env") && i + 1 < arguments.size()) {
        kept.add(word);
        kept.add(EnvironmentOption.shown(arguments.get(++i)));
      } else if (word.startsWith("--env=")) {
        kept.add("--env=" + EnvironmentOption.shown(word.substring("--env=".length())));
      } else {
        kept.add(word);
      }
    }
    ContractJson.write(folder.resolve(FILE), new RunFile(FORMAT, kept));
  }

  /**
   * What the run in {@code folder} was asked for.
   *
   * @throws ParityException if there is none
   */
  static List<String> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new ParityException(
          Code.USAGE,
          "--resume %s: there is no %s; name the folder of a run".formatted(folder, FILE));
    }
    RunFile run = ContractJson.read(file, RunFile.class);
    if (!run.format.equals(FORMAT)) {
      throw new MalformedFileException(
          file, "format is '%s', this version reads '%s'".formatted(run.format, FORMAT));
    }
    return run.arguments;
  }
}

package torchparity.harness.port;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;

/**
 * A program that can run jobs.
 *
 * @param name how people call it
 * @param engine ports with the same engine share every native kernel and must agree bit by bit
 * @param command program and arguments; {@code {job}} in a word stands for the job file, and
 *     without it {@code --job FILE} follows
 * @param environment variables that are set for it
 * @param origin what its descriptor says beyond that
 */
public record Port(
    String name,
    String engine,
    List<String> command,
    Map<String, String> environment,
    Origin origin) {
  private static final String JOB = "{job}";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,59}");

  /** Folders of a run that are no port's. */
  private static final Set<String> TAKEN =
      Set.of(
          "allowance-runs",
          "allowances",
          "allure-report",
          "allure-results",
          "derived",
          "diagnosis",
          "inputs");

  /**
   * Checks the name, which becomes a folder's.
   *
   * @throws ParityException if it does not do
   */
  public Port {
    if (!NAME.matcher(name).matches() || TAKEN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ParityException(
          ParityException.Code.USAGE,
          "a port cannot be called '%s': a name has letters, digits, _ and -, begins with a letter or digit, and is none of %s"
              .formatted(name, new TreeSet<>(TAKEN)));
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  public Port(String name, String engine, List<String> command) {
    this(name, engine, command, Map.of(), Origin.NONE);
  }

  /**
   * What a descriptor says about a port.
   *
   * @param folder working directory; null for that of this process
   * @param sources its files
   * @param version a command whose first line of output is the version; empty for none
   * @param supports what it can do
   * @param watch functions whose arguments and results it records
   */
  public record Origin(
      @Nullable Path folder,
      List<Path> sources,
      List<String> version,
      Support supports,
      List<String> watch) {
    /** Of a port without a descriptor. */
    public static final Origin NONE =
        new Origin(null, List.of(), List.of(), Support.DEFAULT, List.of());

    public Origin {
      sources = List.copyOf(sources);
      version = List.copyOf(version);
      watch = List.copyOf(watch);
    }
  }

  /**
   * Whether its engine's name says that it is PyTorch, in whatever binding: sums and functions then
   * round as in any other, and products alone do not.
   */
  public boolean isBuiltOnPyTorch() {
    return engine.contains("PyTorch");
  }

  /**
   * This port with variables set, by which its kernels may be others: another engine.
   *
   * @param label what the engine's name says of them; values may be secret
   */
  public Port with(Map<String, String> variables, Map<String, String> label) {
    if (variables.isEmpty()) {
      return this;
    }
    Map<String, String> all = new TreeMap<>(environment);
    all.putAll(variables);
    return new Port(name, engine + " with " + new TreeMap<>(label), command, all, origin);
  }

  /** This port, with more functions recorded if it can do that. */
  public Port watching(List<String> functions) {
    if (functions.isEmpty() || !supports().watch()) {
      return this;
    }
    List<String> all = new ArrayList<>(origin.watch);
    all.addAll(functions);
    return new Port(
        name,
        engine,
        command,
        environment,
        new Origin(origin.folder, origin.sources, origin.version, origin.supports, all));
  }

  /** This port under another name. */
  public Port named(String other) {
    return new Port(other, engine, command, environment, origin);
  }

  /** What is started to run {@code job}. */
  public List<String> commandFor(Path job) {
    List<String> words = new ArrayList<>();
    command.forEach(word -> words.add(word.replace(JOB, job.toString())));
    if (command.stream().noneMatch(word -> word.contains(JOB))) {
      words.add("--job");
      words.add(job.toString());
    }
    return words;
  }

  /** What it can do. */
  public Support supports() {
    return origin.supports;
  }
}

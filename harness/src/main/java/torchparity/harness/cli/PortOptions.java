package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.port.Port;
import torchparity.harness.port.Project;
import torchparity.harness.run.PortEnvironment;

/** The options that say which ports run, and which of them the others are compared with. */
final class PortOptions {
  private static final String JVM = "jvm";

  @Option(
      names = "--port",
      order = 11,
      paramLabel = "NAME=PATH",
      description =
          "Another program in a port's place, or one more port; PATH may be a port.yaml, or a folder"
              + " with one, and then NAME= may be left out. Repeatable.")
  private List<String> choices = List.of();

  @Option(
      names = "--ports",
      split = ",",
      order = 12,
      paramLabel = "NAME",
      description = "Run these ports only.")
  private List<String> names = List.of();

  @Option(
      names = "--reference",
      order = 13,
      paramLabel = "NAME",
      description = "The port that others are compared with.")
  private @Nullable String referenceName;

  @Option(
      names = "--env",
      order = 14,
      paramLabel = "PORT:NAME=VALUE",
      description =
          "An environment variable of one port; or NAME alone, to hand one of yours on. Repeatable.")
  private List<String> environments = List.of();

  @Option(
      names = "--in-process",
      order = 15,
      description = "Run the jvm port inside this process, for a debugger.")
  private boolean inProcess;

  @Option(
      names = "--watch",
      order = 16,
      paramLabel = "MODULE:FUNCTION",
      description =
          "Record the arguments and results of a function of an unchanged program. Repeatable.")
  private List<String> watch = List.of();

  /** The ports of one run, the reference among them. */
  record Chosen(List<Port> ports, Port reference, Set<String> inProcess) {}

  /**
   * What runs.
   *
   * @throws ParityException if an option is wrong, a program is missing, or there is nothing to
   *     compare with
   */
  Chosen choose(Project project) throws IOException {
    List<Project.Choice> programs = programs(project);
    List<Port> all = project.resolve(programs);
    Options.checkDistinct("--ports", names);
    for (String name : names) {
      if (all.stream().noneMatch(p -> p.name().equals(name))) {
        throw noPort("there is no port '%s'.".formatted(name), all);
      }
    }
    List<Port> ports =
        all.stream()
            .filter(p -> names.isEmpty() || names.contains(p.name()))
            .map(p -> withEnvironment(p).watching(watch))
            .toList();
    String wanted = referenceName == null ? project.reference() : referenceName;
    Port reference =
        ports.stream()
            .filter(p -> p.name().equals(wanted))
            .findFirst()
            .orElseThrow(() -> noReference(wanted, ports));
    if (ports.stream().anyMatch(p -> p.name().equalsIgnoreCase(Execution.again(reference)))) {
      throw usage(
          "a port cannot be called '%s': the reference runs under that name when it is checked; rename the port"
              .formatted(Execution.again(reference)));
    }
    if (ports.size() < 2) {
      throw usage("only '%s' would run; a comparison needs two ports".formatted(wanted));
    }
    if (!watch.isEmpty() && ports.stream().noneMatch(p -> p.supports().watch())) {
      throw usage(
          "--watch %s: no port of this run supports it; a port.yaml says 'supports: {watch: true}'"
              .formatted(String.join(", ", watch)));
    }
    return new Chosen(ports, reference, inProcess(ports, programs));
  }

  private Port withEnvironment(Port port) {
    Map<String, String> set = EnvironmentOption.of(environments, port.name(), System.getenv());
    return port.with(set, PortEnvironment.shown(set));
  }

  private List<Project.Choice> programs(Project project) throws IOException {
    List<Project.Choice> programs = new ArrayList<>();
    for (String choice : choices) {
      int sign = choice.indexOf('=');
      boolean isNameless =
          sign < 0 && (choice.endsWith(".yaml") || Files.isDirectory(path(choice, choice)));
      if (!isNameless && (sign < 1 || sign == choice.length() - 1)) {
        throw usage(
            "--port %s: write NAME=PATH, for example nu=my.nu, or the PATH of a port.yaml"
                .formatted(choice));
      }
      Path path = path(choice, choice.substring(sign + 1));
      if (!Files.exists(path)) {
        throw usage("--port %s: there is no such file".formatted(choice));
      }
      programs.add(
          project.choice(
              choice.substring(0, Math.max(0, sign)), path.toAbsolutePath().normalize()));
    }
    Options.checkDistinct("--port", programs.stream().map(Project.Choice::name).toList());
    return programs;
  }

  private static Path path(String choice, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw usage("--port %s: that is no path".formatted(choice));
    }
  }

  private Set<String> inProcess(List<Port> ports, List<Project.Choice> programs) {
    if (!inProcess) {
      return Set.of();
    }
    if (programs.stream().anyMatch(c -> c.name().equals(JVM))) {
      throw usage("--in-process runs the shipped jvm port; leave it or --port jvm=... out");
    }
    if (ports.stream().noneMatch(p -> p.name().equals(JVM))) {
      throw usage("--in-process runs the jvm port, which is not in this run; add it to --ports");
    }
    return Set.of(JVM);
  }

  private static ParityException noReference(String name, List<Port> ports) {
    return noPort(
        "the reference, '%s', is not in this run. Add it to --ports or name another with --reference."
            .formatted(name),
        ports);
  }

  private static ParityException noPort(String problem, List<Port> ports) {
    return usage(
        "%s There are: %s."
            .formatted(problem, ports.stream().map(Port::name).collect(Collectors.joining(", "))));
  }

  private static ParityException usage(String message) {
    return new ParityException(Code.USAGE, message);
  }

  /** The options that a line needs which repeats a failure of this run. */
  List<String> again() {
    List<String> options = new ArrayList<>();
    choices.forEach(choice -> options.add("--port " + Options.quoted(choice)));
    watch.forEach(w -> options.add("--watch " + Options.quoted(w)));
    environments.forEach(e -> options.add("--env " + Options.quoted(EnvironmentOption.shown(e))));
    if (!names.isEmpty()) {
      options.add("--ports " + Options.quoted(String.join(",", names)));
    }
    if (referenceName != null) {
      options.add("--reference " + Options.quoted(referenceName));
    }
    return options;
  }
}

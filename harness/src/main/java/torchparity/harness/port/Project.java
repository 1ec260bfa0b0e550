package torchparity.harness.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import torchparity.cases.MalformedFileException;
import torchparity.cases.SchemaYaml;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/**
 * A folder with a {@code parity.yaml}: which cases and ports there are. The checkout is one; a user
 * has others.
 */
public final class Project {
  /** The file that makes a folder a project. */
  public static final String FILE = "parity.yaml";

  private final Path folder;
  private final Words words;
  private final ProjectFile content;
  private final Path cases;
  private final Path knownDifferences;
  private final List<Described> ports;
  private final SchemaYaml portYaml;

  /** A descriptor, the folder it lies in, and its file. */
  private record Described(Descriptor port, Path at, Path file) {}

  private Project(Path folder, Path checkout) throws IOException {
    this.folder = folder;
    this.words = new Words(checkout);
    this.portYaml = new SchemaYaml(checkout.resolve("harness/port.schema.json"), "the port");
    Path file = folder.resolve(FILE);
    SchemaYaml.Document<ProjectFile> document =
        new SchemaYaml(checkout.resolve("harness/parity.schema.json"), "the project")
            .read(file, ProjectFile.class);
    this.content = document.value();
    this.cases = resolved(content.cases(), file);
    this.knownDifferences = resolved(content.knownDifferences(), file);
    List<Described> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < content.ports().size(); i++) {
      Described port = described(resolved(content.ports().get(i), file));
      if (!names.add(port.port.name())) {
        throw new MalformedFileException(
            file,
            "line %d: ports.%d: a port before it is called '%s', too"
                .formatted(document.lines().at("/ports/" + i), i, port.port.name()));
      }
      found.add(port);
    }
    this.ports = List.copyOf(found);
    check("reference", content.reference(), names, file, document);
    if (content.noise() != null) {
      check("noise", content.noise(), names, file, document);
    }
  }

  /** A text can hold what no path can, such as a null character. */
  private Path resolved(String path, Path file) {
    try {
      return folder.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new MalformedFileException(file, "a path cannot be one: " + e.getReason());
    }
  }

  private static void check(
      String field, String name, Set<String> names, Path file, SchemaYaml.Document<?> document) {
    if (!names.contains(name)) {
      throw new MalformedFileException(
          file,
          "line %d: %s: there is no port '%s'. There are: %s"
              .formatted(document.lines().at("/" + field), field, name, String.join(", ", names)));
    }
  }

  /**
   * Reads the project in {@code folder}.
   *
   * @param checkout this program's own folder, with schemas and runtimes
   * @throws MalformedFileException if a file of it is not as its schema says
   */
  public static Project read(Path folder, Path checkout) throws IOException {
    return new Project(folder, checkout);
  }

  /** The project that {@code start} lies in; the checkout if it lies in none. */
  public static Path folderOf(Path start, Path checkout) {
    for (Path at = start.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve(FILE))) {
        return at;
      }
    }
    return checkout;
  }

  /** The folder of the case files. */
  public Path cases() {
    return cases;
  }

  /** The file of known differences, which need not be there. */
  public Path knownDifferences() {
    return knownDifferences;
  }

  /** Name of the port that the others are compared with. */
  public String reference() {
    return content.reference();
  }

  /** Names of the project's own ports, whatever runs in their place. */
  public List<String> portNames() {
    return ports.stream().map(own -> own.port.name()).toList();
  }

  /**
   * The ports of the project and, in their place or after them, the ones that the user named.
   *
   * <p>A program with the extension of the port whose place it takes is a variant of that port: it
   * is started like it and has its engine. Any other program has an engine of its own, so that
   * nothing is asked to agree with it bit by bit; it is started like the first port with its
   * extension, if there is one. A descriptor says all of that itself.
   */
  public List<Port> resolve(List<Choice> choices) throws IOException {
    List<Port> resolved = new ArrayList<>();
    for (Described own : ports) {
      Optional<Choice> choice =
          choices.stream().filter(c -> c.name.equals(own.port.name())).findFirst();
      resolved.add(choice.isEmpty() ? resolve(own) : instead(own, choice.get()));
    }
    for (Choice choice : choices) {
      if (ports.stream().noneMatch(own -> own.port.name().equals(choice.name))) {
        resolved.add(foreign(choice));
      }
    }
    return List.copyOf(resolved);
  }

  /** The project's own port that allowances are computed with, whatever runs in its place. */
  public Optional<Port> noisePort() {
    return ports.stream()
        .filter(own -> own.port.name().equals(content.noise()))
        .findFirst()
        .map(own -> resolve(own).named("allowance"));
  }

  /**
   * What a user wrote after {@code --port}: another program in a port's place, or another port.
   *
   * @param name empty to take it from the descriptor
   */
  public Choice choice(String name, Path program) throws IOException {
    if (!name.isEmpty() || !isDescriptor(program)) {
      return new Choice(name, program);
    }
    return new Choice(described(program).port.name(), program);
  }

  /** {@code --port NAME=PATH}. */
  public record Choice(String name, Path program) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";

    /**
     * Checks the name, which becomes a folder's.
     *
     * @throws ParityException if it does not do
     */
    public Choice {
      if (!name.matches(NAME)) {
        throw new ParityException(
            Code.USAGE,
            "--port %s=%s: a port's name has up to 40 letters, digits, _ and -, and begins with a letter or digit"
                .formatted(name, program));
      }
    }
  }

  private Port resolve(Described own) {
    try {
      return own.port.resolve(own.at, words);
    } catch (InvalidPathException e) {
      throw new MalformedFileException(own.file, "a path cannot be one: " + e.getReason());
    } catch (PatternSyntaxException e) {
      throw new MalformedFileException(own.file, "sources: " + e.getDescription());
    }
  }

  private Port instead(Described own, Choice choice) throws IOException {
    return own.port.startsLike(choice.program)
        ? own.port.resolve(choice.name, own.port.engine(), own.at, choice.program, words)
        : foreign(choice);
  }

  private Port foreign(Choice choice) throws IOException {
    if (isDescriptor(choice.program)) {
      return resolve(described(choice.program)).named(choice.name);
    }
    return ports.stream()
        .filter(own -> own.port.startsLike(choice.program))
        .findFirst()
        .map(own -> own.port.resolve(choice.name, choice.name, own.at, choice.program, words))
        .orElseGet(() -> ownProgram(choice));
  }

  private static Port ownProgram(Choice choice) {
    String program = choice.program.toString();
    if (Descriptor.extension(choice.program).equals("jar")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      return new Port(choice.name, choice.name, List.of(java, "-jar", program));
    }
    if (!Files.isExecutable(choice.program)) {
      throw new ParityException(
          Code.USAGE,
          "--port %s=%s: give a .py, .nu or .jar file, an executable program, a port.yaml, or a folder with one"
              .formatted(choice.name, program));
    }
    return new Port(choice.name, choice.name, List.of(program));
  }

  /** True if {@code path} is a descriptor, or a folder for one. */
  private static boolean isDescriptor(Path path) {
    String extension = Descriptor.extension(path);
    return Files.isDirectory(path) || extension.equals("yaml") || extension.equals("yml");
  }

  private Described described(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? path.resolve(Descriptor.FILE) : path;
    if (!Files.isRegularFile(file)) {
      throw new ParityException(
          Code.USAGE,
          "there is no %s; a port is described by one (cases/FORMATS.md)".formatted(file));
    }
    Path at = file.toAbsolutePath().normalize().getParent();
    return new Described(
        portYaml.read(file, Descriptor.class).value(), at == null ? file : at, file);
  }
}

package torchparity.harness.port;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/**
 * The ports that the project ships, as {@code harness/ports.yaml} lists them.
 *
 * @param ports in the order of the file
 * @param reference name of the port that the others are compared with
 * @param noise name of the port that can put noise into matrix products; it is always the shipped
 *     one, whatever takes its place in a run
 */
public record PortsFile(List<Entry> ports, String reference, String noise) {
  private static final String PROGRAM = "{program}";

  public PortsFile {
    ports = List.copyOf(ports);
  }

  /**
   * One port, not yet resolved.
   *
   * @param program the file that makes the port what it is; another one can take its place
   * @param run program and arguments, with {@code {program}} for the file
   */
  public record Entry(String name, String engine, String program, List<String> run) {
    public Entry {
      run = List.copyOf(run);
    }
  }

  /**
   * Reads the file.
   *
   * @throws MalformedFileException if it is not as described
   */
  public static PortsFile read(Path file) throws IOException {
    try {
      return YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build()
          .readValue(file.toFile(), PortsFile.class);
    } catch (JsonProcessingException e) {
      throw new MalformedFileException(
          file, "line %d: %s".formatted(e.getLocation().getLineNr(), e.getOriginalMessage()));
    }
  }

  /**
   * The shipped ports and, in their place or after them, the ones that the user named.
   *
   * <p>A program with the extension of the shipped port whose place it takes is a variant of that
   * port: it is started like it and has its engine. Any other program has an engine of its own, so
   * that nothing is asked to agree with it bit by bit; it is started like the shipped port with its
   * extension, if there is one.
   */
  public List<Port> resolve(Path root, List<Choice> choices) {
    List<Port> resolved = new ArrayList<>();
    for (Entry entry : ports) {
      Optional<Choice> choice = choices.stream().filter(c -> c.name.equals(entry.name)).findFirst();
      resolved.add(
          choice.isEmpty()
              ? port(entry.name, entry.engine, entry, root.resolve(entry.program), root)
              : isLike(entry, choice.get().program)
                  ? port(entry.name, entry.engine, entry, choice.get().program, root)
                  : foreign(choice.get(), root));
    }
    for (Choice choice : choices) {
      if (ports.stream().noneMatch(entry -> entry.name.equals(choice.name))) {
        resolved.add(foreign(choice, root));
      }
    }
    return List.copyOf(resolved);
  }

  /** The shipped port that allowances are computed with. */
  public Port noisePort(Path root) {
    return resolve(root, List.of()).stream()
        .filter(p -> p.name().equals(noise))
        .findFirst()
        .map(p -> new Port("allowance", p.engine(), p.command()))
        .orElseThrow(
            () ->
                new ParityException(
                    Code.USAGE, "ports.yaml: noise: there is no port '%s'".formatted(noise)));
  }

  /** {@code --port NAME=PATH}: another program in a port's place, or another port. */
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

  private Port foreign(Choice choice, Path root) {
    boolean hasExtension = !extension(choice.program).isEmpty();
    return ports.stream()
        .filter(entry -> hasExtension && isLike(entry, choice.program))
        .findFirst()
        .map(entry -> port(choice.name, choice.name, entry, choice.program, root))
        .orElseGet(() -> ownProgram(choice));
  }

  private static boolean isLike(Entry entry, Path program) {
    return extension(Path.of(entry.program)).equals(extension(program));
  }

  private static Port ownProgram(Choice choice) {
    String program = choice.program.toString();
    if (extension(choice.program).equals("jar")) {
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      return new Port(choice.name, choice.name, List.of(java, "-jar", program));
    }
    if (!Files.isExecutable(choice.program)) {
      throw new ParityException(
          Code.USAGE,
          "--port %s=%s: give a .py, .nu or .jar file, or an executable program"
              .formatted(choice.name, program));
    }
    return new Port(choice.name, choice.name, List.of(program));
  }

  private static Port port(String name, String engine, Entry entry, Path program, Path root) {
    List<String> command = new ArrayList<>();
    for (String word : entry.run) {
      if (word.equals(PROGRAM)) {
        command.add(program.toString());
      } else {
        command.add(word.contains("/") ? existing(name, word, root) : word);
      }
    }
    if (!Files.exists(program)) {
      throw missing(name, program.toString());
    }
    return new Port(name, engine, command);
  }

  private static String existing(String port, String word, Path root) {
    int star = word.indexOf('*');
    if (star < 0) {
      Path path = root.resolve(word);
      if (!Files.exists(path)) {
        throw missing(port, word);
      }
      return path.toString();
    }
    Path start = root.resolve(word.substring(0, word.lastIndexOf('/', star)));
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + root.resolve(word));
    try (Stream<Path> below = Files.isDirectory(start) ? Files.walk(start, 4) : Stream.empty()) {
      return below
          .filter(matcher::matches)
          .sorted()
          .findFirst()
          .map(Path::toString)
          .orElseThrow(() -> missing(port, word));
    } catch (IOException e) {
      throw missing(port, word + " (" + e.getMessage() + ")");
    }
  }

  private static ParityException missing(String port, String what) {
    return new ParityException(
        Code.SET_UP_MISSING,
        "port '%s' needs %s, which is not there. Run ./parity set-up; ./parity doctor tells more."
            .formatted(port, what));
  }

  private static String extension(Path program) {
    String name = program.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

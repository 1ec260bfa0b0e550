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

  /** The shipped ports and, in their place or after them, the ones that the user named. */
  public List<Port> resolve(Path root, List<Choice> choices) {
    List<Port> resolved = new ArrayList<>();
    for (Entry entry : ports) {
      Path program =
          choices.stream()
              .filter(c -> c.name.equals(entry.name))
              .map(Choice::program)
              .findFirst()
              .orElse(root.resolve(entry.program));
      resolved.add(port(entry.name, entry, program, root));
    }
    for (Choice choice : choices) {
      if (ports.stream().noneMatch(entry -> entry.name.equals(choice.name))) {
        resolved.add(
            likeness(choice.program)
                .map(entry -> port(choice.name, entry, choice.program, root))
                .orElseGet(() -> ownProgram(choice)));
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
  public record Choice(String name, Path program) {}

  /** The shipped port whose program has the same extension. */
  private Optional<Entry> likeness(Path program) {
    String extension = extension(program.getFileName().toString());
    return extension.isEmpty()
        ? Optional.empty()
        : ports.stream().filter(e -> extension(e.program).equals(extension)).findFirst();
  }

  private static Port ownProgram(Choice choice) {
    String program = choice.program.toString();
    if (extension(program).equals("jar")) {
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

  private static Port port(String name, Entry entry, Path program, Path root) {
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
    return new Port(name, entry.engine, command);
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

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

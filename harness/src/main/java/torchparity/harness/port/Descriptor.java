package torchparity.harness.port;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/**
 * A port as its {@code port.yaml} describes it, not yet resolved; {@code harness/port.schema.json}
 * has the fields.
 */
record Descriptor(
    String name,
    String engine,
    @Nullable String program,
    List<String> command,
    String folder,
    Map<String, String> environment,
    List<String> sources,
    List<String> version,
    String build,
    Support supports,
    List<String> watch) {
  /** The file's name in a port's folder. */
  static final String FILE = "port.yaml";

  private static final int DEPTH = 8;
  private static final String PARENT = "../";
  private static final String PROGRAM = "{program}";

  Descriptor {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    sources = List.copyOf(sources);
    version = List.copyOf(version);
    watch = List.copyOf(watch);
  }

  /** Reads absent fields as their defaults. */
  @JsonCreator
  static Descriptor of(
      @JsonProperty("name") String name,
      @JsonProperty("engine") @Nullable String engine,
      @JsonProperty("program") @Nullable String program,
      @JsonProperty("command") List<String> command,
      @JsonProperty("folder") @Nullable String folder,
      @JsonProperty("environment") @Nullable Map<String, String> environment,
      @JsonProperty("sources") @Nullable List<String> sources,
      @JsonProperty("version") @Nullable List<String> version,
      @JsonProperty("build") @Nullable String build,
      @JsonProperty("supports") @Nullable Support supports,
      @JsonProperty("watch") @Nullable List<String> watch) {
    return new Descriptor(
        name,
        engine == null ? name : engine,
        program,
        command,
        folder == null ? "." : folder,
        environment == null ? Map.of() : environment,
        sources == null ? List.of() : sources,
        version == null ? List.of() : version,
        build == null ? "Run ./parity set-up; ./parity doctor tells more." : build,
        supports == null ? Support.DEFAULT : supports,
        watch == null ? List.of() : watch);
  }

  /** True if {@code other} has the file extension of this port's program. */
  boolean startsLike(Path other) {
    String extension = extension(other);
    return !extension.isEmpty() && program != null && extension(Path.of(program)).equals(extension);
  }

  /**
   * The port, with its own program.
   *
   * @param at the descriptor's folder
   * @throws ParityException if something that it needs is not there
   */
  Port resolve(Path at, Words words) {
    Path own = program == null ? null : at.resolve(program).normalize();
    return resolve(name, engine, at, own, at.resolve(folder).normalize(), words);
  }

  /** A port that starts {@code other} as this one starts its own program. */
  Port resolve(String named, String ofEngine, Path at, Path other, Words words) {
    return resolve(named, ofEngine, at, other, other.toAbsolutePath().getParent(), words);
  }

  private Port resolve(
      String named, String ofEngine, Path at, @Nullable Path file, @Nullable Path in, Words words) {
    if (file != null && !Files.exists(file)) {
      throw missing(named, file.toString());
    }
    return new Port(
        named,
        ofEngine,
        expanded(command, named, at, file, words),
        environment,
        new Port.Origin(
            in, sources(at, file), expanded(version, named, at, file, words), supports, watch));
  }

  private List<String> expanded(
      List<String> command, String named, Path at, @Nullable Path file, Words words) {
    List<String> expanded = new ArrayList<>();
    for (String word : command) {
      try {
        String put = words.expand(word);
        if (put.contains(PROGRAM)) {
          if (file == null) {
            throw new ParityException(
                Code.USAGE, "port '%s': {program} needs the field 'program'".formatted(named));
          }
          put = put.replace(PROGRAM, file.toString());
        }
        boolean relative = expanded.isEmpty() && put.contains("/") && !put.startsWith("/");
        expanded.add(relative ? existing(named, at.resolve(put).normalize()) : put);
      } catch (IOException e) {
        throw missing(named, String.valueOf(e.getMessage()));
      }
    }
    return expanded;
  }

  private String existing(String named, Path path) {
    if (!Files.exists(path)) {
      throw missing(named, path.toString());
    }
    return path.toString();
  }

  private ParityException missing(String named, String what) {
    return new ParityException(
        Code.SET_UP_MISSING,
        "port '%s' needs %s, which is not there. %s".formatted(named, what, build));
  }

  /** The files that {@code sources} match, and the program, in the order of their names. */
  private List<Path> sources(Path at, @Nullable Path file) {
    try {
      List<Path> files = new ArrayList<>();
      for (String pattern : sources) {
        files.addAll(matched(at, pattern));
      }
      return Stream.concat(files.stream(), Stream.ofNullable(file))
          .filter(Files::isRegularFile)
          .distinct()
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      return List.of();
    }
  }

  /** What matches {@code pattern}, which may begin with some {@code ../}. */
  private static List<Path> matched(Path at, String pattern) throws IOException {
    Path base = at;
    String rest = pattern;
    while (rest.startsWith(PARENT)) {
      base = base.resolve(PARENT).normalize();
      rest = rest.substring(PARENT.length());
    }
    Path from = base;
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
    int depth = rest.contains("**") ? DEPTH : Math.min(DEPTH, rest.split("/", -1).length);
    try (Stream<Path> below = Files.walk(from, depth)) {
      return below.filter(p -> matcher.matches(from.relativize(p))).toList();
    }
  }

  static String extension(Path program) {
    String name = String.valueOf(program.getFileName());
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}

package torchparity.harness.mutants;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;

/** Compiles a mutated JVM port, and writes the program that starts it before the engine's own. */
final class JvmBuild {
  private static final String LAUNCHER =
      """
      #!/bin/sh
      # A mutant of the JVM port: its classes stand before the engine's.
      engine='%s'
      PARITY_CLASSES='%s'
      set -- torchparity.engine.port.Main "$@"
      . "$engine/java.sh"
      """;

  private JvmBuild() {}

  /**
   * Leaves classes and {@code jvm_port} in {@code folder}.
   *
   * @throws MalformedFileException with the compiler's words if a source does not compile
   * @throws ParityException if this Java has no compiler
   */
  static void build(Path engine, List<Path> sources, Path folder) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new ParityException(
          ParityException.Code.SET_UP_MISSING,
          "mutants of the JVM port need a compiler; this Java (%s) has none. Use a JDK."
              .formatted(System.getProperty("java.home")));
    }
    Path classes = folder.resolve("classes");
    Files.createDirectories(classes);
    StringWriter problems = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, jars(engine));
      boolean compiled =
          compiler
              .getTask(
                  problems,
                  files,
                  null,
                  List.of("-g", "-proc:none", "-nowarn"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!compiled) {
        throw new MalformedFileException(folder, "it does not compile:\n" + problems);
      }
    }
    Path launcher = folder.resolve(Target.JVM.program());
    Files.writeString(launcher, LAUNCHER.formatted(quoted(engine), quoted(classes)));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static List<Path> jars(Path engine) throws IOException {
    try (Stream<Path> libraries = Files.list(engine.resolve("target/lib"))) {
      return Stream.concat(Stream.of(engine.resolve("target/engine.jar")), libraries)
          .filter(file -> file.toString().endsWith(".jar"))
          .toList();
    }
  }

  private static String quoted(Path path) {
    return path.toString().replace("'", "'\\''");
  }
}

package torchparity.harness.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import torchparity.engine.port.Main;

/** What the engine's numbers depend on: its code, libtorch, BLAS, the processor, its settings. */
public final class EngineIdentity {
  private static final List<String> SETTINGS =
      List.of("ATEN_CPU_CAPABILITY", "OPENBLAS_CORETYPE", "MKL_CBWR");

  private EngineIdentity() {}

  /** A hash over all of that. */
  public static String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      Path code = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      try (Stream<Path> files = Files.walk(code)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          digest.update(Files.readAllBytes(file));
        }
      }
      Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
          .map(entry -> Path.of(entry).getFileName())
          .map(String::valueOf)
          .filter(name -> name.matches("(pytorch|openblas|javacpp)-.*"))
          .sorted()
          .forEach(name -> digest.update(name.getBytes(StandardCharsets.UTF_8)));
      for (String part : environment()) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException | URISyntaxException e) {
      throw new IllegalStateException("every Java platform has SHA-256 and file URIs", e);
    }
  }

  private static List<String> environment() throws IOException {
    Map<String, String> settings = System.getenv();
    Path cpu = Path.of("/proc/cpuinfo");
    Stream<String> processor =
        Files.isReadable(cpu)
            ? Files.readAllLines(cpu).stream()
                .filter(line -> line.startsWith("model name") || line.startsWith("flags"))
                .distinct()
            : Stream.of(System.getProperty("os.arch"));
    return Stream.concat(
            processor, SETTINGS.stream().map(name -> name + settings.getOrDefault(name, "")))
        .toList();
  }
}

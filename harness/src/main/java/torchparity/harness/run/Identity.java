package torchparity.harness.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import torchparity.harness.port.Port;

/** What a port's descriptor tells about its version: a hash over its sources, a command's word. */
public final class Identity {
  private static final int SECONDS = 20;

  private Identity() {}

  /** Provenance that its traces get where they do not say it themselves. */
  static Map<String, String> of(Port port) throws InterruptedException {
    Map<String, String> identity = new LinkedHashMap<>();
    String version = version(port);
    if (!version.isEmpty()) {
      identity.put("version", version);
    }
    if (!port.origin().sources().isEmpty()) {
      try {
        identity.put("sources_sha256", sha256(port.origin().sources()));
      } catch (IOException e) {
        identity.put("sources_sha256", "unknown: " + e.getMessage());
      }
    }
    return identity;
  }

  /** The first line that the port's version command prints; empty if it has none. */
  public static String version(Port port) throws InterruptedException {
    if (port.origin().version().isEmpty()) {
      return "";
    }
    ProcessBuilder builder = new ProcessBuilder(port.origin().version()).redirectErrorStream(true);
    Path folder = port.origin().folder();
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    try {
      Path out = Files.createTempFile("parity-version", ".txt");
      Process process = builder.redirectOutput(out.toFile()).start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(out, StandardCharsets.ISO_8859_1);
      Files.delete(out);
      return ended && process.exitValue() == 0
          ? said.lines().findFirst().orElse("").strip()
          : "unknown: its version command failed";
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  /** A hash over the contents of {@code files}, in the order of their names. */
  public static String sha256(List<Path> files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.stream().sorted().toList()) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

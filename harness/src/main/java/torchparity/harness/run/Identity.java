package torchparity.harness.run;

import java.io.IOException;
import java.io.InputStream;
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
import torchparity.cases.PlainText;
import torchparity.harness.port.Port;

/** What a port's descriptor tells about its version: a hash over its sources, a command's word. */
public final class Identity {
  private static final int MOST_SECONDS = 10;
  private static final int MOST_BYTES = 200;
  private static final long POLL_MILLIS = 20;

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
    try {
      Path temporary = Files.createTempDirectory("parity-version");
      try {
        return said(port, temporary);
      } finally {
        Folders.delete(temporary);
      }
    } catch (IOException e) {
      return "unknown: " + e.getMessage();
    }
  }

  /**
   * Runs the command as the port itself would be run: with its variables, and to its last child.
   */
  private static String said(Port port, Path temporary) throws IOException, InterruptedException {
    ProcessTree tree = new ProcessTree();
    Map<String, String> environment = PortEnvironment.of(System.getenv(), port, 1, temporary);
    ProcessBuilder builder =
        Supervised.builder(tree.value(), port.origin().version(), environment)
            .redirectErrorStream(true);
    Path folder = port.origin().folder();
    if (folder != null) {
      builder.directory(folder.toFile());
    }
    Path log = temporary.resolve("version.txt");
    Process process = builder.start();
    boolean ended;
    try (Printed printed = new Printed(process, log)) {
      try {
        ended = ended(process);
      } finally {
        tree.end(process);
      }
    } finally {
      process.destroyForcibly(); // closes the pipes
    }
    return ended && process.exitValue() == 0
        ? firstLine(log)
        : "unknown: its version command failed";
  }

  /** True if the process ends by itself, soon and before the user ends the run. */
  private static boolean ended(Process process) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    boolean ended = false;
    while (!ended && !Interruption.isRequested() && System.nanoTime() < deadline) {
      ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return ended;
  }

  private static String firstLine(Path log) throws IOException {
    try (InputStream in = Files.newInputStream(log)) {
      String start = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
      return PlainText.line(start.lines().findFirst().orElse("")).strip();
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

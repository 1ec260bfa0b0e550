package torchparity.harness.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One row of FAULTS.md, run: the command line in this process, the ports as real ones. */
final class FaultRun {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final Path FAULTS = ROOT.resolve("harness/src/test/resources/faults");

  private static final List<String> WITH_OP_LOG =
      List.of("broken_op_log", "pipe_for_op_values", "hangs_when_logged");

  private final String fault;
  private final Path folder;
  private final Path files;
  private final String mark = "fault-" + UUID.randomUUID();
  private final StringWriter text = new StringWriter();

  /**
   * A run.
   *
   * @param fault the first cell of the row
   * @param folder for ports and results; made
   */
  FaultRun(String fault, Path folder) throws IOException {
    this.fault = fault;
    this.folder = Files.createDirectories(folder);
    this.files = folder.resolve("run");
  }

  /** What became of it. */
  record Ended(int exitCode, String text, Path files, double seconds, List<String> alive) {
    /** The verdict of {@code candidate} beside {@code reference}. */
    String verdict(String candidate, String reference) throws IOException {
      for (JsonNode c : result().get("comparisons")) {
        if (c.get("candidate").asText().equals(candidate)
            && c.get("reference").asText().equals(reference)) {
          return c.get("verdict").asText();
        }
      }
      throw new AssertionError("no comparison of " + candidate);
    }

    JsonNode result() throws IOException {
      return new ObjectMapper().readTree(files.resolve("result.json").toFile());
    }

    /** Files that no run may leave. */
    List<String> leftovers() throws IOException {
      try (Stream<Path> all = Files.exists(files) ? Files.walk(files) : Stream.empty()) {
        return all.map(f -> f.getFileName().toString())
            .filter(f -> f.equals("tmp") || f.endsWith(".partial"))
            .toList();
      }
    }
  }

  Ended run() throws Exception {
    if (!fault.equals("two at once")) {
      return alone();
    }
    FutureTask<Ended> other =
        new FutureTask<>(new FaultRun("leaves_children", folder.resolve("other"))::alone);
    new Thread(other).start();
    Ended ended = alone();
    return other.get().exitCode() == 0 ? ended : other.get();
  }

  private Ended alone() throws Exception {
    long start = System.nanoTime();
    Path root = fault.equals("shipped port missing") ? bareRoot() : ROOT;
    PrintWriter writer = new PrintWriter(text, true);
    int code =
        Parity.commandLine(Workplace.of(root, root))
            .setOut(writer)
            .setErr(writer)
            .execute(arguments().toArray(String[]::new));
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Ended(code, text.toString(), files, seconds, alive());
  }

  private List<String> arguments() throws IOException {
    List<String> all =
        new ArrayList<>(List.of("run", "--case", "data-blobs", "--dtype", "float32"));
    all.addAll(List.of("--tier", "exact", "--no-report", "--quiet"));
    all.addAll(WITH_OP_LOG.contains(fault) ? List.of() : List.of("--no-explain"));
    all.addAll(List.of("--out", files.toString()));
    switch (fault) {
      case "shipped port missing" -> {
        return all;
      }
      case "no_such_file" -> all.addAll(List.of("--port", fault + "=" + folder.resolve(fault)));
      case "not_executable" -> all.addAll(List.of("--port", fault + "=" + ROOT.resolve("pom.xml")));
      case "unsteady", "second_run_aborts" -> {
        with(all, fault, fault, "honest", "steady");
        all.add("--check-reference");
      }
      case "aborts as reference" -> with(all, "aborts", "aborts", "honest", "steady");
      case "two at once" -> with(all, "honest", "honest", "steady", "leaves_children");
      default -> with(all, "honest", "honest", "steady", fault);
    }
    if (isTimed()) {
      all.addAll(List.of("--timeout", "4"));
    }
    return all;
  }

  /** Whether the port is ended by its timeout. */
  private boolean isTimed() {
    return fault.matches("(hangs|stops)_.*|hangs|floods_events");
  }

  private void with(List<String> all, String reference, String... ports) throws IOException {
    all.addAll(List.of("--reference", reference, "--ports", String.join(",", ports)));
    for (String port : ports) {
      all.addAll(List.of("--port", port + "=" + program(port)));
      all.addAll(List.of("--env", port + ":FAULT_MARK=" + mark));
      if ("full".equals(System.getenv("FAULTS"))) {
        all.addAll(List.of("--env", port + ":FAULTS=full"));
      }
    }
  }

  private Path program(String port) throws IOException {
    boolean own = Files.exists(FAULTS.resolve(port));
    Path program = folder.resolve(own ? port : port + ".py");
    if (!Files.exists(program)) {
      Files.copy(FAULTS.resolve(own ? port : "faulty.py"), program);
      program.toFile().setExecutable(true);
    }
    return program;
  }

  /** A checkout in which nothing was set up. */
  private Path bareRoot() throws IOException {
    Path root = folder.resolve("bare");
    for (String file :
        List.of(
            "parity.yaml",
            "python/port.yaml",
            "nu/port.yaml",
            "engine/port.yaml",
            "harness/parity.schema.json",
            "harness/port.schema.json",
            "cases/case.schema.json",
            "cases/data-blobs.yaml")) {
      Files.createDirectories(root.resolve(file).resolveSibling("."));
      Files.copy(ROOT.resolve(file), root.resolve(file));
    }
    return root;
  }

  /** Processes of this run that are still there, a moment after its end. */
  private List<String> alive() throws InterruptedException {
    List<String> alive = marked();
    for (int i = 0; i < 50 && !alive.isEmpty(); i++) {
      TimeUnit.MILLISECONDS.sleep(20); // a killed process needs a moment
      alive = marked();
    }
    return alive;
  }

  private List<String> marked() {
    return ProcessHandle.allProcesses()
        .filter(p -> environment(p.pid()).contains("FAULT_MARK=" + mark))
        .map(p -> p.info().commandLine().orElse(String.valueOf(p.pid())))
        .toList();
  }

  private static String environment(long pid) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "environ"));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}

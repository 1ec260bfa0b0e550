package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.Trace;
import torchparity.harness.report.HostileRun;
import torchparity.harness.report.ResultFile;
import torchparity.harness.run.Folders;

/** Sentences of SECURITY.md about runs that came from elsewhere. */
class StrangersRunTest {
  private static final Path ROOT = Path.of(System.getProperty("parity.root"));
  private static final String INSTANCE = "a-case.seed-1.float64";
  private static final String CODE = "\u001b[31mRED";
  private static final String SECRET = "for nobody else";

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();
  private Path run;
  private Path secret;

  @BeforeEach
  void getARun() throws IOException {
    run = folder.resolve("run");
    HostileRun.write(run);
    secret = Files.writeString(folder.resolve("secret.txt"), SECRET + "\n");
  }

  @Test
  void showsNoFileThatALinkLeadsTo() throws IOException {
    Path log = run.resolve("mine/log.txt");
    Files.delete(log);
    Files.createSymbolicLink(log, secret);

    assertThat(parity("report", run.toString())).isZero();

    assertThat(page().contains(SECRET)).as("the page shows it").isFalse();
  }

  @Test
  void showsNothingOfAFolderThatALinkLeadsTo() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.move(secret, elsewhere.resolve("log.txt"));
    new Trace(INSTANCE, Map.of("loss", HostTensor.ofDoubles(List.of(2L), 7, 8)), Map.of())
        .write(elsewhere.resolve(INSTANCE));
    Folders.delete(run.resolve("mine"));
    Files.createSymbolicLink(run.resolve("mine"), elsewhere);

    assertThat(parity("report", "--plot", run.toString())).isZero();

    assertThat(page().contains(SECRET)).as("the page shows it").isFalse();
    assertThat(said.toString()).doesNotContain("loss: ");
  }

  @Test
  void readsNoResultThatALinkLeadsTo() throws IOException {
    Path result = run.resolve(ResultFile.NAME);
    Path moved = Files.move(result, folder.resolve("moved.json"));
    Files.createSymbolicLink(result, moved);

    for (String command : List.of("report", "explain", "shrink")) {
      assertThat(parity(command, run.toString())).as(command).isEqualTo(2);
    }
    assertThat(parity("diff", run.toString(), run.toString())).isEqualTo(2);

    assertThat(said.toString().lines())
        .hasSize(4)
        .allMatch(line -> line.endsWith("result.json: is no regular file"));
  }

  @Test
  void savesInABaselineNothingThatALinkLeadsTo() throws IOException {
    Path trace = run.resolve("mine").resolve(INSTANCE);
    Files.createSymbolicLink(trace.resolve("notes.txt"), secret);
    Files.createSymbolicLink(trace.resolve("extra.safetensors"), secret);
    Files.writeString(trace.resolve("ops.jsonl"), "no part of a trace");
    Path elsewhere = folder.resolve("elsewhere");
    new Trace(INSTANCE, Map.of("loss", HostTensor.ofDoubles(List.of(2L), 7, 8)), Map.of())
        .write(elsewhere);
    Files.createSymbolicLink(run.resolve("mine/linked"), elsewhere);

    assertThat(parity("baseline", "save", "ours", "--run", run + "/mine")).isZero();

    assertThat(names(folder.resolve("baselines"))).containsExactly("ours");
    assertThat(names(folder.resolve("baselines/ours"))).containsExactly(INSTANCE);
    assertThat(names(folder.resolve("baselines/ours").resolve(INSTANCE)))
        .containsExactlyInAnyOrder(
            "trace.json",
            "probes.jsonl",
            "points.safetensors",
            "labels.safetensors",
            "loss.safetensors",
            "xs.safetensors",
            "ys.safetensors",
            "z.safetensors");
    assertThat(parity("baseline", "check", "ours", "--run", run + "/mine")).isZero();
  }

  @Test
  void readsNoTraceThatTakesMoreMemoryThanThereIs() throws IOException {
    byte[] header =
        "{\"loss\": {\"dtype\": \"F32\", \"shape\": [500000000], \"data_offsets\": [0, 2000000000]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length).put(header).flip();
    Path tensor = run.resolve("mine").resolve(INSTANCE).resolve("loss.safetensors");
    try (FileChannel file = FileChannel.open(tensor, StandardOpenOption.WRITE)) {
      file.write(start);
      file.write(ByteBuffer.allocate(1), start.capacity() + 2_000_000_000L - 1); // a hole before it
    }

    assertThat(parity("baseline", "save", "ours", "--run", run + "/mine")).isEqualTo(2);
    assertThat(said.toString()).contains("takes more memory than there is: 2000");
    assertThat(parity("report", run.toString())).isZero();
    assertThat(folder.resolve("baselines/ours")).doesNotExist();
  }

  @Test
  void keepsTheOldBaselineIfATraceHoldsALink() throws IOException {
    assertThat(parity("baseline", "save", "ours", "--run", run + "/mine")).isZero();
    Path tensor = run.resolve("mine").resolve(INSTANCE).resolve("loss.safetensors");
    Path moved = Files.move(tensor, folder.resolve("loss.safetensors"));
    Files.createSymbolicLink(tensor, moved);

    assertThat(parity("baseline", "save", "ours", "--run", run + "/mine")).isEqualTo(2);

    assertThat(said.toString()).contains("loss.safetensors: is no regular file");
    assertThat(names(folder.resolve("baselines"))).containsExactly("ours");
    assertThat(folder.resolve("baselines/ours").resolve(INSTANCE).resolve("loss.safetensors"))
        .exists();
  }

  @Test
  void steersNoTerminal() throws IOException {
    Path other = folder.resolve("other");
    HostileRun.write(other);
    Path result = other.resolve(ResultFile.NAME);
    Files.writeString(result, Files.readString(result).replace("\"bin/run\"", "\"bin/other\""));
    Path traces = folder.resolve("traces");
    new Trace(INSTANCE, Map.of("loss", HostTensor.ofDoubles(List.of(2L), 7, 8)), Map.of())
        .write(traces.resolve("a" + CODE));
    Path tensor = folder.resolve("tensor.safetensors");
    byte[] header =
        "{\"x\":{\"dtype\":\"\\u001b[31mRED\",\"shape\":[0],\"data_offsets\":[0,0]}}"
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(tensor, bytes.putLong(header.length).put(header).array());
    Path broken = Files.createDirectory(folder.resolve("broken"));
    Files.writeString(broken.resolve(ResultFile.NAME), "{\"format\": \"\\u001b[31mRED\"}");

    for (String[] words :
        new String[][] {
          {"report", "--plot", run.toString()},
          {"explain", run.toString()},
          {"diff", run.toString(), other.toString()},
          {"compare", traces.toString(), Files.createDirectory(folder.resolve("no")).toString()},
          {"compare", tensor.toString(), tensor.toString()},
          {"report", broken.toString()},
          {"report", "no" + CODE}
        }) {
      said.getBuffer().setLength(0);
      parity(words);
      assertThat(said.toString())
          .as(String.join(" ", words).replace("\u001b", ""))
          .contains("[31m")
          .doesNotContainPattern("[\\p{Cntrl}&&[^\\n]]|[\\u0080-\\u009f]");
    }
  }

  /** Somebody who is not the system's owner owns the run; anybody else has the root folder. */
  @Test
  void takesUpNoRunOfSomebodyElse() throws IOException {
    Path marker = folder.resolve("started");
    Path program = folder.resolve("evil.py");
    Files.writeString(program, "open(%r, 'w')".replace("%r", "'" + marker + "'"));
    Files.writeString(
        run.resolve("run.json"),
        """
        {"format": "torch-parity-run/1",
         "arguments": ["--case", "data-blobs", "--port", "mine=%s", "--ports", "mine,mine"]}
        """
            .formatted(program));
    boolean root = Files.getOwner(run).getName().equals("root");
    if (root) {
      Files.setOwner(
          run, run.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
      assertThat(parity("shrink", run.toString())).isEqualTo(2);
      assertThat(said.toString()).contains("belongs to nobody");
    }

    assertThat(parity("run", "--resume", root ? run.toString() : "/")).isEqualTo(2);

    assertThat(said.toString()).contains("belongs to", "--resume");
    assertThat(marker).doesNotExist();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  private String page() throws IOException {
    return Files.readString(run.resolve("report.html"));
  }

  private int parity(String... words) {
    PrintWriter writer = new PrintWriter(said, true);
    return Parity.commandLine(new Workplace(ROOT, folder))
        .setOut(writer)
        .setErr(writer)
        .execute(words);
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** Ports that know no torch and cannot draw: plain loops, started from given tensors. */
class ForeignPortTest {
  private static final Path EXAMPLE = ParityProcess.ROOT.resolve("cases/examples/javascript");

  @TempDir Path folder;
  private ParityProcess parity;

  @BeforeEach
  void startFresh() {
    parity = new ParityProcess(folder);
  }

  @Test
  void agreesInEveryStageThatItKnows() throws Exception {
    Ended run = run("js", EXAMPLE, "forward-pass,sgd-training");

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(verdicts(run, "js")).hasSize(6).containsOnly("MATCH");
    assertThat(run.out()).contains("only from inputs, as it cannot draw them");
    JsonNode js = port(run);
    assertThat(js.get("provenance").get("version").asText()).matches("v[0-9]+[.].*");
    assertThat(js.get("provenance").get("sources_sha256").asText()).matches("[0-9a-f]{64}");
  }

  @Test
  @Tag("slow")
  void agreesInCppWhereThereIsACompiler() throws Exception {
    Path cpp = Files.createDirectory(folder.resolve("cpp"));
    for (String file : List.of("port.cpp", "recorder.hpp", "port.yaml")) {
      Files.copy(ParityProcess.ROOT.resolve("cases/examples/cpp").resolve(file), cpp.resolve(file));
    }
    assumeThat(compiled(cpp)).as("g++ is there, or the port in C++ is not tested").isTrue();

    Ended run = run("cpp", cpp, "forward-pass,sgd-training");
    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(verdicts(run, "cpp")).hasSize(4).containsOnly("MATCH");

    Ended blobs = fromDraws("cpp", cpp);
    assertThat(blobs.exitCode()).as(blobs.out()).isZero();
    assertThat(verdicts(blobs, "cpp")).hasSize(2).containsOnly("MATCH");
  }

  @Test
  void makesBlobsFromGivenDraws() throws Exception {
    Ended run = fromDraws("js", EXAMPLE);

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(verdicts(run, "js")).hasSize(2).containsOnly("MATCH");
  }

  @Test
  void isCaughtWithASkewAboutTheOrigin() throws Exception {
    Ended run = fromDraws("js", broken("port.mjs", "+ c) - c)", "+ c))"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("data.X: ").doesNotContain("data.draws: ");
  }

  /** False where there is no g++; a port that does not compile is a failure. */
  private boolean compiled(Path source) throws Exception {
    Path log = folder.resolve("g++.txt");
    Process compiler;
    try {
      compiler =
          new ProcessBuilder(
                  "g++", "-std=c++17", "-O1", "-Wall", "-Werror", "-o", "port", "port.cpp")
              .directory(source.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return false;
    }
    assertThat(compiler.waitFor()).as(Files.readString(log)).isZero();
    return true;
  }

  @Test
  void isCaughtWithALeakyActivation() throws Exception {
    Path leaky = broken("network.mjs", "Math.max(0, v)", "Math.max(0.001 * v, v)");
    Ended run = run("js", leaky, "forward-pass");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("forward.hidden");
  }

  /** A copy of the port in JavaScript with one text replaced. */
  private Path broken(String file, String right, String wrong) throws IOException {
    Path broken = Files.createDirectory(folder.resolve("broken"));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(EXAMPLE)) {
      for (Path original : files) {
        Files.copy(original, broken.resolve(original.getFileName()));
      }
    }
    String text = Files.readString(broken.resolve(file));
    assertThat(text).contains(right);
    Files.writeString(broken.resolve(file), text.replace(right, wrong));
    return broken;
  }

  private Ended run(String name, Path port, String cases) throws Exception {
    return parity.run(
        "--case=" + cases,
        "--tier=float32,float64",
        "--epochs=5",
        "--isolate",
        "--no-explain",
        "--ports=python," + name,
        "--port=" + port);
  }

  /** Of the project whose draws are a probe. */
  private Ended fromDraws(String name, Path port) throws Exception {
    Path project = ParityProcess.ROOT.resolve("cases/examples/draws");
    return new ParityProcess(Files.createTempDirectory(folder, "draws"), project)
        .run(
            "--tier=float32,float64",
            "--isolate",
            "--no-explain",
            "--ports=python," + name,
            "--port=" + port);
  }

  private static JsonNode port(Ended run) throws IOException {
    for (JsonNode port : run.result().get("ports")) {
      if (port.get("name").asText().equals("js")) {
        return port;
      }
    }
    throw new AssertionError("there is no port js in the result");
  }

  /** Of the comparisons that were made. */
  private static List<String> verdicts(Ended run, String port) throws IOException {
    List<String> verdicts = new ArrayList<>();
    for (JsonNode comparison : run.comparisons(port, "python")) {
      if (!comparison.get("verdict").asText().equals("NOT_RUN")) {
        verdicts.add(comparison.get("verdict").asText());
      }
    }
    return verdicts;
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;
import torchparity.harness.run.InAndOut;

/** The main job with three real runtimes and few epochs. */
class RunTest {
  @TempDir Path folder;
  private ParityProcess parity;

  @BeforeEach
  void startFresh() {
    parity = new ParityProcess(folder);
  }

  @Test
  void agreesInEveryBitWithoutBlas() throws Exception {
    Ended run =
        parity.run(
            "--case", "sgd-training,decision-grid", "--tier", "exact", "--exact-epochs", "200");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.result().get("comparisons")).hasSize(12);
    for (JsonNode exact : run.result().get("comparisons")) {
      assertThat(exact.get("tier").asText()).isEqualTo("exact");
      assertThat(exact.get("probes"))
          .isNotEmpty()
          .allMatch(p -> p.get("text").asText().equals("identical"));
    }
  }

  @Test
  void namesTheHistoricalBug() throws Exception {
    Path variant = ParityProcess.ROOT.resolve("nu/variants/skew_about_origin.nu");

    Ended run =
        parity.run(
            "--case",
            "sgd-training",
            "--dtype",
            "float32",
            "--tier",
            "float32",
            "--epochs",
            "5",
            "--port",
            "nu=" + variant);

    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode wrong = run.comparisons("nu", "python").get(0);
    assertThat(wrong.get("root").asText()).isEqualTo("data.X");
    JsonNode rows = wrong.get("probes").get(0).get("rows");
    assertThat(rows.get("first").asInt()).isEqualTo(200);
    assertThat(rows.get("last").asInt()).isEqualTo(299);
    assertThat(run.out())
        .contains("rows 200..299 only; all by (0.75, 0.45)")
        .contains("downstream of it: grad.w1")
        .contains(
            "again: ./parity run --case sgd-training --seeds 42 --dtype float32 --tier float32");
    JsonNode diagnosis = run.result().get("diagnoses").get(0);
    assertThat(diagnosis.get("status").asText()).as(run.out()).isEqualTo("CONFIRMED");
    assertThat(diagnosis.get("cause").asText()).isEqualTo("wrong-centre");
    JsonNode first = diagnosis.get("first");
    assertThat(first.get("reference").get("op").asText()).isEqualTo("sub");
    assertThat(first.get("reference").get("file").asText()).isEqualTo("blobs.py");
    assertThat(first.get("candidate").get("file").asText()).isEqualTo("skew_about_origin.nu");
    int line = first.get("candidate").get("line").asInt();
    assertThat(Files.readAllLines(variant).get(line - 1)).contains("torch mm $points $skew_matrix");
    assertThat(run.out()).contains("c(S - I) = (0.75, 0.45)").contains("gives nu in every bit");
    assertThat(run.comparisons("jvm", "python").get(0).get("verdict").asText()).isEqualTo("MATCH");

    Ended explained = parity.execute(run.files(), List.of("explain", run.files().toString()));
    assertThat(explained.exitCode()).as(explained.err()).isZero();
    assertThat(explained.out())
        .contains("nu / python, sgd-training.seed-42.float32", "cause: ", "(wrong-centre)")
        .containsPattern("mm.*skew_about_origin.nu:" + line);
    Ended tested =
        parity.execute(
            run.files(),
            List.of("explain", run.files().toString(), "--test", "dtype-promotion", "--json"));
    JsonNode tried = new ObjectMapper().readTree(tested.out()).get(0).at("/findings/0/tried");
    assertThat(tried).hasSize(1);
    assertThat(tried.get(0).get("complete").asBoolean()).isFalse();
    assertThat(tried.get(0).get("residual").asDouble()).isGreaterThan(0.99);
  }

  @Test
  @Tag("slow")
  void tellsWhichStagesAreRightByThemselves() throws Exception {
    Path variant = ParityProcess.ROOT.resolve("nu/variants/skew_about_origin.nu");

    Ended run =
        parity.run(
            "--case=data-blobs,forward-pass",
            "--dtype=float32",
            "--tier=float32",
            "--isolate",
            "--no-explain",
            "--port=nu=" + variant);

    assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
    assertThat(run.out())
        .contains("nu / python, each stage by itself: wrong is data-blobs; right are forward-pass")
        .contains("jvm / python, each stage by itself: all right");
  }

  @Test
  void runsTheJvmPortInItsOwnProcessOnRequest() throws Exception {
    Ended run =
        parity.run("--case", "forward-pass", "--ports", "python,jvm", "--in-process", "--json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("{").contains("\"parity\" : true");
    assertThat(run.err()).contains("PARITY");
  }

  @Test
  @Tag("fast")
  void takesAnotherReferenceAndOneMorePort() throws Exception {
    Ended run =
        parity.run(
            "--case",
            "data-blobs",
            "--ports",
            "python,nu,jvm,again",
            "--reference",
            "jvm",
            "--port",
            "again=" + ParityProcess.ROOT.resolve("engine/jvm_port"));

    assertThat(run.exitCode()).as(run.err()).isZero();
    for (String other : List.of("python", "nu", "again")) {
      assertThat(run.comparisons(other, "jvm")).as(other).hasSize(4);
    }
  }

  @Test
  void startsNoMorePortsThanThereAreCoresInBothPhasesTogether() throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    Path said = folder.resolve("said");
    List<String> options = new ArrayList<>(List.of("--case=sgd-training", "--dtype=float32"));
    options.addAll(List.of("--tier=float32", "--epochs=2", "--reference=port-0", "--no-explain"));
    List<String> ports = IntStream.rangeClosed(0, cores).mapToObj(i -> "port-" + i).toList();
    options.add("--ports=" + String.join(",", ports));
    for (String port : ports) {
      options.add(
          "--port=%s=%s/harness/src/test/resources/ports/in_and_out"
              .formatted(port, ParityProcess.ROOT));
      options.addAll(List.of("--env=" + port + ":PARITY_ROOT", "--env=" + port + ":SAID=" + said));
    }

    Ended run = parity.run(options.toArray(String[]::new));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(Files.readAllLines(said)).hasSize(4 * ports.size());
    assertThat(InAndOut.most(said)).isEqualTo(cores);
  }

  @Test
  void explainsAnUnknownCaseAndPort() throws Exception {
    Ended noCase = parity.run("--case", "nope");
    Ended noPort = parity.run("--ports", "ruby");
    Ended noFile = parity.run("--port", "nu=nowhere.nu");
    Ended noSeed = parity.run("--seeds", "9..0");

    assertThat(List.of(noCase, noPort, noFile, noSeed))
        .allMatch(ended -> ended.exitCode() == 2)
        .noneMatch(ended -> ended.err().contains("\tat "));
    assertThat(noCase.err()).contains("there is no case 'nope'. There are: cross-entropy");
    assertThat(noPort.err()).contains("there is no port 'ruby'");
    assertThat(noFile.err()).contains("there is no such file");
    assertThat(noSeed.err()).contains("must run upwards");
  }
}

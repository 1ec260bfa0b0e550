package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** Ports that end badly, all in one run: each is told apart, and none spoils another's result. */
class PortEndingsTest {
  @TempDir Path folder;

  @Test
  void tellsApartHowPortsEndBadly() throws Exception {
    Ended run =
        run(
            List.of(
                "honest",
                "steady",
                "exits_7",
                "hangs",
                "bytes_in_log",
                "bytes_in_events",
                "bytes_in_trace",
                "wrong_instance"),
            "--timeout",
            "8");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(3);
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(verdict(run, "steady")).isEqualTo("MATCH");
    assertThat(problem(run, "steady")).isEmpty();
    assertThat(problem(run, "exits_7")).contains("exit code 7 after its last instance");
    assertThat(problem(run, "hangs")).contains("longer than 8 s after its last instance");
    assertThat(verdict(run, "bytes_in_log")).isEqualTo("FAILED");
    assertThat(reason(run, "bytes_in_log"))
        .contains("signal 11 in this instance")
        .contains("last \uFFFD\uFFFD words")
        .hasSizeLessThan(6000);
    assertThat(reason(run, "bytes_in_events")).contains("wrote an event that cannot be read");
    assertThat(reason(run, "bytes_in_trace")).contains("trace.json: is not UTF-8");
    assertThat(reason(run, "wrong_instance")).contains("trace.json is of instance 'another'");
    assertThat(run.out())
        .contains("exit code 7 after its last instance")
        .contains(
            "failed: exits_7, hangs, bytes_in_log, bytes_in_events, bytes_in_trace, wrong_instance");
  }

  @Test
  void endsWhatAPortLeavesBehind() throws Exception {
    Ended run = run(List.of("honest", "orphans", "late_orphan"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(ProcessHandle.allProcesses())
        .noneMatch(p -> p.info().commandLine().orElse("").contains("sleep 300.25"));
  }

  @Test
  void doesNotPassAPortThatNothingWasComparedOf() throws Exception {
    Ended run = run(List.of("honest", "steady", "knows_nothing"));

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(1);
    assertThat(run.out())
        .contains("not run: knows_nothing: no scenario")
        .contains("NO PARITY")
        .contains("nothing was compared of knows_nothing");
  }

  private Ended run(List<String> troubles, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--case", "data-blobs", "--dtype", "float32"));
    Collections.addAll(all, "--tier", "float32", "--no-explain", "--reference", "honest");
    Collections.addAll(all, "--ports", String.join(",", troubles));
    for (String trouble : troubles) {
      Path program = folder.resolve(trouble + ".py");
      Files.copy(ParityProcess.ROOT.resolve("harness/src/test/resources/ports/fake.py"), program);
      Collections.addAll(all, "--port", trouble + "=" + program);
    }
    Collections.addAll(all, options);
    return new ParityProcess(folder).run(all.toArray(String[]::new));
  }

  private static String verdict(Ended run, String port) throws Exception {
    return run.comparisons(port, "honest").get(0).get("verdict").asText();
  }

  private static String reason(Ended run, String port) throws Exception {
    return run.comparisons(port, "honest").get(0).path("reason").asText();
  }

  private static String problem(Ended run, String port) throws Exception {
    JsonNode ports = run.result().get("ports");
    return StreamSupport.stream(ports.spliterator(), false)
        .filter(p -> p.get("name").asText().equals(port))
        .findFirst()
        .orElseThrow()
        .path("problem")
        .asText();
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.harness.endtoend.ParityProcess.Ended;

/** A run that is ended from outside, with one port that hangs the first time. */
class InterruptionTest {
  @TempDir Path folder;
  private HangingRun hanging;

  @BeforeEach
  void newRun() {
    hanging = new HangingRun(folder);
  }

  @ParameterizedTest
  @Tag("fast")
  @CsvSource({"INT, 130", "TERM, 143"})
  void reportsWhatIsFinishedAndGoesOnLater(String signal, int exitCode) throws Exception {
    Path files = folder.resolve("run");
    Process run = hanging.start(files);
    hanging.untilItHangs(run);

    HangingRun.signal(run, signal);

    assertThat(hanging.endsWithin(5)).as("ports end").isTrue();
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(hanging.printed()).isEqualTo(exitCode);
    assertThat(hanging.printed()).contains("INTERRUPTED").contains("go on: ./parity run --resume");
    JsonNode part = HangingRun.result(files);
    assertThat(part.get("exitCode").asInt()).isEqualTo(exitCode);
    assertThat(part.get("parity").asBoolean()).isFalse();
    assertThat(verdicts(part)).containsExactlyInAnyOrder("MATCH", "NOT_RUN");

    Ended resumed = hanging.resume(files);

    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
    Path fresh = folder.resolve("fresh");
    Ended whole = new ParityProcess(folder).execute(fresh, hanging.arguments(fresh));
    assertThat(whole.exitCode()).isZero();
    assertThat(HangingRun.withoutTimes(files)).isEqualTo(HangingRun.withoutTimes(fresh));
    String job = Files.readString(files.resolve("honest/job.json"));
    assertThat(job).contains("data-blobs.seed-42.float32.exact");
    assertThat(HangingRun.lines(files.resolve("honest/events.jsonl"))).as("run once").hasSize(2);
    assertThat(HangingRun.lines(files.resolve("hangs_once/events.jsonl"))).hasSize(3);
  }

  @Test
  @Tag("fast")
  void endsPortsWhenTheHarnessIsKilled() throws Exception {
    Process run = hanging.start(folder.resolve("run"));
    hanging.untilItHangs(run);

    run.destroyForcibly();

    assertThat(hanging.endsWithin(10)).as("ports end").isTrue();
    Ended resumed = hanging.resume(folder.resolve("run"));
    assertThat(resumed.exitCode()).as(resumed.out() + resumed.err()).isZero();
  }

  @Test
  @Tag("fast")
  void keepsWhatWasFoundWhenItIsKilledInTheDiagnosis() throws Exception {
    Path files = folder.resolve("run");
    List<String> all = hanging.arguments(files, "hangs_when_logged");
    all.remove("--no-explain");
    Process run = hanging.start(all);
    hanging.untilItHangs(run);

    run.destroyForcibly();

    assertThat(hanging.endsWithin(10)).as("ports end").isTrue();
    JsonNode found = new ObjectMapper().readTree(files.resolve("result.json").toFile());
    assertThat(found.get("comparisons"))
        .extracting(c -> c.get("candidate").asText() + " " + c.get("verdict").asText())
        .containsExactlyInAnyOrder("steady MATCH", "hangs_when_logged MISMATCH");
    Ended explained =
        new ParityProcess(folder).execute(files, List.of("explain", files.toString()));
    assertThat(explained.out()).contains("./parity run --resume RUN");
  }

  @Test
  @Tag("slow")
  void endsTheRunOfAMutantWhenTheHarnessIsKilled() throws Exception {
    Path files = folder.resolve("mutants");
    Process mutants =
        hanging.start(
            List.of(
                "mutants",
                "--filter",
                "skew-about-origin",
                "--no-explain",
                "--out",
                files.toString()));
    while (HangingRun.withWords(files + "/", "job.json").isEmpty()) {
      assertThat(mutants.isAlive()).as(hanging.printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(20);
    }

    List<ProcessHandle> below = mutants.descendants().toList();
    mutants.destroyForcibly();

    for (int i = 0; i < 500 && below.stream().anyMatch(ProcessHandle::isAlive); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(below).as("run and ports").hasSizeGreaterThan(2).noneMatch(ProcessHandle::isAlive);
    assertThat(HangingRun.withWords(files.toString())).as("processes that live on").isEmpty();
    try (Stream<Path> all = Files.walk(files)) {
      assertThat(all).as("it did not go on").noneMatch(f -> f.endsWith("result.json"));
    }
  }

  @Test
  @Tag("fast")
  void endsAVersionCommandWithTheRun() throws Exception {
    Files.createFile(folder.resolve("hung"));
    List<String> all = hanging.arguments(folder.resolve("run"));
    Files.writeString(
        folder.resolve("port.yaml"),
        """
        name: steady
        program: steady.py
        command: ['{python}', '{program}']
        version: [sh, -c, 'echo $$ >asked; exec sleep 300']
        """);
    all.set(all.indexOf("steady=" + folder.resolve("steady.py")), folder + "/port.yaml");
    Process run = hanging.start(all);
    while (!Files.exists(folder.resolve("asked"))
        || Files.readString(folder.resolve("asked")).isBlank()) {
      assertThat(run.isAlive()).as(hanging.printed()).isTrue();
      TimeUnit.MILLISECONDS.sleep(50);
    }

    HangingRun.signal(run, "TERM");

    long asked = Long.parseLong(Files.readString(folder.resolve("asked")).strip());
    ProcessHandle.of(asked).ifPresent(v -> v.onExit().orTimeout(5, TimeUnit.SECONDS).join());
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(run.exitValue()).as(hanging.printed()).isEqualTo(143);
  }

  private static List<String> verdicts(JsonNode result) {
    List<String> verdicts = new ArrayList<>();
    result.get("comparisons").forEach(c -> verdicts.add(c.get("verdict").asText()));
    return verdicts;
  }
}

package torchparity.cases.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.HostTensor;
import torchparity.cases.Job;
import torchparity.cases.Trace;

class ProbesTest {
  @TempDir Path folder;

  /** A program of a user's. */
  public static final class Halving {
    private Halving() {}

    /** Halves a number a few times. */
    public static void main(String[] args) {
      double x = 8;
      for (int n = 1; n <= (int) Probes.parameter("steps", 2); n++) {
        Probes.step(n);
        x /= 2;
        Probes.probe("x", x);
      }
      Probes.step();
      Probes.probe("all", new float[] {1, 2, 3, 4}, 2, 2);
      Probes.probe("thirds", new double[] {1 / 3.0, 2 / 3.0});
      Probes.probe("counts", new long[] {1, 1L << 40}, 2, 1);
      if (x < 1) {
        throw new IllegalStateException("too small");
      }
    }
  }

  @Test
  void doesNothingWithoutAJob() {
    Halving.main(new String[0]);
  }

  @Test
  void makesRowsOfStepsAndGoesOnAfterAFailure() throws Exception {
    Job job =
        new Job(
            Job.FORMAT,
            folder.resolve("events.jsonl"),
            1,
            List.of(instance("few", 3), instance("many", 5), instance("again", 2)));

    RunProgram.run(Halving.class, job);

    List<Event> events = ContractJson.readLines(job.events(), Event.class);
    assertThat(events)
        .extracting(Event::event)
        .containsExactly("started", "finished", "started", "failed", "started", "finished");
    assertThat(events.get(3).message()).contains("too small");
    Trace few = Trace.read(folder.resolve("few"));
    assertThat(few.probes()).containsOnlyKeys("all", "thirds", "counts", "x");
    assertThat(few.probes().get("x"))
        .matches(x -> x.bitEquals(HostTensor.ofDoubles(List.of(3L), 4, 2, 1)));
    assertThat(few.probes().get("all")).matches(all -> all.shape().equals(List.of(2L, 2L)));
    assertThat(few.probes().get("thirds"))
        .matches(x -> x.bitEquals(HostTensor.ofDoubles(List.of(2L), 1 / 3.0, 2 / 3.0)));
    assertThat(few.probes().get("counts"))
        .matches(x -> x.bitEquals(HostTensor.ofLongs(List.of(2L, 1L), 1, 1L << 40)));
    assertThat(Probes.parameter("steps", 7)).as("nothing is recorded any longer").isEqualTo(7);
  }

  @Test
  void isAProgram() throws Exception {
    Job job = new Job(Job.FORMAT, folder.resolve("events.jsonl"), 1, List.of(instance("one", 1)));
    Path file = folder.resolve("job.json");
    ContractJson.write(file, job);

    assertThat(exitCode(Halving.class.getName(), "--job", file.toString())).isZero();
    assertThat(Trace.read(folder.resolve("one")).probes()).containsKey("all");
    assertThat(printed()).isEmpty();
  }

  @Test
  void saysHowItIsCalled() throws Exception {
    assertThat(exitCode("Halving")).isEqualTo(2);
    assertThat(printed()).isEqualTo("usage: RunProgram CLASS --job FILE\n");
    assertThat(exitCode("Halving", "--jobs", "job.json")).isEqualTo(2);
    assertThat(printed()).startsWith("usage: ");
    Path job = Files.writeString(folder.resolve("job.json"), "{}");
    assertThat(exitCode("NoSuchProgram", "--job", job.toString())).isEqualTo(2);
    assertThat(printed())
        .isEqualTo("RunProgram: there is no class 'NoSuchProgram' on the class path\n");
    assertThat(exitCode(Halving.class.getName(), "--job", job.toString())).isEqualTo(2);
    assertThat(printed())
        .startsWith("RunProgram: " + job + ": line 1")
        .contains("'format' is missing")
        .hasLineCount(1);
    assertThat(exitCode(Halving.class.getName(), "--job", job + "s")).isEqualTo(2);
    assertThat(printed())
        .startsWith("RunProgram: the job file cannot be read: ")
        .contains(job + "s")
        .hasLineCount(1);
  }

  private int exitCode(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(RunProgram.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("printed.txt").toFile())
        .start()
        .waitFor();
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("printed.txt"));
  }

  private Job.Instance instance(String id, int steps) {
    return new Job.Instance(
        id,
        "halving",
        "float64",
        1,
        JsonNodeFactory.instance.objectNode().put("steps", steps),
        folder.resolve(id),
        null,
        null,
        null,
        null,
        null);
  }
}

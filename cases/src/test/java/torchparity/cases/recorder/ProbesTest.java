package torchparity.cases.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
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
    assertThat(few.probes()).containsOnlyKeys("all", "x");
    assertThat(few.probes().get("x"))
        .matches(x -> x.bitEquals(HostTensor.ofDoubles(List.of(3L), 4, 2, 1)));
    assertThat(few.probes().get("all")).matches(all -> all.shape().equals(List.of(2L, 2L)));
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

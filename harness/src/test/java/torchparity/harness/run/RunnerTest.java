package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;

@Timeout(60) // a core that is not given back is waited for without end
class RunnerTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();
  private static final String IN_AND_OUT = "echo +$1 >>\"$2\"; sleep 1; echo -$1 >>\"$2\"";

  @TempDir Path folder;

  @Test
  void startsAsManyPortsAtATimeAsThereAreCoresAndInTheirOrder() throws Exception {
    Path said = folder.resolve("said");

    new Runner((port, event) -> {}, Set.of()).run(plan("one", 2 * CORES, said));

    assertThat(InAndOut.most(said)).isEqualTo(CORES);
    assertThat(Files.readAllLines(said).stream().filter(line -> line.startsWith("+")).limit(CORES))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, CORES).mapToObj(i -> "+port-" + i).toList());
  }

  @Test
  void countsTheCoresOfAllPlansThatRunAtOnce() throws Exception {
    Path said = folder.resolve("said");
    Runner runner = new Runner((port, event) -> {}, Set.of());
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      List<Future<List<PortRun>>> running = new ArrayList<>();
      for (String name : List.of("one", "two")) {
        running.add(executor.submit(() -> runner.run(plan(name, CORES, said))));
      }
      for (Future<List<PortRun>> run : running) {
        assertThat(run.get()).hasSize(CORES);
      }
    } finally {
      executor.shutdownNow();
    }

    assertThat(InAndOut.most(said)).isLessThanOrEqualTo(CORES);
  }

  /** Ports that say when they begin and end, and trace nothing. */
  private Plan plan(String name, int ports, Path said) {
    Instance instance = new Instance(Questions.of("said"), 1, Dtype.FLOAT32, Products.EXACT);
    return new Plan(
        List.of(instance),
        IntStream.range(0, ports)
            .mapToObj(i -> "port-" + i)
            .map(
                port ->
                    new Port(
                        port,
                        port,
                        List.of("bash", "-c", IN_AND_OUT, "said", port, said.toString())))
            .toList(),
        1,
        Duration.ofMinutes(1),
        folder.resolve(name));
  }
}

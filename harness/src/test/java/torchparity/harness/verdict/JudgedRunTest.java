package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.Products;
import torchparity.cases.Trace;
import torchparity.harness.allowance.Allowances;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Outcome;
import torchparity.harness.run.PortRun;
import torchparity.harness.run.Questions;

/** What a case expects of a port of which a difference is known. */
class JudgedRunTest {
  private static final Port REFERENCE = new Port("ref", "a", List.of());
  private static final Port MINE = new Port("mine", "b", List.of());

  @Test
  void expectsNothingMoreWhereADifferenceIsKnown() {
    HostTensor right = HostTensor.ofFloats(List.of(1L), 1);
    HostTensor otherDtype = HostTensor.ofDoubles(List.of(1L), 1);
    HostTensor otherShape = HostTensor.ofFloats(List.of(), 1);
    KnownDifferences known =
        new KnownDifferences(
            List.of(
                new KnownDifferences.Entry(
                    "c", "mine", "data.X", null, null, "a test", "9999-12-31")),
            List.of("mine"));

    for (Map<String, HostTensor> mine :
        List.of(
            Map.of("data.y", right),
            Map.of("data.X", otherDtype, "data.y", otherDtype),
            Map.of("data.X", otherShape, "data.y", right))) {
      assertThat(judged(mine, KnownDifferences.NONE).isParity()).isFalse();
      JudgedRun run = judged(mine, known);
      assertThat(run.judgements().get(0).verdict()).isEqualTo(Verdict.KNOWN_DIFFERENCE);
      assertThat(run.unmet()).isEmpty();
      assertThat(run.isParity()).isTrue();
    }
    JudgedRun more = judged(Map.of("data.X", otherDtype), known);
    assertThat(more.unmet()).extracting(Unmet::probe).containsExactly("data.y");
    assertThat(more.isParity()).isFalse();
  }

  private static JudgedRun judged(Map<String, HostTensor> mine, KnownDifferences known) {
    Case question = Questions.of("c", List.of(probe("data.X"), probe("data.y")), null);
    Instance instance = new Instance(question, 1, Dtype.FLOAT32, Products.EXACT);
    HostTensor right = HostTensor.ofFloats(List.of(1L), 1);
    Map<String, HostTensor> reference = new LinkedHashMap<>();
    reference.put("data.X", right);
    reference.put("data.y", right);
    return JudgedRun.of(
        List.of(instance),
        List.of(run(REFERENCE, instance, reference), run(MINE, instance, mine)),
        REFERENCE,
        new JudgedRun.Grounds(Allowances.NONE, Optional.empty(), known));
  }

  private static Case.Probe probe(String name) {
    return new Case.Probe(name, List.of("1"), null, false, null, Map.of());
  }

  private static PortRun run(Port port, Instance instance, Map<String, HostTensor> probes) {
    Outcome traced = new Outcome.Traced(new Trace(instance.id(), probes, Map.of()));
    return new PortRun(port, Duration.ZERO, Path.of("log.txt"), Map.of(instance, traced), "");
  }
}

package torchparity.harness.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.Products;
import torchparity.harness.port.Port;
import torchparity.harness.port.Support;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;

/** What was computed once is found again as long as nothing that it depends on is another. */
class NoiseCacheTest {
  private static final InstanceNoise NOISE =
      new InstanceNoise(Map.of(), Map.of(), List.of(new double[] {1}));

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void writeAPort() throws Exception {
    source = Files.writeString(folder.resolve("net.py"), "right");
  }

  private static Instance instance(@Nullable String curve) {
    Case.Training training =
        curve == null ? null : new Case.Training(curve, null, null, null, null, null);
    return new Instance(Questions.of("c", List.of(), training), 1, Dtype.FLOAT32, Products.BLAS);
  }

  private Port port(List<String> command, Map<String, String> environment, List<String> watch) {
    Port.Origin origin =
        new Port.Origin(folder, List.of(source), List.of(), Support.DEFAULT, watch);
    return new Port("noise", "PyTorch", command, environment, origin);
  }

  private boolean finds(Port port, Instance instance) throws Exception {
    return new NoiseCache(folder.resolve("cache"), Optional.of(port), false)
        .find(instance)
        .isPresent();
  }

  @Test
  void knowsTheProbeThatIsTheCurve() throws Exception {
    Port port = port(List.of("python"), Map.of(), List.of());
    new NoiseCache(folder.resolve("cache"), Optional.of(port), false).keep(instance(null), NOISE);

    assertThat(finds(port, instance(null))).isTrue();
    assertThat(finds(port, instance("loss"))).as("whose noise has no curve").isFalse();
  }

  @Test
  void knowsTheNoisePort() throws Exception {
    Instance instance = instance("loss");
    Port port = port(List.of("python", "a"), Map.of("X", "1"), List.of("net:f"));
    new NoiseCache(folder.resolve("cache"), Optional.of(port), false).keep(instance, NOISE);

    assertThat(finds(port, instance)).isTrue();
    assertThat(finds(port(List.of("python", "b"), Map.of("X", "1"), List.of("net:f")), instance))
        .isFalse();
    assertThat(finds(port(List.of("python", "a"), Map.of("X", "2"), List.of("net:f")), instance))
        .isFalse();
    assertThat(finds(port(List.of("python", "a"), Map.of("X", "1"), List.of()), instance))
        .isFalse();
    Files.writeString(source, "other");
    assertThat(finds(port, instance)).isFalse();
  }
}

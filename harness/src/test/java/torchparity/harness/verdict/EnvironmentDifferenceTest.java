package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentDifferenceTest {
  @ParameterizedTest
  @CsvSource({"2.13.0-1.5.14,2.13.0-1.5.15", "2.13.0+cpu,2.13.0+cu128", "2.13.0,2.13.1"})
  void tellsBuildsOfTorchApartInOneRuntime(String was, String is) {
    assertThat(
            EnvironmentDifference.of(
                Map.of("runtime", "JVM 17", "torch", was),
                Map.of("runtime", "JVM 17", "torch", is)))
        .containsExactly("torch: %s, the reference has %s".formatted(is, was));
  }

  @Test
  void takesTheBuildsOfTwoRuntimesForTheSameTorch() {
    Map<String, String> python =
        Map.of("runtime", "CPython 3.12", "torch", "2.13.0+cpu", "sources_sha256", "a");
    Map<String, String> jvm =
        Map.of("runtime", "JVM 17", "torch", "2.13.0-1.5.14", "sources_sha256", "b", "more", "c");
    Map<String, String> newer = Map.of("runtime", "JVM 17", "torch", "2.14.0-1.5.14");

    assertThat(EnvironmentDifference.of(python, jvm)).isEmpty();
    assertThat(EnvironmentDifference.of(python, newer))
        .containsExactly("torch: 2.14.0-1.5.14, the reference has 2.13.0+cpu");
  }

  @Test
  void showsWhatOneSideAloneRecorded() {
    Map<String, String> reference =
        Map.of("runtime", "JVM 17", "threads", "1", "OMP_NUM_THREADS", "1");
    Map<String, String> candidate = new HashMap<>(Map.of("runtime", "JVM 21", "torch", "2.13.0"));
    candidate.put("threads", null); // a file of a stranger's

    assertThat(EnvironmentDifference.of(reference, candidate))
        .isEqualTo(
            List.of(
                "OMP_NUM_THREADS: not set, the reference has 1",
                "runtime: JVM 21, the reference has JVM 17",
                "threads: not recorded, the reference has 1",
                "torch: 2.13.0, the reference has not recorded"));
  }
}

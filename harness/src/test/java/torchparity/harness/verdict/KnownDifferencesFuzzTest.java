package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.MalformedFileException;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;

/** Files of known differences, mutated: refused by name, or read. */
class KnownDifferencesFuzzTest {
  private static final List<String> FILES =
      List.of(
          "known:\n  - {case: c, port: mine, probe: data.X, reason: old, expires: 2027-01-31}\n",
          """
          # Each with a reason and a day.
          known:
            - case: sgd-training
              port: nu
              probe: train.loss
              dtype: float32
              seed: 42
              reason: "as upstream"
              expires: 2027-12-31
            - {case: c, port: mine, probe: data.X, reason: old, expires: 2027-01-31}
          """,
          "known: []\n");

  @TempDir Path folder;

  @Test
  void files() throws Exception {
    KnownDifferences.Scope scope =
        new KnownDifferences.Scope(List.of("c", "sgd-training"), List.of("mine", "nu"));
    Path file = folder.resolve("known-differences.yaml");

    new Fuzz("known differences", MalformedFileException.class, 2 << 20, 2_000)
        .run(
            Mutator.ofTexts(FILES),
            1_000,
            bytes -> KnownDifferences.read(Fuzz.write(file, bytes), scope),
            read -> assertThat(read.entries()).doesNotContainNull());
  }
}

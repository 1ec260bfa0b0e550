package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Products;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;

class KnownDifferencesTest {
  private static final String FILE =
      "known:\n  - {case: c, port: mine, probe: data.X, reason: old, expires: 2027-01-31}\n";

  @TempDir Path folder;

  @Test
  void showsADifferenceUntilItExpires() throws Exception {
    KnownDifferences known = KnownDifferences.read(written(FILE));

    KnownDifferences.Applied before =
        known.apply(List.of(mismatch("data.X")), LocalDate.of(2027, 1, 31));
    KnownDifferences.Applied after =
        known.apply(List.of(mismatch("data.X")), LocalDate.of(2027, 2, 1));

    assertThat(before.judgements().get(0).verdict()).isEqualTo(Verdict.KNOWN_DIFFERENCE);
    assertThat(before.unused()).isEmpty();
    assertThat(after.judgements().get(0).verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(after.unused()).singleElement().asString().startsWith("expired on 2027-01-31");
  }

  @Test
  void coversNoOtherProbeAndSaysThatItNoLongerOccurs() throws Exception {
    KnownDifferences known = KnownDifferences.read(written(FILE));

    KnownDifferences.Applied applied =
        known.apply(List.of(mismatch("data.y")), LocalDate.of(2027, 1, 1));

    assertThat(applied.judgements().get(0).verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(applied.unused()).singleElement().asString().startsWith("no longer occurs");
  }

  @Test
  void refusesAnEntryWithoutAnExpiry() throws Exception {
    Path file = written("known:\n  - {case: c, port: mine, probe: data.X, reason: old}\n");

    assertThatThrownBy(() -> KnownDifferences.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("needs case, port, probe, reason and expires");
  }

  @Test
  void refusesWhatIsNoListOfDifferences() throws Exception {
    for (String text :
        List.of("known:\n  -\n", "known: [&k {}, *k]\n", "known: &k [*k]\n", "known: [\u0000]\n")) {
      Path file = written(text);
      assertThatThrownBy(() -> KnownDifferences.read(file))
          .as(text)
          .isInstanceOf(MalformedFileException.class);
    }
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> KnownDifferences.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("is not UTF-8");
  }

  private Path written(String text) throws Exception {
    return Files.writeString(folder.resolve("known-differences.yaml"), text);
  }

  private static Judgement mismatch(String probe) {
    Case question =
        new Case(
            "c",
            "t",
            "s",
            JsonNodeFactory.instance.objectNode(),
            List.of(1L),
            List.of("float32"),
            List.of(),
            List.of(),
            null,
            List.of());
    Pair pair = new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);
    return new Judgement(
        new Instance(question, 1, Dtype.FLOAT32, Products.BLAS),
        pair,
        Verdict.MISMATCH,
        "",
        List.of(new ProbeFinding.Missing(probe)));
  }
}

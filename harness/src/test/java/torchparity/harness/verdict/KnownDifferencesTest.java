package torchparity.harness.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.Case;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Products;
import torchparity.harness.comparison.Allowance;
import torchparity.harness.comparison.ProbeFinding;
import torchparity.harness.comparison.TensorComparison;
import torchparity.harness.port.Port;
import torchparity.harness.run.Instance;
import torchparity.harness.run.Questions;

class KnownDifferencesTest {
  private static final String FILE =
      "known:\n  - {case: c, port: mine, probe: data.X, reason: old, expires: 2027-01-31}\n";

  private static final KnownDifferences.Scope SCOPE =
      new KnownDifferences.Scope(List.of("c", "d"), List.of("ref", "mine"));
  private static final LocalDate TODAY = LocalDate.of(2027, 1, 1);
  private static final Pair PAIR =
      new Pair(new Port("ref", "a", List.of()), new Port("mine", "b", List.of()), false);

  @TempDir Path folder;

  @Test
  void showsADifferenceUntilItExpires() throws Exception {
    KnownDifferences known = KnownDifferences.read(written(FILE), SCOPE);

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
    KnownDifferences known = KnownDifferences.read(written(FILE), SCOPE);

    KnownDifferences.Applied applied =
        known.apply(List.of(mismatch("data.y")), LocalDate.of(2027, 1, 1));

    assertThat(applied.judgements().get(0).verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(applied.unused()).singleElement().asString().startsWith("no longer occurs");
  }

  @Test
  void refusesAnEntryWithoutAnExpiry() throws Exception {
    Path file = written("known:\n  - {case: c, port: mine, probe: data.X, reason: old}\n");

    assertThatThrownBy(() -> KnownDifferences.read(file, SCOPE))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("needs case, port, probe, reason and expires");
  }

  @Test
  void refusesWhatIsNoListOfDifferences() throws Exception {
    for (String text :
        List.of("known:\n  -\n", "known: [&k {}, *k]\n", "known: &k [*k]\n", "known: [\u0000]\n")) {
      Path file = written(text);
      assertThatThrownBy(() -> KnownDifferences.read(file, SCOPE))
          .as(text)
          .isInstanceOf(MalformedFileException.class);
    }
    Path file = Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> KnownDifferences.read(file, SCOPE))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void refusesACaseThatIsNotThere() throws Exception {
    Path file =
        written(FILE + FILE.replace("known:\n", "").replace("case: c", "case: sgd-trainnig"));

    assertThatThrownBy(() -> KnownDifferences.read(file, SCOPE))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageEndingWith("line 3: there is no case 'sgd-trainnig'. There are: c, d");
  }

  @Test
  void saysThatNobodyKnowsAPort() throws Exception {
    Path file = written(FILE.replace("mine", "mien"));

    KnownDifferences.Applied applied =
        KnownDifferences.read(file, SCOPE).apply(List.of(mismatch("data.X")), TODAY);

    assertThat(applied.judgements().get(0).verdict()).isEqualTo(Verdict.MISMATCH);
    assertThat(applied.unused())
        .containsExactly("names no port of the project or of this run: c of mien at data.X");
  }

  @Test
  void knowsACurveThatDiffersAsAWhole() throws Exception {
    KnownDifferences known =
        KnownDifferences.read(written(FILE.replace("data.X", "train.loss")), SCOPE);
    CurveVerdict.Bias bias = new CurveVerdict.Bias(0, 0, 1);
    Judgement within = curve(new CurveVerdict.WithinDistribution(1, bias, 0.5));
    Judgement outside = curve(new CurveVerdict.OutsideDistribution(1, bias, 0));

    assertThat(known.apply(List.of(outside), TODAY).judgements().get(0).verdict())
        .isEqualTo(Verdict.KNOWN_DIFFERENCE);
    assertThat(known.apply(List.of(within), TODAY).judgements().get(0).verdict())
        .isEqualTo(Verdict.MISMATCH);
  }

  private static Judgement curve(CurveVerdict curve) {
    HostTensor loss = HostTensor.ofFloats(List.of(1L), 1);
    return new Judgement(
        instance(new Case.Training("train.loss", "train", "steps", "grad", "classes", "data.y")),
        PAIR,
        Verdict.MISMATCH,
        "",
        List.of(TensorComparison.compare("train.loss", loss, loss, new Allowance.Exact())),
        new Evidence(
            Optional.of(curve), new Liveness.NoTraining(), Map.of(), List.of(), List.of()));
  }

  private Path written(String text) throws Exception {
    return Files.writeString(folder.resolve("known-differences.yaml"), text);
  }

  private static Judgement mismatch(String probe) {
    return new Judgement(
        instance(null), PAIR, Verdict.MISMATCH, "", List.of(new ProbeFinding.Missing(probe)));
  }

  private static Instance instance(Case.@Nullable Training training) {
    Case question = Questions.of("c", List.of(), training);
    return new Instance(question, 1, Dtype.FLOAT32, Products.EXACT);
  }
}

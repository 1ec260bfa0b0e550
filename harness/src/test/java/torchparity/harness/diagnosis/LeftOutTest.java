package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

class LeftOutTest {
  @TempDir Path folder;

  private static Program mapped(boolean maps, double shear) {
    return (t, log) -> {
      Tensor x = t.randn(3, 2);
      Tensor map = t.tensor(List.of(2L, 2L), 1, shear, 0, 1);
      log.probe("x", t.mul(maps ? t.mm(x, map) : x, 3));
    };
  }

  private List<String> claims(Program candidate) throws Exception {
    Programs programs = new Programs(folder);
    OpGraph reference = new OpGraph(programs.log("reference", mapped(true, 0.5)));
    OpGraph actual = new OpGraph(programs.log("candidate", candidate));
    return new LeftOut()
        .about(Divergence.between(reference, actual)).stream().map(Suspicion::claim).toList();
  }

  @Test
  void suspectsACallThatIsNotThere() throws Exception {
    assertThat(claims(mapped(false, 0))).contains("`mm` is left out");
  }

  @Test
  void doesNotSuspectACallThatIsThereAndDoesNothing() throws Exception {
    assertThat(claims(mapped(true, 0))).doesNotContain("`mm` is left out");
  }
}

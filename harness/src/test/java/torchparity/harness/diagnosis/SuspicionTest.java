package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import torchparity.cases.OpRecord;

class SuspicionTest {
  @TempDir Path folder;

  private static Edit.Step step(String op) {
    return new Edit.Step(OpRecord.of(op, List.of(), Map.of()), List.of());
  }

  @Test
  void isAsLongAsTheLongestOfItsChains() {
    Edit one = new Edit.Before(Set.of(1), 0, List.of(step("neg")));
    Edit two = new Edit.Replace(Set.of(2), List.of(step("neg"), step("exp")));
    Edit beside = new Edit.After(Set.of(3), List.of(step("neg"), step("exp"), step("abs")));

    assertThat(new Suspicion(Cause.SIGN, "", List.of(one, two, beside)).longest()).isEqualTo(2);
    assertThat(new Suspicion(Cause.SIGN, "", List.of()).longest()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "EXTRA_OP, exp, true", // called more often
    "EXTRA_OP, neg, false",
    "EXTRA_OP, abs, false",
    "SIGN, neg, true", // is not said to be there too often
  })
  void isBorneOutByMoreCalls(Cause cause, String op, boolean borneOut) throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                "randn -> 1 | neg 0 -> -1 | abs 0 -> 1 | probe 1 name=x",
                "randn -> 1 | neg 0 -> -1 | exp 1 -> 3 | probe 2 name=x");
    Edit edit = new Edit.Before(Set.of(1), 0, List.of(step(op)));

    assertThat(new Suspicion(cause, "", List.of(edit)).isBorneOut(d)).isEqualTo(borneOut);
    assertThat(new Suspicion(cause, "", List.of(edit), OptionalInt.of(1)).isBorneOut(d)).isTrue();
  }

  @Test
  void isBorneOutByAProgramThatEndsEarly() throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between("randn -> 1 | neg 0 -> -1 | probe 1 name=x", "randn -> 1 | neg 0 !refused");

    assertThat(new Suspicion(Cause.EXTRA_OP, "", List.of()).isBorneOut(d)).isTrue();
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import torchparity.harness.diagnosis.Diagnosis.Call;

class AlignmentTest {
  private static List<Call> calls(String... ops) {
    return Stream.of(ops).map(op -> new Call(op, "a.py", 1, op, null)).toList();
  }

  private static List<String> aligned(List<Call> left, List<Call> right) {
    return Alignment.of(left, right).stream()
        .map(row -> op(row.reference()) + "|" + op(row.candidate()))
        .toList();
  }

  private static String op(@Nullable Call call) {
    return call == null ? "" : call.op();
  }

  @Test
  void putsTheSameOperationIntoOneRow() {
    assertThat(aligned(calls("sub", "mm", "add", "cat"), calls("mm", "cat")))
        .containsExactly("sub|", "mm|mm", "add|", "cat|cat");
  }

  @Test
  void putsWhatStandsForAnotherBesideIt() {
    assertThat(aligned(calls("mm", "mean", "neg"), calls("mm", "sum", "neg")))
        .containsExactly("mm|mm", "mean|sum", "neg|neg");
  }

  @Test
  void keepsWhatOneSideHasAlone() {
    assertThat(aligned(calls(), calls("clamp", "mul"))).containsExactly("|clamp", "|mul");
    assertThat(aligned(calls("clamp", "mul"), calls())).containsExactly("clamp|", "mul|");
    assertThat(aligned(calls("mm"), calls("mm", "mul"))).containsExactly("mm|mm", "|mul");
  }

  @Test
  void keepsAsManyRowsTogetherAsCanBe() {
    assertThat(aligned(calls("add", "mm", "exp", "neg"), calls("mm", "exp", "neg", "add")))
        .containsExactly("add|", "mm|mm", "exp|exp", "neg|neg", "|add");
    assertThat(aligned(calls("mm", "exp", "neg", "add"), calls("add", "mm", "exp", "neg")))
        .containsExactly("|add", "mm|mm", "exp|exp", "neg|neg", "add|");
  }

  @Test
  void passesOverTheReferenceFirstWhereBothWaysKeepAsMany() {
    assertThat(aligned(calls("mm", "exp"), calls("exp", "mm")))
        .containsExactly("mm|", "exp|exp", "|mm");
  }
}

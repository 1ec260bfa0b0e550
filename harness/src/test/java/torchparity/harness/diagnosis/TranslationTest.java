package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The candidate's operations in the reference's terms. */
class TranslationTest {
  private static final String REFERENCE =
      """
      randn -> 8
      randn -> 1
      neg 1 -> -1
      exp 2 -> 3
      add 3 1 -> 4
      abs 4 -> 5
      """;

  @TempDir Path folder;

  private Divergence with(String lines) throws Exception {
    return new WrittenLogs(folder).between(REFERENCE, "randn -> 1 | neg 0 -> -1 | " + lines);
  }

  private static String text(Optional<List<Edit.Step>> steps) {
    return steps.map(all -> Proposals.of(all.toArray(Edit.Step[]::new))).orElse("impossible");
  }

  @Test
  void findsTheShortestWayToEachArgument() throws Exception {
    Divergence d = with("mul 1 0 #2 -> 7 | cat 2 1 dim=1 -> 9");

    assertThat(text(Translation.at(d, 5).steps(List.of(2, 3))))
        .isEqualTo("mul(input 0.0.0, input 0.1, 2.0), cat(step 0, input 0.0.0, dim=1)");
  }

  @Test
  void takesALineThatIsOnNoWay() throws Exception {
    Divergence d = with("randn -> 8 | mul 2 2 -> 7");

    assertThat(text(Translation.at(d, 5).steps(List.of(3)))).isEqualTo("mul(line 0, line 0)");
  }

  @Test
  void takesTheAnchorItselfOnlyAfterIt() throws Exception {
    Divergence d = with("exp 1 -> 3 | mul 2 0 -> 7");

    assertThat(text(Translation.at(d, 3).steps(List.of(3)))).isEqualTo("impossible");
    assertThat(text(Translation.after(d, 3).steps(List.of(3)))).isEqualTo("mul(itself, input 0.0)");
  }

  @Test
  void spellsOutNumbersThatTheReferenceDoesNotHave() throws Exception {
    Divergence d = with("tensor -> [6 7] | mul 2 #3 -> 7 | full -> 20 | mul 4 #3 -> 9");

    assertThat(text(Translation.at(d, 5).steps(List.of(3)))).isEqualTo("mul([6.0 7.0], 3.0)");
    assertThat(text(Translation.at(d, 5).steps(List.of(5)))).isEqualTo("impossible");
  }

  @Test
  void cannotUseWhatHasNoResult() throws Exception {
    Divergence d = with("backward 1 | mul 2 #3 -> 7");

    assertThat(text(Translation.at(d, 5).steps(List.of(3)))).isEqualTo("impossible");
  }

  /** A way of more steps is none that would lead to the same elsewhere. */
  @Test
  void goesSixStepsAtMost() throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                "randn -> 1 | neg 0 -> 2 | neg 1 -> 3 | neg 2 -> 4 | neg 3 -> 5 | neg 4 -> 6"
                    + " | neg 5 -> 7 | neg 6 -> 8",
                "randn -> 1 | exp 0 -> 9");

    assertThat(text(Translation.at(d, 6).steps(List.of(1)))).isEqualTo("exp(input 0.0.0.0.0.0)");
    assertThat(text(Translation.at(d, 7).steps(List.of(1)))).isEqualTo("exp(line 0)");
  }
}

package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.Programs.assertConfirmed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Tensor;
import torchparity.harness.diagnosis.Programs.Program;

class RecordedEarlierTest {
  @TempDir Path folder;

  /** Logits before and after a step; only the later ones should be recorded. */
  private static Program trained(boolean recordsTheFirst) {
    return (t, log) -> {
      Tensor x = t.randn(4, 3);
      Tensor before = t.mul(x, 2);
      log.probe("loss", t.mean(before));
      t.subInPlace(x, t.mul(t.randn(4, 3), 0.5));
      log.probe("x", t.mul(x, 1));
      Tensor logits = recordsTheFirst ? before : t.mul(x, 2);
      log.probe("logits", logits);
      log.probe("classes", t.argmax(logits, 1));
    };
  }

  @Test
  void provesThatAnEarlierResultIsRecorded() throws Exception {
    Search.Result found = new Programs(folder).search(trained(false), trained(true));

    assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim())
        .contains("`logits` is what the reference has earlier, from `mul`");
  }

  @Test
  void passesOverWhatTheReferenceDoesNotRecord() throws Exception {
    Divergence d =
        new WrittenLogs(folder)
            .between(
                "randn -> [1 2] | neg 0 -> [-1 -2] | mul 1 1 -> [1 4] | probe 2 name=x",
                "randn -> [1 2] | neg 0 -> [-1 -2] | probe 1 name=extra | probe 1 name=x");

    assertThat(Proposals.of(new RecordedEarlier().about(d)))
        .contains("WRONG_PROBE", "`x` is what the reference has earlier, from `neg`");
  }

  /** The states of a parameter after each step, or before it. */
  private static Program states(boolean isBefore) {
    Op clone = OpCatalogue.find("clone").orElseThrow();
    Op stack = OpCatalogue.find("stack").orElseThrow();
    return (t, log) -> {
      Tensor x = t.randn(4, 3);
      List<Tensor> states = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        if (isBefore) {
          states.add(t.call(clone, Arguments.of(x)));
        }
        t.subInPlace(x, t.mul(x, 0.5));
        if (!isBefore) {
          states.add(t.call(clone, Arguments.of(x)));
        }
      }
      log.probe("states", t.call(stack, Arguments.of(states, 0)));
    };
  }

  @Test
  void provesThatStatesOfOtherMomentsAreStacked() throws Exception {
    Search.Result found = new Programs(folder).search(states(false), states(true));

    assertConfirmed(found, Cause.WRONG_PROBE);
    assertThat(found.findings().get(0).claim()).contains("states of other moments");
  }

  private String proposals(String reference, String candidate) throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    return Proposals.of(new RecordedEarlier().about(d));
  }

  @ParameterizedTest
  @CsvSource({"@a.py:2, ' at a.py:2'", "'', ''"})
  void recordsTheFirstLineWithTheEarlierResult(String place, String at) throws Exception {
    assertThat(
            proposals(
                "tensor -> -1 | randn -> 1 | neg 1 %s -> -1 | clone 2 -> -1 | exp 1 -> 3"
                        .formatted(place)
                    + " | probe 4 name=x | neg 1 -> -1",
                "randn -> 1 | neg 0 -> -1 | probe 1 name=x"))
        .isEqualTo(
            """
            WRONG_PROBE 1: `x` is what the reference has earlier, from `neg`%s
              replace [4]: detach(line 2)
            """
                .formatted(at));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exp 0 -> 3 | probe 1 name=x", // the same
        "abs 0 -> 7 | probe 1 name=x",
        "tensor -> 2 | probe 1 name=x", // spelt out, not computed
        "square 0 -> 9 | probe 1 name=x", // computed later
        "backward 0 | probe 1 name=x",
        "square 0 -> 1 | probe 1 name=y",
      })
  void proposesNothingThatIsNotEarlier(String candidate) throws Exception {
    assertThat(
            proposals(
                "randn -> 1 | tensor -> 2 | backward 0 | exp 0 -> 3 | probe 3 name=x | square 0 -> 9",
                "randn -> 1 | " + candidate))
        .isEmpty();
  }

  private static final String STATES =
      """
      randn leaf -> 1
      sub_ 0 #1 -> 0
      clone 1 -> 0
      sub_ 1 #1 -> -1
      clone 3 -> -1
      stack 2 4 dim=0 -> [0 -1]
      probe 5 name=x
      """;
  private static final String EARLIER =
      """
      randn leaf -> 1
      clone 0 -> 1
      sub_ 0 #1 -> 0
      clone 2 -> 0
      sub_ 2 #1 -> -1
      stack 1 3 dim=0 -> [1 0]
      probe 5 name=x
      """;

  @Test
  void keepsTheStatesWhereTheReferenceHasThem() throws Exception {
    assertThat(proposals(STATES, EARLIER))
        .isEqualTo(
            """
            WRONG_PROBE 1: `x` is put together from states of other moments
              replace [5]: stack(step 1 at 0, step 1 at 1, dim=0)
              after [0]: detach(itself), clone(step 0)
              after [1]: detach(itself), clone(step 0)
            """);
  }

  /** What is recorded besides, and differs otherwise, is left to others. */
  @Test
  void takesAllProbesOfStatesTogether() throws Exception {
    String reference =
        STATES + "stack 4 2 -> [-1 0] | probe 7 name=y | exp 0 -> 3 | probe 9 name=z";
    String candidate =
        EARLIER + "stack 3 1 -> [0 1] | probe 7 name=y | exp 0 -> 4 | probe 9 name=z";

    assertThat(proposals(reference, candidate))
        .isEqualTo(
            """
            WRONG_PROBE 1: `x` is put together from states of other moments
              replace [5]: stack(step 1 at 0, step 1 at 1, dim=0)
              replace [7]: stack(step 1 at 1, step 1 at 0)
              after [0]: detach(itself), clone(step 0)
              after [1]: detach(itself), clone(step 0)
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "stack 1 3 dim=0, cat 1 3 dim=0",
    "stack 1 3 dim=0, stack 1 3 1 dim=0",
    "randn leaf -> 1, randn leaf -> 7", // a state that the reference has not
    "clone 0 -> 1, backward 0",
  })
  void knowsStatesByTheirValues(String line, String other) throws Exception {
    String candidate = EARLIER.replace(line, other);

    assertThat(
            proposals(
                STATES,
                other.contains("7")
                    ? candidate.replace("clone 0 -> 1", "clone 0 -> 7")
                    : candidate))
        .isEmpty();
    assertThat(proposals(STATES.replace("stack", "cat"), EARLIER)).isEmpty();
  }
}

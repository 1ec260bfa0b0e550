package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What the candidate may do without. */
class MirrorTest {
  private static final Line DRAW = line("randn").gives(1, 2);

  @TempDir Path folder;

  private List<Suspicion> proposed(List<Line> candidate) throws Exception {
    return Mirror.about(new WrittenLogs(folder).between(List.of(DRAW, probe("p", 0)), candidate));
  }

  private static Suspicion without(Cause cause, String op, Set<Integer> lines, int input) {
    return new Suspicion(
        cause,
        "`%s` is called, without which it would give the reference's numbers".formatted(op),
        List.of(new Edit.Bypass(lines, input)),
        OptionalInt.of(lines.stream().min(Integer::compare).orElseThrow()));
  }

  @Test
  void proposesToLeaveOutWhatKeepsAShape() throws Exception {
    List<Line> candidate =
        List.of(
            DRAW,
            line("exp", 0).gives(3, 4), // used by nothing
            line("neg", 0).gives(-1, -2).at(5),
            line("neg", 2).gives(1.5, 2.5).at(6),
            line("neg", 3).gives(3.5, 3.6).at(6), // another call in the same line
            line("maximum", 4, 0).gives(5, 6),
            line("sub_", 5, 5).gives(7, 7),
            line("sum", 6).gives(14),
            line("add", 7, 6).gives(8, 8),
            line("mul", 8, 2.0).gives(16, 16),
            probe("p", 9));

    assertThat(proposed(candidate))
        .containsExactly(
            without(Cause.SIGN, "neg", Set.of(2), 0),
            without(Cause.SIGN, "neg", Set.of(3), 0),
            without(Cause.SIGN, "neg", Set.of(4), 0),
            without(Cause.EXTRA_OP, "maximum", Set.of(5), 0),
            without(Cause.EXTRA_OP, "maximum", Set.of(5), 1),
            without(Cause.EXTRA_OP, "add", Set.of(8), 1),
            without(Cause.SCALE, "mul", Set.of(9), 0));
  }

  @Test
  void proposesToLeaveOutAPlaceEachTimeItComesBy() throws Exception {
    List<Line> candidate =
        List.of(
            DRAW,
            line("abs", 0).gives(3, 4).at(4),
            line("sum", 1).gives(7),
            line("abs", 0).gives(3, 4).at(4),
            line("div", 3, 2).gives(5, 6),
            probe("p", 4));

    assertThat(proposed(candidate)).contains(without(Cause.EXTRA_OP, "abs", Set.of(1, 3), 0));
  }

  @Test
  void proposesToLeaveOutWhatDetachesThoughItsValueIsTheSame() throws Exception {
    assertThat(
            proposed(List.of(DRAW, line("detach", 0).gives(1, 2), line("neg", 1), probe("p", 1))))
        .containsExactly(without(Cause.EXTRA_OP, "detach", Set.of(1), 0));
  }

  @Test
  void proposesEightPlacesOfEitherKind() throws Exception {
    List<Line> candidate = new ArrayList<>(List.of(DRAW));
    for (int i = 0; i < 10; i++) {
      candidate.add(line("detach", 0).gives(1, 2));
    }
    for (int i = 10; i < 20; i++) {
      candidate.add(line("exp", i).gives(i, 0));
    }
    candidate.add(probe("p", 20));

    List<Suspicion> proposed = proposed(candidate);

    assertThat(proposed).hasSize(16);
    assertThat(proposed.get(7).line()).hasValue(8);
    assertThat(proposed.get(8).line()).hasValue(11);
    assertThat(proposed.get(15).line()).hasValue(18);
  }
}

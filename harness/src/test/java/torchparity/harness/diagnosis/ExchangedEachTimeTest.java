package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.Exchanged.Kind;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What stands in the place of something else each time through a loop. */
class ExchangedEachTimeTest {
  private static final Line DRAW = line("randn").gives(1, 2);

  @TempDir Path folder;

  /** What one line of a program does each time; the first and the last are recorded together. */
  private static List<Line> loop(Line... times) {
    Line other = line("zeros").gives(0);
    List<Line> log = new ArrayList<>(List.of(DRAW, other));
    for (Line time : times) {
      log.addAll(List.of(time.at(80), other));
    }
    log.add(line("cat", 2, 2 * times.length).gives(sum(times)));
    log.add(probe("p", log.size() - 1));
    return log;
  }

  private static double sum(Line... lines) {
    return Stream.of(lines)
        .mapToDouble(line -> Objects.requireNonNull(line.result()).getDouble(1))
        .sum();
  }

  /** The edits that each change one time, if such are proposed. */
  private List<List<Edit>> eachTime(List<Line> reference, List<Line> candidate) throws Exception {
    return found(reference, candidate).stream().map(Suspicion::edits).distinct().toList();
  }

  private List<Suspicion> found(List<Line> reference, List<Line> candidate) throws Exception {
    Divergence d = new WrittenLogs(folder).between(reference, candidate);
    return new Exchanged(Kind.ARGUMENTS)
        .about(d).stream().filter(suspicion -> suspicion.edits().size() > 1).toList();
  }

  private static Operand operand(List<Edit> edits, int time, int i) {
    return edits.get(time).steps().get(0).operands().get(i);
  }

  private static JsonNode number(List<Edit> edits, int time) {
    return ((Operand.Plain) operand(edits, time, 1)).input().get("number");
  }

  /** It is called what it is the first time that the two differ. */
  @Test
  void takesTheNumberOfEachTime() throws Exception {
    Line first = line("mul", 0, 2.0).gives(10, 1);
    List<Line> reference = loop(first, line("mul", 0, 3.0).gives(10, 2));
    List<Line> candidate = loop(first, line("mul", 0, 7.0).gives(10, 3));

    List<List<Edit>> each = eachTime(reference, candidate);

    assertThat(each).hasSize(1);
    assertThat(each.get(0)).extracting(Edit::lines).containsExactly(Set.of(2), Set.of(4));
    assertThat(number(each.get(0), 0).asDouble()).isEqualTo(2);
    assertThat(number(each.get(0), 1).asDouble()).isEqualTo(7);
    assertThat(found(reference, candidate))
        .allSatisfy(
            suspicion -> {
              assertThat(suspicion.cause()).isEqualTo(Cause.OTHER_CONSTANT);
              assertThat(suspicion.claim())
                  .isEqualTo("`mul` is called with 7.0, the reference has 3.0");
            });
  }

  /** The second time, the tensor that is changed is another already. */
  @Test
  void takesWhatStandsWhereTheFirstTimesStands() throws Exception {
    List<List<Edit>> each =
        eachTime(
            loop(line("mul", 0, 2.0).gives(10, 1), line("mul", 2, 3.0).gives(10, 2)),
            loop(line("mul", 0, 4.0).gives(10, 3), line("mul", 2, 5.0).gives(10, 4)));

    assertThat(each).hasSize(1);
    assertThat(operand(each.get(0), 1, 0)).isEqualTo(new Operand.Path(List.of(0)));
    assertThat(number(each.get(0), 0).asDouble()).isEqualTo(4);
    assertThat(number(each.get(0), 1).asDouble()).isEqualTo(5);
  }

  @Test
  void takesTheLiteralOfEachTime() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            line("tensor").gives(2),
            line("mul", 0, 1).gives(10, 1).at(80),
            line("tensor").gives(3),
            line("mul", 2, 3).gives(10, 2).at(80),
            probe("p", 4));
    List<Line> candidate = new ArrayList<>(reference);
    candidate.set(1, line("tensor").gives(4));
    candidate.set(2, line("mul", 0, 1).gives(10, 3).at(80));
    candidate.set(3, line("tensor").gives(5));
    candidate.set(4, line("mul", 2, 3).gives(10, 4).at(80));

    List<Suspicion> found = found(reference, candidate);

    assertThat(found).isNotEmpty();
    assertThat(literal(found.get(0).edits(), 0).getDouble(0)).isEqualTo(4);
    assertThat(literal(found.get(0).edits(), 1).getDouble(0)).isEqualTo(5);
    candidate.set(3, line("tensor"));
    assertThat(found(reference, candidate)).isEmpty();
  }

  private static HostTensor literal(List<Edit> edits, int time) {
    return ((Operand.Literal) operand(edits, time, 1)).value();
  }

  @Test
  void proposesNoOtherNumberOfTimesOrOfTensors() throws Exception {
    Line first = line("mul", 0, 2.0).gives(10, 1);
    Line second = line("mul", 2, 3.0).gives(10, 2);
    Line other = line("mul", 0, 4.0).gives(10, 3);

    assertThat(eachTime(loop(first, second), loop(other))).isEmpty();
    assertThat(eachTime(loop(first), loop(other))).isEmpty();
    assertThat(eachTime(loop(first, second), loop(other, line("mul", 2, 5.0, 0.5).gives(10, 4))))
        .isEmpty();
  }

  private static Line at80(double factor, double result) {
    return line("mul", 0, factor).gives(10, result).at(80);
  }

  /** Lines after two others, of which the first and the last are recorded together. */
  private static List<Line> recorded(Line... lines) {
    List<Line> log = new ArrayList<>(List.of(DRAW, line("zeros").gives(0)));
    log.addAll(List.of(lines));
    log.add(line("cat", 2, log.size() - 1).gives(sum(lines[0], lines[lines.length - 1])));
    log.add(probe("p", log.size() - 1));
    return log;
  }

  @Test
  void takesEachOfTwoInOneLineOfTheProgram() throws Exception {
    assertThat(eachTime(recorded(at80(2, 1), at80(3, 2)), recorded(at80(4, 3), at80(5, 4))))
        .extracting(edits -> edits.stream().map(Edit::lines).toList())
        .containsExactly(List.of(Set.of(2), Set.of(3)));
  }

  /** The reference calls it twice each time, the candidate once. */
  @Test
  void takesTheSamePlaceInTheLineEachTime() throws Exception {
    Line other = line("ones").gives(1);

    assertThat(
            eachTime(
                recorded(at80(2, 1), at80(3, 2), other, at80(4, 3), at80(5, 4)),
                recorded(at80(6, 5), other, at80(7, 6))))
        .extracting(edits -> edits.stream().map(Edit::lines).toList())
        .containsExactly(List.of(Set.of(2), Set.of(5)), List.of(Set.of(3), Set.of(6)));
  }
}

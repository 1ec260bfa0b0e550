package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** What is said of numbers that are spelt out, before any replay. */
class LiteralsProposedTest {
  private static final Line DRAW = line("randn").gives(1, 2);

  @TempDir Path folder;

  /**
   * Each suspicion as its cause and claim, the lines with their new first number, and the blame.
   */
  private List<String> told(List<Line> reference, List<Line> candidate) throws Exception {
    return new Literals()
        .about(new WrittenLogs(folder).between(reference, candidate)).stream()
            .map(LiteralsProposedTest::told)
            .toList();
  }

  private static String told(Suspicion suspicion) {
    String edits =
        suspicion.edits().stream()
            .map(edit -> (Edit.Value) edit)
            .map(edit -> edit.lines() + "=" + edit.value().getDouble(0))
            .collect(Collectors.joining(" "));
    return "%s %s %s line %d"
        .formatted(suspicion.cause(), suspicion.claim(), edits, suspicion.line().orElseThrow());
  }

  private static Line tensor(double... values) {
    return line("tensor").gives(values);
  }

  @Test
  void proposesNumbersOfTheSameShapeInOrder() throws Exception {
    assertThat(
            told(
                List.of(tensor(3), tensor(4, 4), tensor(5), tensor(6), probe("p", 0)),
                List.of(tensor(7, 7), tensor(3), tensor(8), tensor(9), probe("p", 1))))
        .containsExactly(
            "other-constant a tensor of numbers has other numbers [1]=7.0 [2]=8.0 [3]=9.0 line 0");
  }

  @Test
  void proposesNothingInOrderWhereThereAreMoreOrTheyAreTheSameOrNotKept() throws Exception {
    List<Line> reference = List.of(tensor(3), tensor(5), probe("p", 0));

    assertThat(told(reference, List.of(tensor(7), probe("p", 0)))).isEmpty();
    assertThat(told(reference, List.of(tensor(7), tensor(8), tensor(9), probe("p", 0)))).isEmpty();
    assertThat(told(reference, reference)).isEmpty();
    assertThat(told(List.of(large(1), probe("p", 0)), List.of(large(2), probe("p", 0)))).isEmpty();
    assertThat(told(reference, List.of(line("full").gives(7), tensor(5), probe("p", 0)))).isEmpty();
  }

  private static Line large(double number) {
    double[] numbers = new double[OpRecord.MOST_BYTES];
    numbers[0] = number;
    return tensor(numbers);
  }

  @Test
  void proposesTheNumbersOfTheOperationThatDiffers() throws Exception {
    List<Line> reference =
        List.of(
            DRAW,
            tensor(9, 9),
            tensor(3),
            line("mul", 0, 2).gives(5, 6),
            line("neg", 3).gives(4),
            probe("p", 4));
    List<Line> candidate =
        List.of(
            DRAW, tensor(8), line("mul", 0, 1).gives(7, 8), line("neg", 2).gives(6), probe("p", 3));
    List<Line> cast =
        List.of(
            DRAW,
            line("tensor").gives(HostTensor.ofDoubles(List.of(), 3)),
            line("mul", 0, 1).gives(7, 8),
            line("neg", 2).gives(6),
            probe("p", 3));

    assertThat(told(reference, candidate))
        .containsExactly(
            "other-constant a tensor of numbers has other numbers [2]=8.0 line 1",
            "other-constant a tensor of numbers has other numbers [2]=8.0 line 1");
    assertThat(told(reference, cast))
        .containsExactly(
            "cast a tensor of numbers is float64, the reference has float32 [2]=3.0" + " line 1");
  }

  @Test
  void proposesNothingOfTheSameNumbersOrOfAnotherOperation() throws Exception {
    List<Line> reference =
        List.of(DRAW, tensor(3), tensor(4), line("mul", 0, 1).gives(5, 6), probe("p", 3));

    assertThat(
            told(reference, List.of(DRAW, tensor(3), line("mul", 0, 1).gives(7, 8), probe("p", 2))))
        .isEmpty();
    assertThat(
            told(reference, List.of(DRAW, tensor(9), line("div", 0, 1).gives(7, 8), probe("p", 2))))
        .isEmpty();
  }

  /** Each time a tensor of a number, a draw, and their product; the last product is summed up. */
  private static List<Line> loop(double sum, double... numbers) {
    List<Line> log = new ArrayList<>();
    for (double number : numbers) {
      int n = log.size();
      log.add(tensor(number).at(70));
      log.add(line("randn").gives(50, 50));
      log.add(line("mul", n + 1, n).gives(sum, n).at(80));
    }
    log.add(line("sum", log.size() - 1).gives(sum));
    log.add(probe("p", log.size() - 1));
    return log;
  }

  @Test
  void proposesTheNumbersOfEveryTimeIfThereAreAsMany() throws Exception {
    String claim = "other-constant a tensor of numbers has other numbers ";

    assertThat(told(loop(100, 2, 3), loop(200, 4, 5)))
        .containsExactly(
            claim + "[0]=4.0 [3]=5.0 line 0",
            claim + "[0]=4.0 [3]=5.0 line 3",
            claim + "[0]=5.0 line 3",
            claim + "[0]=4.0 [3]=5.0 line 3",
            claim + "[3]=5.0 line 3");
    assertThat(told(loop(100, 2, 3), loop(200, 4, 5, 6)))
        .containsExactly(claim + "[0]=6.0 line 6", claim + "[3]=6.0 line 6");
  }

  @Test
  void proposesTheConstantOfAnotherTime() throws Exception {
    String another = "other-operand `mul` is given another of 2 constants [0]=3.0 [3]=2.0 line 5";

    assertThat(told(loop(100, 2, 3), loop(200, 3, 2))).contains(another);
    assertThat(told(loop(100, 2, 3), loop(200, 3, 4)))
        .noneMatch(told -> told.contains("another of"));
    assertThat(told(loop(100, 2), loop(200, 2))).noneMatch(told -> told.contains("another of"));
    assertThat(told(loop(100, 2, 3), loop(200, 3, 2, 2)))
        .noneMatch(told -> told.contains("another of"));
  }
}

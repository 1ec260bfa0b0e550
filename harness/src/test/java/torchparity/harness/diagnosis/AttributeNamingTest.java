package torchparity.harness.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.harness.diagnosis.WrittenLogs.line;
import static torchparity.harness.diagnosis.WrittenLogs.probe;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import torchparity.cases.HostTensor;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/** The same operation with other numbers. */
class AttributeNamingTest {
  private static final HostTensor LABELS = HostTensor.ofLongs(List.of(2L), 0, 0);

  @TempDir Path folder;

  private static boolean differ(Line expected, Line actual) {
    return AttributeNaming.differ(expected.call(), actual.call());
  }

  /** What it is called if one line stands for another, and both are all of their programs. */
  private ExchangeNaming.Name named(Line expected, Line actual) throws Exception {
    return named(List.of(expected), List.of(actual));
  }

  private ExchangeNaming.Name named(List<Line> expected, List<Line> actual) throws Exception {
    WrittenLogs logs = new WrittenLogs(folder);
    return AttributeNaming.of(logs.graph(expected), 0, logs.graph(actual), 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"device", "requires_grad", "keepdim", "opaque"})
  void passesOverWhatChangesNoNumber(String name) {
    assertThat(differ(line("sum"), line("sum").with(name, 1))).isFalse();
  }

  @Test
  void takesWhatIsLeftOutForZeroOrFalse() {
    assertThat(differ(line("sum"), line("sum").with("correction", 0))).isFalse();
    assertThat(differ(line("sum").with("correction", 0.0), line("sum"))).isFalse();
    assertThat(differ(line("sum"), line("sum").with("largest", false))).isFalse();
    assertThat(differ(line("sum").with("largest", true), line("sum"))).isTrue();
    assertThat(differ(line("sum"), line("sum").with("correction", 1))).isTrue();
    assertThat(differ(line("sum"), line("sum").with("reduction", "none"))).isTrue();
  }

  @Test
  void comparesNumbersWhateverTheirFormAndListsElementByElement() {
    assertThat(differ(attribute(1), attribute(1.0))).isFalse();
    assertThat(differ(attribute(1), attribute(2))).isTrue();
    assertThat(differ(attribute("1"), attribute(1))).isTrue();
    assertThat(differ(attribute(1), attribute("1"))).isTrue();
    assertThat(differ(attribute("sum"), attribute("sum"))).isFalse();
    assertThat(differ(attribute(List.of(1, 2)), attribute(List.of(1.0, 2)))).isFalse();
    assertThat(differ(attribute(List.of(1, 2)), attribute(List.of(1, 3)))).isTrue();
    assertThat(differ(attribute(List.of(1, 2)), attribute(List.of(1)))).isTrue();
    assertThat(differ(attribute(List.of(1)), attribute(1))).isTrue();
    assertThat(differ(attribute(1), attribute(List.of(1)))).isTrue();
  }

  private static Line attribute(Object value) {
    return line("sum").with("a", value);
  }

  /** It may be the default, or the difference between one mean and many. */
  @Test
  void takesADimensionOfZeroForNoneOnlyIfTheShapeIsTheSame() throws Exception {
    OpGraph all = new WrittenLogs(folder).graph(List.of(line("mean").gives(1)));
    Line columns = line("mean").with("dim", 0);
    OpGraph each = new WrittenLogs(folder).graph(List.of(columns.gives(1, 2), columns.gives(3)));

    assertThat(AttributeNaming.differ(all.record(0), each.record(0))).isTrue();
    assertThat(AttributeNaming.differ(each.record(0), all.record(0))).isTrue();
    assertThat(AttributeNaming.differ(all.record(0), each.record(1))).isFalse();
    assertThat(AttributeNaming.differ(each.record(0), each.record(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "mul, value, 2, 5, other-constant",
    "mul, value, 2, 3, off-by-one",
    "mul, value, 3, 2, off-by-one",
    "mul, value, 2.5, 3.5, other-constant",
    "mul, value, 2, 3.0, other-constant",
    "sum, dim, 1, 2, wrong-axis",
    "transpose, dim0, 1, 2, wrong-axis",
    "arange, end, 2, 3, grid-bounds",
    "linspace, steps, 2, 3, grid-bounds",
    "repeat, repeats, 2, 3, grid-axes",
    "meshgrid, indexing, 2, 3, grid-axes",
    "reshape, shape, 2, 3, grid-axes",
    "full, fill_value, 2, 5, other-constant"
  })
  void namesWhatTheNumberIsFor(String op, String name, String expected, String actual, String cause)
      throws Exception {
    ExchangeNaming.Name found =
        named(line(op).with(name, number(expected)), line(op).with(name, number(actual)));

    assertThat(found.cause().id()).isEqualTo(cause);
    assertThat(found.claim())
        .isEqualTo(
            "`%s` is called with %s %s, the reference has %s"
                .formatted(op, name, actual, expected));
    assertThat(found.line()).isEmpty();
  }

  private static Number number(String text) {
    return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Integer.valueOf(text);
  }

  @Test
  void saysWhatIsLeftOut() throws Exception {
    assertThat(named(line("to").with("dtype", "float64"), line("to")))
        .isEqualTo(
            new ExchangeNaming.Name(
                Cause.CAST,
                "`to` is called with dtype left out, the reference has \"float64\"",
                OptionalInt.empty()));
    assertThat(named(line("std"), line("std").with("correction", 1)))
        .isEqualTo(
            new ExchangeNaming.Name(
                Cause.OTHER_CONSTANT,
                "`std` is called with correction 1, the reference has left out",
                OptionalInt.empty()));
    assertThat(named(line("std").with("correction", 1), line("std")).cause())
        .isEqualTo(Cause.OTHER_CONSTANT);
  }

  @Test
  void takesWholeNumbersForLabels() throws Exception {
    Line label = line("full").gives(LABELS);

    assertThat(named(label.with("fill_value", 2), label.with("fill_value", 0)).cause())
        .isEqualTo(Cause.LABEL_ORDER);
    assertThat(named(label.with("value", 2), label.with("value", 0)).cause())
        .isEqualTo(Cause.OTHER_CONSTANT);
  }

  @Test
  void findsTwoNumbersExchangedAndNotChanged() throws Exception {
    ExchangeNaming.Name exchanged = named(full(2, List.of(3)), full(3, List.of(2)));

    assertThat(exchanged)
        .isEqualTo(
            new ExchangeNaming.Name(
                Cause.SWAPPED_ARGUMENTS,
                "`full` is called with fill_value and size exchanged",
                OptionalInt.empty()));
    assertThat(named(full(2, 7), full(7, 9)).cause()).isEqualTo(Cause.OTHER_CONSTANT);
    assertThat(named(full(2, 7), full(9, 2)).cause()).isEqualTo(Cause.OTHER_CONSTANT);
    assertThat(named(full(2, List.of(3, 3)), full(3, List.of(2, 2))).cause())
        .isEqualTo(Cause.OFF_BY_ONE);
    assertThat(named(full(2, 7).with("c", 1), full(7, 2).with("c", 2)).claim())
        .isEqualTo("`full` is called with c 2, the reference has 1");
  }

  private static Line full(Object fill, Object size) {
    return line("full").with("fill_value", fill).with("size", size);
  }

  @Test
  void takesTheSameDimensionsInAnotherOrderForATransposition() throws Exception {
    Line permute = line("permute");

    assertThat(
            named(permute.with("dims", List.of(0, 2, 1)), permute.with("dims", List.of(2, 0, 1))))
        .isEqualTo(
            new ExchangeNaming.Name(
                Cause.TRANSPOSED,
                "`permute` is called with dims [2,0,1], the reference has [0,2,1]",
                OptionalInt.empty()));
  }

  @Test
  void takesAsManyNumbersInOtherPiecesForAnOrderOfDraws() throws Exception {
    Line four = line("randn").with("dims", List.of(4)).gives(1, 2, 3, 4);
    Line two = line("randn").with("dims", List.of(2));

    assertThat(named(List.of(four, two.gives(5, 6)), List.of(two.gives(1, 2), four)).cause())
        .isEqualTo(Cause.ORDER_OF_DRAWS);
    assertThat(named(List.of(four), List.of(two.gives(1, 2))).cause())
        .isEqualTo(Cause.OTHER_CONSTANT);
  }

  @Test
  void countsTheNumbersThatAreDrawn() throws Exception {
    Line matrix = line("rand").gives(HostTensor.ofFloats(List.of(2L, 3L), 1, 2, 3, 4, 5, 6));
    List<Line> lines =
        List.of(line("randn").gives(1, 2), matrix, line("exp", 1).gives(7, 8, 9), probe("p", 2));

    assertThat(Draws.count(new WrittenLogs(folder).graph(lines))).isEqualTo(8);
  }
}

package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CharacterPlotTest {
  @Test
  void drawsTwoCurvesOverEachOther() {
    double[] falling = {8, 4, 2, 1};
    double[] lower = {8, 2, 1, 0.5};

    List<String> lines =
        new CharacterPlot(List.of(falling, lower), List.of('o', 'x')).render().lines().toList();

    assertThat(lines).hasSize(14);
    assertThat(lines.get(0)).isEqualTo("       8.00 |*");
    assertThat(lines.get(11)).startsWith("      0.500 |").endsWith("x");
    assertThat(lines.get(13)).endsWith("4").contains("  1 ");
  }

  @Test
  void leavesOutWhatIsNotFinite() {
    assertThat(new CharacterPlot(List.of(new double[] {Double.NaN}), List.of('o')).render())
        .contains("no finite value");
    assertThat(
            new CharacterPlot(List.of(new double[] {1, Double.POSITIVE_INFINITY, -1}), List.of('o'))
                .render())
        .contains("1.00 |o", "-1.00 |");
  }
}

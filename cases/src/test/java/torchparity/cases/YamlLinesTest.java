package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class YamlLinesTest {
  private static final String TEXT =
      """
      name: x
      probes:
        - name: a
          shape: [1,
            2]
        - name: b
      limit: 3
      """;

  @Test
  void tellTheLineOfAFieldOrAnItem() {
    YamlLines lines = YamlLines.of(TEXT);

    assertThat(lines.at("")).isEqualTo(1);
    assertThat(lines.at("/probes")).isEqualTo(2);
    assertThat(lines.at("/probes/0/shape")).isEqualTo(4);
    assertThat(lines.at("/probes/0/shape/1")).isEqualTo(5);
    assertThat(lines.at("/probes/1/name")).isEqualTo(6);
    assertThat(lines.at("/limit")).isEqualTo(7);
  }

  @Test
  void tellTheLineOfWhatSurroundsWhatIsNotThere() {
    YamlLines lines = YamlLines.of(TEXT);

    assertThat(lines.at("/probes/1/dtype")).isEqualTo(6);
    assertThat(lines.at("/probes/2")).isEqualTo(2);
    assertThat(lines.at("/probes/9")).isEqualTo(2);
    assertThat(lines.at("/probes/x/y")).isEqualTo(2);
    assertThat(lines.at("/name/0")).isEqualTo(1);
    assertThat(YamlLines.of("").at("/name")).isEqualTo(1);
  }

  @Test
  void findTheFirstNumberThatIsNotFinite() {
    assertThat(YamlLines.of(TEXT).notFinite()).isEmpty();
    assertThat(YamlLines.of("a: '.nan'\nb: {c: [1, -.inf]}\nd: .nan").notFinite())
        .contains("/b/c/1");
  }

  /** Pointers to all items, written out, would be 400 MB. */
  @Test
  void takeMemoryInProportionToTheText() {
    StringBuilder text = new StringBuilder();
    for (int depth = 0; depth < 40; depth++) {
      text.append("{").append("k".repeat(1000)).append(": ");
    }
    text.append("[0").append(",0".repeat(10_000)).append("]").append("}".repeat(40));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    YamlLines lines = YamlLines.of(text.toString());
    assertThat(lines.notFinite()).isEmpty();
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated).isLessThan(1_000L * text.length());
  }
}

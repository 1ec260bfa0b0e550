package torchparity.harness.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EditTest {
  private static final String SOURCE = "def f():\n    a = 1\n    b = a\n    return a\n";

  @Test
  void replacesAPartOfALine() {
    assertThat(edit("b = a", "b = -a").apply(SOURCE))
        .isEqualTo("def f():\n    a = 1\n    b = -a\n    return a\n");
  }

  @Test
  void replacesLinesWhateverTheirIndentationAndKeepsIt() {
    assertThat(edit("a = 1\nb = a", "if b:\n  a = 2").apply(SOURCE))
        .isEqualTo("def f():\n    if b:\n      a = 2\n    return a\n");
  }

  @Test
  void removesALine() {
    assertThat(edit("b = a", "").apply(SOURCE)).isEqualTo("def f():\n    a = 1\n    return a\n");
  }

  @Test
  void refusesAPlaceThatIsNotOne() {
    assertThatThrownBy(() -> edit("a", "c").apply(SOURCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("stands 3 times");
    assertThatThrownBy(() -> edit("nowhere", "c").apply(SOURCE))
        .hasMessageStartingWith("stands 0 times");
  }

  private static Edit edit(String find, String replace) {
    return Edit.of(null, find, replace);
  }
}

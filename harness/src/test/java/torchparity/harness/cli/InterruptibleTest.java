package torchparity.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Work in a thread of its own. */
class InterruptibleTest {
  @Test
  void givesWhatTheWorkGives() throws Exception {
    assertThat(Interruptible.call(() -> 7)).contains(7);
  }

  @Test
  void throwsAnErrorOfTheWorkAsItIs() {
    Callable<Integer> deep =
        () -> {
          throw new StackOverflowError();
        };

    assertThatThrownBy(() -> Interruptible.call(deep)).isInstanceOf(StackOverflowError.class);
  }
}

package torchparity.engine.tensor;

import org.bytedeco.pytorch.GradMode;

/** While it is open, this thread records no history for {@code backward}. */
public final class NoGrad implements AutoCloseable {
  private final boolean before = GradMode.is_enabled();

  NoGrad() {
    GradMode.set_enabled(false);
  }

  @Override
  public void close() {
    GradMode.set_enabled(before);
  }
}

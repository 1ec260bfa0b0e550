package torchparity.engine.plugin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks for input for a moment before it sleeps. The next call of a script mostly comes within some
 * tens of microseconds, and waking a sleeping process on another core can take as long again.
 */
final class EagerInput extends FilterInputStream {
  private static final long LOOK_NANOS = 100_000;

  EagerInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    look();
    return in.read();
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    look();
    return in.read(buffer, offset, length);
  }

  private void look() throws IOException {
    long until = System.nanoTime() + LOOK_NANOS;
    while (in.available() == 0 && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
  }
}

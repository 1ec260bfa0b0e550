package torchparity.engine.plugin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Looks for input for a moment before it sleeps. The next call of a script mostly comes within some
 * tens of microseconds, and waking a sleeping process on another core can take as long again. It
 * yields meanwhile: where all cores are busy, Nushell itself may need this one.
 */
final class EagerInput extends FilterInputStream {
  private static final long LOOK_NANOS = 100_000;

  private long delivered;

  EagerInput(InputStream in) {
    super(in);
  }

  /** Bytes handed out so far. */
  long delivered() {
    return delivered;
  }

  @Override
  public int read() throws IOException {
    look();
    int read = in.read();
    delivered += read < 0 ? 0 : 1;
    return read;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    look();
    int read = in.read(buffer, offset, length);
    delivered += Math.max(read, 0);
    return read;
  }

  @SuppressWarnings("ThreadPriorityCheck") // a hint is what is meant
  private void look() throws IOException {
    long until = System.nanoTime() + LOOK_NANOS;
    while (in.available() == 0 && System.nanoTime() < until) {
      Thread.yield();
    }
  }
}

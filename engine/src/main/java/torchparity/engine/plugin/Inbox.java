package torchparity.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import torchparity.engine.plugin.protocol.Incoming;
import torchparity.engine.plugin.protocol.MessageReader;

/**
 * Messages in their order. The thread that computes takes them; while it is busy another one may
 * look ahead, so that Ctrl-C is heard.
 */
final class Inbox {
  private final EagerInput bytes;
  private final MessageReader reader;
  private final Deque<Incoming> ahead = new ArrayDeque<>();

  Inbox(InputStream in) {
    bytes = new EagerInput(in);
    reader = new MessageReader(bytes);
  }

  /** The next message; waits for it. Empty when Nushell closed the connection. */
  synchronized Optional<Incoming> next() throws IOException {
    Incoming known = ahead.poll();
    return known != null ? Optional.of(known) : reader.next();
  }

  /** Reads what has come without waiting for more. True if Ctrl-C is part of it. */
  synchronized boolean lookAhead() throws IOException {
    while (bytes.available() > 0 || bytes.delivered() > reader.bytesRead()) {
      Optional<Incoming> message = reader.next();
      if (message.isEmpty()) {
        return false;
      }
      if (message.get() instanceof Incoming.Interrupt) {
        return true;
      }
      ahead.add(message.get());
    }
    return false;
  }
}

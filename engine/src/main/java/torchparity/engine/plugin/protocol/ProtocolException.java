package torchparity.engine.plugin.protocol;

import java.io.IOException;

/** What came in is no message of Nushell's protocol. */
public final class ProtocolException extends IOException {
  private static final long serialVersionUID = 1L;

  public ProtocolException(String message) {
    super(message);
  }
}

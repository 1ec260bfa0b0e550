package torchparity.harness;

/** The run cannot go on, and the user can do something about it; the message says what. */
public final class ParityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  public ParityException(Code code, String message) {
    super(message);
    this.code = code;
  }

  public Code code() {
    return code;
  }

  /** Why the run cannot go on. */
  public enum Code {
    USAGE,
    SET_UP_MISSING
  }
}

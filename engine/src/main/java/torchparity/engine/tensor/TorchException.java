package torchparity.engine.tensor;

/** libtorch refused an operation; the message is PyTorch's own, without the native stack. */
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final String NATIVE_STACK = "\nException raised from ";

  private final String reason;

  TorchException(String message) {
    super(message);
    this.reason = message;
  }

  TorchException(Op op, RuntimeException cause) {
    super(op.name() + ": " + firstPart(String.valueOf(cause.getMessage())), cause);
    this.reason = firstPart(String.valueOf(cause.getMessage()));
  }

  /** PyTorch's words alone. */
  public String reason() {
    return reason;
  }

  private static String firstPart(String message) {
    int end = message.indexOf(NATIVE_STACK);
    return end < 0 ? message : message.substring(0, end);
  }
}

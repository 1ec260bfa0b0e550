package torchparity.engine.tensor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** libtorch refused an operation; the message is PyTorch's own, without the native stack. */
public final class TorchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Where the native stack begins, in either of its forms. */
  private static final Pattern NATIVE_STACK =
      Pattern.compile("\nException raised from |\n?frame #0: ");

  /** What an allocation that fails says about libtorch's own source. */
  private static final Pattern PLACE =
      Pattern.compile("^\\[enforce fail at [^\\]]*\\] err == 0\\. ");

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
    Matcher stack = NATIVE_STACK.matcher(message);
    String words = stack.find() ? message.substring(0, stack.start()) : message;
    return PLACE.matcher(words).replaceFirst("").strip();
  }
}

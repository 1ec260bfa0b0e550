package torchparity.engine.oplog;

import java.util.Optional;
import java.util.Set;

/** Where in a program an operation was called. */
public record CallSite(String file, int line) {
  /** Packages, and classes of others, that call operations for somebody else. */
  private static final Set<String> OURS =
      Set.of(
          "torchparity.engine.tensor",
          "torchparity.engine.oplog",
          "torchparity.engine.port.Recorder");

  /** The innermost caller in Java that is neither the facade itself nor the port's recorder. */
  static Optional<CallSite> ofJava() {
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
        .walk(
            frames ->
                frames
                    .filter(f -> !OURS.contains(f.getDeclaringClass().getPackageName()))
                    .filter(f -> !OURS.contains(f.getClassName()))
                    .filter(f -> f.getFileName() != null)
                    .findFirst())
        .map(f -> new CallSite(String.valueOf(f.getFileName()), f.getLineNumber()));
  }
}

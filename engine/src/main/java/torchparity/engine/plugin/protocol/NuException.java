package torchparity.engine.plugin.protocol;

import org.jspecify.annotations.Nullable;

/** An error that Nushell shows with the offending place underlined (its LabeledError). */
public final class NuException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Span span;
  private final String label;
  private final @Nullable String help;

  /**
   * An error at a place.
   *
   * @param title what is wrong, in a few words
   * @param label what is wrong at {@code span}
   * @param help what to do about it
   */
  public NuException(String title, String label, Span span, @Nullable String help) {
    super(title, null, false, false);
    this.label = label;
    this.span = span;
    this.help = help;
  }

  public NuException(String title, String label, Span span) {
    this(title, label, span, null);
  }

  public String title() {
    return String.valueOf(getMessage());
  }

  public String label() {
    return label;
  }

  public Span span() {
    return span;
  }

  public @Nullable String help() {
    return help;
  }
}

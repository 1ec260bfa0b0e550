package torchparity.cases;

import java.util.regex.Pattern;

/** What ports, traces and strangers say, as a terminal may be given it. */
public final class PlainText {
  private static final Pattern STEERING =
      Pattern.compile("[\\p{Cntrl}&&[^\t\n]]|[\\u0080-\\u009f]");

  private PlainText() {}

  /** {@code text} without the characters that could steer a terminal; tabs and lines stay. */
  public static String of(String text) {
    return STEERING.matcher(text).replaceAll("");
  }

  /** The same in one line. */
  public static String line(String text) {
    return of(text).replace("\n", "");
  }
}

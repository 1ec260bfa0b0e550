package torchparity.harness.report;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Curves over each other in characters, the value axis logarithmic if all values are positive.
 * Where two curves meet in a cell, {@code *} stands.
 */
final class CharacterPlot {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 12;
  private static final char MEETING = '*';

  private final List<double[]> curves;
  private final List<Character> marks;

  /**
   * @param marks a character for each curve
   */
  CharacterPlot(List<double[]> curves, List<Character> marks) {
    this.curves = List.copyOf(curves);
    this.marks = List.copyOf(marks);
  }

  /** The lines of the plot, with the bounds of both axes. */
  String render() {
    double[] finite =
        curves.stream().flatMapToDouble(Arrays::stream).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return "  (no finite value)%n".formatted();
    }
    double least = Arrays.stream(finite).min().getAsDouble();
    double greatest = Arrays.stream(finite).max().getAsDouble();
    boolean log = least > 0;
    int length = curves.stream().mapToInt(c -> c.length).max().orElse(1);
    char[][] cells = new char[HEIGHT][WIDTH];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
    for (int k = 0; k < curves.size(); k++) {
      double[] curve = curves.get(k);
      for (int i = 0; i < curve.length; i++) {
        if (Double.isFinite(curve[i])) {
          int x = length == 1 ? 0 : (int) ((long) i * (WIDTH - 1) / (length - 1));
          mark(cells[row(curve[i], least, greatest, log)], x, marks.get(k));
        }
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < HEIGHT; r++) {
      String label = r == 0 ? number(greatest) : r == HEIGHT - 1 ? number(least) : "";
      text.append("  %9s |%s%n".formatted(label, new String(cells[r]).stripTrailing()));
    }
    return text.append("  %9s +%s%n".formatted("", "-".repeat(WIDTH)))
        .append("  %9s  1%s%d%n".formatted("", " ".repeat(WIDTH - 1 - digits(length)), length))
        .toString();
  }

  private static void mark(char[] row, int x, char mark) {
    row[x] = row[x] == ' ' || row[x] == mark ? mark : MEETING;
  }

  private static int row(double value, double least, double greatest, boolean log) {
    double from = log ? Math.log(least) : least;
    double to = log ? Math.log(greatest) : greatest;
    double share = to > from ? ((log ? Math.log(value) : value) - from) / (to - from) : 0;
    return (int) Math.round((1 - share) * (HEIGHT - 1));
  }

  private static int digits(int n) {
    return String.valueOf(n).length();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }
}

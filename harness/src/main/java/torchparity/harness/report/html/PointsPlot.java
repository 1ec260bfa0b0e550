package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import torchparity.cases.HostTensor;

/**
 * Labelled points (N, 2) of all sides over each other; a line leads from each to where it moved.
 */
final class PointsPlot {
  private static final String[] SYMBOLS = {
    "circle-open", "x-thin-open", "diamond-open", "cross-thin-open"
  };
  private static final double FAR = 0.005;

  private final Numbers numbers;

  PointsPlot(Numbers numbers) {
    this.numbers = numbers;
  }

  Optional<Picture> draw(List<Sides> sides) {
    List<Sides> fit = sides.stream().filter(PointsPlot::isDrawable).toList();
    if (fit.isEmpty()) {
      return Optional.empty();
    }
    Plot plot = new Plot();
    int moved = 0;
    for (int s = 1; s < fit.size(); s++) {
      moved += moves(plot, fit.get(0), fit.get(s));
    }
    for (int s = 0; s < fit.size(); s++) {
      side(plot, fit.get(s), s);
    }
    plot.axis("xaxis", "x").put("constrain", "domain");
    plot.axis("yaxis", "y").put("scaleanchor", "x").put("constrain", "domain");
    String text =
        fit.size() == 1
            ? "Points: the same bits in " + fit.get(0).name()
            : moved == 0
                ? "Points: they lie on each other, apart from rounding"
                : "Points: %d of %d lie elsewhere".formatted(moved, fit.get(0).get(1).numel());
    return Optional.of(new Picture(text + " (colours are classes)", text + ".", plot.json(), 520));
  }

  private static boolean isDrawable(Sides side) {
    List<Long> shape = side.get(0).shape();
    return shape.size() == 2
        && shape.get(1) == 2
        && side.get(1).numel() == shape.get(0)
        && !side.get(1).dtype().isFloatingPoint();
  }

  /** One trace for each label; the legend tells sides alone, by their symbols. */
  private void side(Plot plot, Sides side, int s) {
    ObjectNode legend =
        plot.points(side.name(), numbers.of(1, i -> Double.NaN), numbers.of(1, i -> Double.NaN));
    legend
        .putObject("marker")
        .put("symbol", SYMBOLS[s % SYMBOLS.length])
        .put("size", 8)
        .put("color", "ink")
        .putObject("line")
        .put("color", "ink")
        .put("width", s == 0 ? 1 : 2);
    HostTensor x = side.get(0);
    HostTensor labels = side.get(1);
    TreeSet<Long> classes = new TreeSet<>();
    for (int i = 0; i < labels.numel() && classes.size() < 12; i++) {
      classes.add(labels.getLong(i));
    }
    for (long label : classes) {
      int[] rows = rows(labels, label);
      ObjectNode trace =
          plot.points(
              "%s, class %d".formatted(side.name(), label),
              numbers.of(rows.length, i -> x.getDouble(2 * rows[i])),
              numbers.of(rows.length, i -> x.getDouble(2 * rows[i] + 1)));
      trace.put("showlegend", false);
      ObjectNode marker = trace.putObject("marker");
      marker.put("symbol", SYMBOLS[s % SYMBOLS.length]).put("size", s == 0 ? 8 : 7);
      String colour = Plot.CLASSES[Math.floorMod(label, Plot.CLASSES.length)];
      marker
          .put("color", colour)
          .putObject("line")
          .put("color", colour)
          .put("width", s == 0 ? 1 : 2);
    }
  }

  private static int[] rows(HostTensor labels, long label) {
    return java.util.stream.IntStream.range(0, labels.numel())
        .filter(i -> labels.getLong(i) == label)
        .toArray();
  }

  /** Draws a line from each point that moved visibly; answers with how many did. */
  private int moves(Plot plot, Sides from, Sides to) {
    HostTensor a = from.get(0);
    HostTensor b = to.get(0);
    if (!a.shape().equals(b.shape())) {
      return 0;
    }
    int[] moved =
        java.util.stream.IntStream.range(0, a.numel() / 2)
            .filter(
                i ->
                    !(Math.abs(a.getDouble(2 * i) - b.getDouble(2 * i)) < FAR
                        && Math.abs(a.getDouble(2 * i + 1) - b.getDouble(2 * i + 1)) < FAR))
            .toArray();
    if (moved.length == 0) {
      return 0;
    }
    ObjectNode line =
        plot.line(
            "from %s to %s".formatted(from.name(), to.name()),
            numbers.of(3 * moved.length, i -> at(a, b, moved, i, 0)),
            numbers.of(3 * moved.length, i -> at(a, b, moved, i, 1)));
    line.put("hoverinfo", "skip").putObject("line").put("color", "faint").put("width", 1);
    return moved.length;
  }

  /** From, to, and a gap. */
  private static double at(HostTensor a, HostTensor b, int[] moved, int i, int axis) {
    int row = 2 * moved[i / 3] + axis;
    return i % 3 == 0 ? a.getDouble(row) : i % 3 == 1 ? b.getDouble(row) : Double.NaN;
  }
}

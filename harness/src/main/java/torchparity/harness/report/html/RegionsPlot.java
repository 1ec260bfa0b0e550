package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import torchparity.cases.HostTensor;

/**
 * Decision regions: classes (H, W) over 1-D axes in as many colours, the data's points, and the
 * cells in which another side decides otherwise. A side with other axes gets a picture of its own.
 */
final class RegionsPlot {
  private static final int XS = 0;
  private static final int YS = 1;
  private static final int CLASSES = 2;
  private static final int POINTS = 3;
  private static final int LABELS = 4;

  private final Numbers numbers;

  RegionsPlot(Numbers numbers) {
    this.numbers = numbers;
  }

  List<Picture> draw(List<Sides> sides) {
    List<Sides> fit = sides.stream().filter(RegionsPlot::isDrawable).toList();
    if (fit.isEmpty()) {
      return List.of();
    }
    Sides reference = fit.get(0);
    List<Picture> pictures = new ArrayList<>();
    List<Sides> comparable = new ArrayList<>();
    for (Sides side : fit.subList(1, fit.size())) {
      if (side.get(CLASSES).shape().equals(reference.get(CLASSES).shape())) {
        comparable.add(side);
      }
    }
    pictures.add(picture(reference, comparable));
    for (Sides side : fit.subList(1, fit.size())) {
      if (!comparable.contains(side) || disagreeing(reference, side).length > 0) {
        pictures.add(picture(side, List.of()));
      }
    }
    return pictures;
  }

  private static boolean isDrawable(Sides side) {
    List<Long> shape = side.get(CLASSES).shape();
    return shape.size() == 2
        && side.get(YS).numel() == shape.get(0)
        && side.get(XS).numel() == shape.get(1)
        && !side.get(CLASSES).dtype().isFloatingPoint()
        && side.get(POINTS).numel() == 2 * side.get(LABELS).numel();
  }

  private Picture picture(Sides side, List<Sides> others) {
    Plot plot = new Plot();
    HostTensor z = side.get(CLASSES);
    int height = side.get(YS).numel();
    int width = side.get(XS).numel();
    ObjectNode map = plot.trace("heatmap", "class");
    map.set("x", numbers.of(side.get(XS)));
    map.set("y", numbers.of(side.get(YS)));
    map.set("z", numbers.matrix(height, width, i -> z.getLong(i)));
    map.put("zmin", -0.5).put("zmax", Plot.CLASSES.length - 0.5).put("opacity", 0.35);
    map.put("showscale", false).put("hovertemplate", "x %{x}, y %{y}: class %{z}<extra></extra>");
    ArrayNode scale = map.putArray("colorscale");
    for (int c = 0; c < Plot.CLASSES.length; c++) {
      scale.addArray().add(c / (double) Plot.CLASSES.length).add(Plot.CLASSES[c]);
      scale.addArray().add((c + 1) / (double) Plot.CLASSES.length).add(Plot.CLASSES[c]);
    }
    points(plot, side);
    StringBuilder text = new StringBuilder("Decision regions of " + side.name());
    for (Sides other : others) {
      int[] cells = disagreeing(side, other);
      text.append(
          "; %s decides otherwise in %d of %d cells"
              .formatted(other.name(), cells.length, z.numel()));
      if (cells.length > 0) {
        ObjectNode marks =
            plot.points(
                "%s decides otherwise".formatted(other.name()),
                numbers.of(cells.length, i -> side.get(XS).getDouble(cells[i] % width)),
                numbers.of(cells.length, i -> side.get(YS).getDouble(cells[i] / width)));
        marks.putObject("marker").put("symbol", "square-x-open").put("size", 7).put("color", "ink");
      }
    }
    text.append(" (%d x %d)".formatted(width, height));
    plot.axis("xaxis", "x").put("constrain", "domain");
    plot.axis("yaxis", "y").put("scaleanchor", "x").put("constrain", "domain");
    return new Picture(text.toString(), text + ".", plot.json(), 520);
  }

  private void points(Plot plot, Sides side) {
    HostTensor x = side.get(POINTS);
    HostTensor labels = side.get(LABELS);
    for (int c = 0; c < Plot.CLASSES.length; c++) {
      int label = c;
      int[] rows =
          IntStream.range(0, labels.numel())
              .filter(i -> Math.floorMod((long) labels.getDouble(i), 3L) == label)
              .toArray();
      if (rows.length > 0) {
        ObjectNode trace =
            plot.points(
                "data, class " + c,
                numbers.of(rows.length, i -> x.getDouble(2 * rows[i])),
                numbers.of(rows.length, i -> x.getDouble(2 * rows[i] + 1)));
        ObjectNode marker = trace.putObject("marker").put("size", 5).put("color", Plot.CLASSES[c]);
        marker.putObject("line").put("color", "paper").put("width", 0.5);
      }
    }
  }

  private static int[] disagreeing(Sides one, Sides other) {
    HostTensor a = one.get(CLASSES);
    HostTensor b = other.get(CLASSES);
    return a.shape().equals(b.shape())
        ? IntStream.range(0, a.numel()).filter(i -> a.getLong(i) != b.getLong(i)).toArray()
        : new int[0];
  }
}

package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import torchparity.cases.HostTensor;

/** The difference of a tensor of up to two dimensions, element by element, around nought. */
final class DifferencePlot {
  private static final int MOST_ELEMENTS = 20_000;
  private static final double[] STOPS = {0, 0.25, 0.5, 0.75, 1};
  private static final String[] COLOURS = {"minus", "minus-half", "nought", "plus-half", "plus"};

  private final Numbers numbers;

  DifferencePlot(Numbers numbers) {
    this.numbers = numbers;
  }

  /** Empty if the bits are the same, or there is nothing that can be drawn. */
  Optional<Picture> draw(String probe, Sides reference, Sides candidate) {
    HostTensor e = reference.get(0);
    HostTensor a = candidate.get(0);
    List<Long> shape = e.shape();
    if (!shape.equals(a.shape())
        || shape.isEmpty()
        || shape.size() > 2
        || e.numel() == 0
        || e.numel() > MOST_ELEMENTS) {
      return Optional.empty();
    }
    int rows = Math.toIntExact(shape.get(0));
    int columns = e.numel() / rows;
    double greatest = 0;
    int notFinite = 0;
    for (int i = 0; i < e.numel(); i++) {
      double d = Math.abs(a.getDouble(i) - e.getDouble(i));
      notFinite += Double.isFinite(d) ? 0 : 1;
      greatest = Double.isFinite(d) ? Math.max(greatest, d) : greatest;
    }
    Plot plot = new Plot();
    ObjectNode map = plot.trace("heatmap", "difference");
    // The longer dimension runs to the right: screens are wide.
    boolean upright = rows > columns;
    int across = upright ? rows : columns;
    map.set(
        "z",
        numbers.matrix(
            e.numel() / across,
            across,
            i -> {
              int at = upright ? i % rows * columns + i / rows : i;
              return a.getDouble(at) - e.getDouble(at);
            }));
    double reach = greatest > 0 ? greatest : 1;
    map.put("zmin", -reach).put("zmax", reach).put("hoverongaps", false);
    map.put("hovertemplate", "(%{x}, %{y}): %{z}<extra></extra>");
    map.putObject("colorbar").put("thickness", 12).put("exponentformat", "e").put("nticks", 5);
    ArrayNode scale = map.putArray("colorscale");
    for (int i = 0; i < STOPS.length; i++) {
      scale.addArray().add(STOPS[i]).add(COLOURS[i]);
    }
    int down = e.numel() / across;
    plot.axis("xaxis", upright ? "first index" : "second index");
    plot.axis("yaxis", down == 1 ? "" : upright ? "second index" : "first index")
        .put("dtick", down > 10 ? 5 : 1);
    String text =
        "%s: %s minus %s, up to %.3g%s"
            .formatted(
                probe,
                candidate.name(),
                reference.name(),
                greatest,
                notFinite == 0 ? "" : "; %d not finite (gaps)".formatted(notFinite));
    return Optional.of(new Picture(text, text + ".", plot.json(), down > 4 ? 320 : 220));
  }
}

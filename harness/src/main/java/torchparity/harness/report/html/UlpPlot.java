package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Measured;
import torchparity.harness.report.ResultDocument.Probe;

/** How many units in the last place elements are apart: a histogram for each probe, a row each. */
final class UlpPlot {
  private static final int MOST_BINS = 65;

  private UlpPlot() {}

  /** Empty if no probe differs in any bit. */
  static Optional<Picture> draw(Comparison c) {
    List<Probe> probes = c.probes().stream().filter(p -> ulps(p).size() > 1).toList();
    if (probes.isEmpty()) {
      return Optional.empty();
    }
    int bins = probes.stream().mapToInt(p -> ulps(p).size()).max().orElse(1);
    bins = Math.min(bins, MOST_BINS);
    JsonNodeFactory json = JsonNodeFactory.instance;
    ArrayNode x = json.arrayNode();
    for (int b = 0; b < bins; b++) {
      x.add(label(b));
    }
    ArrayNode y = json.arrayNode();
    ArrayNode z = json.arrayNode();
    ArrayNode counts = json.arrayNode();
    for (int p = probes.size() - 1; p >= 0; p--) {
      List<Long> ulps = ulps(probes.get(p));
      y.add(Plot.text(probes.get(p).probe()));
      ArrayNode shares = z.addArray();
      ArrayNode row = counts.addArray();
      long all = Math.max(1, ulps.stream().mapToLong(Long::longValue).sum());
      for (int b = 0; b < bins; b++) {
        long n = b < ulps.size() ? ulps.get(b) : 0;
        shares.add(n == 0 ? json.nullNode() : json.numberNode(Math.round(1000.0 * n / all) / 10.0));
        row.add(n == 0 ? "" : String.valueOf(n));
      }
    }
    Plot plot = new Plot();
    ObjectNode map = plot.trace("heatmap", "share");
    set(map, "x", x);
    set(map, "y", y);
    set(map, "z", z);
    set(map, "text", counts);
    map.put("texttemplate", "%{text}")
        .put("zmin", 0)
        .put("zmax", 100)
        .put("xgap", 1)
        .put("ygap", 1);
    map.put(
        "hovertemplate",
        "%{y}: %{text} elements (%{z} %) are %{x} or more ULPs apart<extra></extra>");
    map.putObject("colorbar").put("thickness", 12).putObject("title").put("text", "%");
    ArrayNode scale = map.putArray("colorscale");
    scale.addArray().add(0).add("few");
    scale.addArray().add(1).add("many");
    plot.axis("xaxis", "units in the last place apart, at least").put("type", "category");
    plot.axis("yaxis", "").put("type", "category").put("automargin", true);
    String text =
        "ULP histograms, %s: a row for each probe that differs in some bit".formatted(c.pair());
    return Optional.of(
        new Picture(text, text + ".", plot.json(), Math.max(180, 110 + 24 * probes.size())));
  }

  private static void set(ObjectNode map, String name, JsonNode value) {
    map.set(name, value);
  }

  private static List<Long> ulps(Probe p) {
    Measured d = p.difference();
    return d == null ? List.of() : d.statistics().ulps();
  }

  /** The least distance in a bin: 0, 1, 2, 4, ... */
  private static String label(int bin) {
    return bin < 2
        ? String.valueOf(bin)
        : bin > 11 ? "2^" + (bin - 1) : String.valueOf(1L << (bin - 1));
  }
}

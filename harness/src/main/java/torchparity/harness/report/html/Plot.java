package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A picture in Plotly's terms. Colours are names such as {@code ink} or {@code class0}, which the
 * page's script replaces by those of the theme.
 */
final class Plot {
  static final String[] CLASSES = {"class0", "class1", "class2"};
  static final String[] SIDES = {"side0", "side1", "side2", "side3"};

  private final ObjectNode plot = JsonNodeFactory.instance.objectNode();
  private final ArrayNode traces = plot.putArray("data");
  private final ObjectNode layout = plot.putObject("layout");

  /** A new trace. */
  ObjectNode trace(String type, String name) {
    return traces.addObject().put("type", type).put("name", text(name));
  }

  /** {@code text} as Plotly shows it: left alone, it reads a few tags, links among them. */
  static String text(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A new trace of points. */
  ObjectNode points(String name, JsonNode x, JsonNode y) {
    ObjectNode trace = trace("scatter", name).put("mode", "markers");
    trace.set("x", x);
    trace.set("y", y);
    return trace;
  }

  /** A new line. */
  ObjectNode line(String name, JsonNode x, JsonNode y) {
    return points(name, x, y).put("mode", "lines");
  }

  ObjectNode axis(String axis, String title) {
    ObjectNode node = layout.withObjectProperty(axis);
    if (!title.isEmpty()) {
      node.putObject("title").put("text", text(title));
    }
    return node;
  }

  ObjectNode layout() {
    return layout;
  }

  ObjectNode json() {
    return plot;
  }
}

package torchparity.cases;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where each value of a YAML text stands, by its JSON pointer. */
public final class YamlLines {
  private static final Pattern NOT_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final Map<String, Integer> lines = new HashMap<>();
  private final List<String> notFinite = new ArrayList<>();

  private YamlLines() {}

  /** The places in {@code text}. */
  public static YamlLines of(String text) {
    YamlLines found = new YamlLines();
    found.visit("", new Yaml(new LoaderOptions()).compose(new StringReader(text)));
    return found;
  }

  /** The line, from 1, of the value at {@code pointer}, or of what surrounds it. */
  public int at(String pointer) {
    Integer line = lines.get(pointer);
    if (line != null) {
      return line;
    }
    return pointer.isEmpty() ? 1 : at(pointer.substring(0, pointer.lastIndexOf('/')));
  }

  /** Pointers to the infinities and NaNs, which JSON cannot say. */
  List<String> notFinite() {
    return List.copyOf(notFinite);
  }

  private void visit(String pointer, @Nullable Node node) {
    if (node == null) {
      return;
    }
    lines.putIfAbsent(pointer, node.getStartMark().getLine() + 1);
    if (node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NOT_FINITE.matcher(scalar.getValue()).matches()) {
      notFinite.add(pointer);
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key) {
          String field = pointer + "/" + key.getValue();
          lines.put(field, key.getStartMark().getLine() + 1);
          visit(field, entry.getValueNode());
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; i < sequence.getValue().size(); i++) {
        visit(pointer + "/" + i, sequence.getValue().get(i));
      }
    }
  }
}

package torchparity.cases;

import java.io.StringReader;
import java.util.Optional;
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
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

  private final @Nullable Node whole;

  private YamlLines(@Nullable Node whole) {
    this.whole = whole;
  }

  /** The places in {@code text}. */
  public static YamlLines of(String text) {
    return new YamlLines(new Yaml(new LoaderOptions()).compose(new StringReader(text)));
  }

  /** The line, from 1, of the value at {@code pointer}, or of what surrounds it. */
  public int at(String pointer) {
    int line = whole == null ? 1 : line(whole);
    Node node = whole;
    String[] names = pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1);
    for (String name : names) {
      NodeTuple field = node instanceof MappingNode mapping ? field(mapping, name) : null;
      if (field != null) {
        line = line(field.getKeyNode());
        node = field.getValueNode();
        continue;
      }
      node = node instanceof SequenceNode sequence ? item(sequence, name) : null;
      if (node == null) {
        return line;
      }
      line = line(node);
    }
    return line;
  }

  private static int line(Node node) {
    return node.getStartMark().getLine() + 1;
  }

  /** The last of that name, which is the one that counts. */
  private static @Nullable NodeTuple field(MappingNode mapping, String name) {
    NodeTuple found = null;
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        found = entry;
      }
    }
    return found;
  }

  private static @Nullable Node item(SequenceNode sequence, String name) {
    int index = INDEX.matcher(name).matches() ? Integer.parseInt(name) : Integer.MAX_VALUE;
    return index < sequence.getValue().size() ? sequence.getValue().get(index) : null;
  }

  /** Pointer to the first infinity or NaN, which JSON cannot say. */
  Optional<String> notFinite() {
    return Optional.ofNullable(whole)
        .flatMap(node -> notFinite(YamlPlace.WHOLE, node))
        .map(YamlPlace::pointer);
  }

  private static Optional<YamlPlace> notFinite(YamlPlace place, Node node) {
    Optional<YamlPlace> found = Optional.empty();
    if (node instanceof ScalarNode scalar
        && scalar.isPlain()
        && NOT_FINITE.matcher(scalar.getValue()).matches()) {
      return Optional.of(place);
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        if (found.isEmpty() && entry.getKeyNode() instanceof ScalarNode key) {
          found = notFinite(place.of(key.getValue()), entry.getValueNode());
        }
      }
    } else if (node instanceof SequenceNode sequence) {
      for (int i = 0; found.isEmpty() && i < sequence.getValue().size(); i++) {
        found = notFinite(place.of(i), sequence.getValue().get(i));
      }
    }
    return found;
  }
}

package torchparity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What YAML calls a number, and JSON Schema does not refuse, though no case can mean it. */
final class YamlNumbers {
  private YamlNumbers() {}

  /** Numbers that are not finite, anywhere, and seeds that are no 64-bit integers. */
  static List<String> problems(JsonNode tree, YamlLines lines) {
    List<String> problems = new ArrayList<>();
    visit(YamlPlace.WHOLE, tree, lines, problems);
    return problems;
  }

  private static void visit(YamlPlace at, JsonNode node, YamlLines lines, List<String> problems) {
    if (problems.size() == SchemaYaml.MOST_PROBLEMS) {
      return;
    }
    if (node.isNumber()) {
      String problem = problem(at, node);
      if (!problem.isEmpty()) {
        String pointer = at.pointer();
        String field = pointer.isEmpty() ? "the case" : pointer.substring(1).replace('/', '.');
        problems.add(
            "line %d: %s: %s, got %s".formatted(lines.at(pointer), field, problem, node.asText()));
      }
    }
    int i = 0;
    for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
      visit(at.of(i++), element, lines, problems);
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      visit(at.of(field.getKey()), field.getValue(), lines, problems);
    }
  }

  private static String problem(YamlPlace at, JsonNode number) {
    if (YamlPlace.WHOLE.of("seeds").equals(at.around())) {
      return number.isIntegralNumber() && number.canConvertToLong()
          ? ""
          : "a seed must be an integer from 0 to 9223372036854775807";
    }
    return Double.isFinite(number.doubleValue()) ? "" : "a number must be finite";
  }
}

package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import torchparity.cases.HostTensor;

/**
 * The numbers that a page draws, each array once, however many pictures show it. Numbers are
 * rounded to what can be seen; NaN and infinities become {@code null}, a gap.
 */
final class Numbers {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final MathContext SEEN = new MathContext(5);

  private final Map<JsonNode, String> names = new LinkedHashMap<>();

  /** A reference to {@code n} numbers, which the page's script resolves. */
  JsonNode of(int n, IntToDoubleFunction values) {
    ArrayNode array = JSON.arrayNode(n);
    for (int i = 0; i < n; i++) {
      array.add(number(values.applyAsDouble(i)));
    }
    return shared(array);
  }

  /** All elements of {@code tensor}. */
  JsonNode of(HostTensor tensor) {
    return of(tensor.numel(), tensor::getDouble);
  }

  /** A matrix {@code (rows, columns)}, row by row. */
  JsonNode matrix(int rows, int columns, IntToDoubleFunction values) {
    ArrayNode matrix = JSON.arrayNode(rows);
    for (int r = 0; r < rows; r++) {
      ArrayNode row = matrix.addArray();
      for (int c = 0; c < columns; c++) {
        row.add(number(values.applyAsDouble(r * columns + c)));
      }
    }
    return shared(matrix);
  }

  private JsonNode shared(ArrayNode array) {
    String name = names.computeIfAbsent(array, k -> "n" + names.size());
    return JSON.objectNode().put("shared", name);
  }

  private static JsonNode number(double value) {
    if (!Double.isFinite(value)) {
      return JSON.nullNode();
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e6) {
      return JSON.numberNode((long) value);
    }
    return JSON.numberNode(new BigDecimal(value).round(SEEN).stripTrailingZeros());
  }

  /** The arrays by the names that references use. */
  ObjectNode shared() {
    ObjectNode all = JSON.objectNode();
    names.forEach((array, name) -> all.set(name, array));
    return all;
  }
}

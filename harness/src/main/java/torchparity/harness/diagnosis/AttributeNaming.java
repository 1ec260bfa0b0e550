package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.ExchangeNaming.Name;

/** Tells what kind of mistake it is if an operation is called with other numbers. */
final class AttributeNaming {
  private AttributeNaming() {}

  private static List<String> difference(OpRecord expected, OpRecord actual) {
    Map<String, JsonNode> a = expected.attributes();
    Map<String, JsonNode> b = actual.attributes();
    Set<String> names = new TreeSet<>(a.keySet());
    names.addAll(b.keySet());
    names.removeAll(Set.of("device", "requires_grad", "keepdim", OpRecord.OPAQUE));
    // A dimension of 0 may be the default, or the difference between one mean and many.
    boolean sameShape = Objects.equals(expected.shape(), actual.shape());
    return names.stream()
        .filter(
            name ->
                !same(a.get(name), b.get(name))
                    || (name.equals("dim")
                        && !sameShape
                        && a.containsKey(name) != b.containsKey(name)))
        .toList();
  }

  private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
    if (a == null || b == null) {
      JsonNode one = a == null ? b : a;
      return one == null
          || (one.isNumber() && one.asDouble() == 0)
          || one.equals(BooleanNode.FALSE);
    }
    if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        if (!same(a.get(i), b.get(i))) {
          return false;
        }
      }
      return true;
    }
    boolean numbers = a.isNumber() && b.isNumber();
    return numbers ? a.asDouble() == b.asDouble() : a.equals(b);
  }

  /** True if two calls of one operation are given other numbers. */
  static boolean differ(OpRecord expected, OpRecord actual) {
    return !difference(expected, actual).isEmpty();
  }

  /**
   * What it amounts to if line {@code last} of the candidate has other numbers than line {@code n}.
   */
  static Name of(OpGraph g, int n, OpGraph c, int last) {
    OpRecord r = g.record(n);
    OpRecord a = c.record(last);
    List<String> names = difference(r, a);
    String name = names.get(0);
    JsonNode expected = r.attributes().get(name);
    JsonNode actual = a.attributes().get(name);
    String claim =
        "`%s` is called with %s %s, the reference has %s"
            .formatted(a.op(), name, text(actual), text(expected));
    if (names.size() == 2 && areExchanged(r, a, names)) {
      String exchanged = "`%s` is called with %s and %s exchanged";
      return new Name(
          Cause.SWAPPED_ARGUMENTS,
          exchanged.formatted(a.op(), names.get(0), names.get(1)),
          OptionalInt.empty());
    }
    Cause cause = Cause.OTHER_CONSTANT;
    if (name.equals("dtype")) {
      cause = Cause.CAST;
    } else if (name.startsWith("dim") && !name.equals("dims")) {
      cause = Cause.WRONG_AXIS;
    } else if (name.equals("dims")
        && Draws.count(g) == Draws.count(c)
        && !sorted(expected).equals(sorted(actual))) {
      cause = Cause.ORDER_OF_DRAWS; // in other pieces
    } else if (name.equals("dims") && sorted(expected).equals(sorted(actual))) {
      cause = Cause.TRANSPOSED;
    } else if (r.op().equals("arange") || r.op().equals("linspace")) {
      cause = Cause.GRID_BOUNDS;
    } else if (ExchangeNaming.GRID.contains(r.op()) || r.op().equals("reshape")) {
      cause = Cause.GRID_AXES;
    } else if (differsByOne(expected, actual)) {
      cause = Cause.OFF_BY_ONE;
    } else if (name.equals("fill_value") && "int64".equals(r.dtype())) {
      cause = Cause.LABEL_ORDER;
    }
    return new Name(cause, claim, OptionalInt.empty());
  }

  private static boolean areExchanged(OpRecord expected, OpRecord actual, List<String> names) {
    List<JsonNode> here = names.stream().map(name -> alone(expected, name)).toList();
    List<JsonNode> there = names.stream().map(name -> alone(actual, name)).toList();
    return here.get(0).equals(there.get(1)) && here.get(1).equals(there.get(0));
  }

  /** An attribute, or the only element of a list. */
  private static JsonNode alone(OpRecord record, String name) {
    JsonNode value = record.attributes().getOrDefault(name, NullNode.instance);
    return value.isArray() && value.size() == 1 ? value.get(0) : value;
  }

  private static String text(@Nullable JsonNode value) {
    return value == null ? "left out" : value.toString();
  }

  private static List<String> sorted(@Nullable JsonNode array) {
    List<String> items = new ArrayList<>();
    if (array != null) {
      array.forEach(item -> items.add(item.toString()));
    }
    Collections.sort(items);
    return items;
  }

  private static boolean differsByOne(@Nullable JsonNode a, @Nullable JsonNode b) {
    return a != null
        && b != null
        && a.isIntegralNumber()
        && b.isIntegralNumber()
        && Math.abs(a.asLong() - b.asLong()) == 1;
  }
}

package torchparity.engine.port;

import com.fasterxml.jackson.databind.JsonNode;

/** A scenario's parameters; one that is missing or of another type is named. */
final class Parameters {
  private final JsonNode values;

  Parameters(JsonNode values) {
    this.values = values;
  }

  int integer(String name) {
    JsonNode value = values.path(name);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw wrong(name, "an integer");
    }
    return value.intValue();
  }

  double real(String name) {
    JsonNode value = values.path(name);
    if (!value.isNumber()) {
      throw wrong(name, "a number");
    }
    return value.doubleValue();
  }

  private IllegalArgumentException wrong(String name, String expected) {
    JsonNode value = values.path(name);
    return new IllegalArgumentException(
        value.isMissingNode()
            ? "parameter '%s' is missing".formatted(name)
            : "parameter '%s' must be %s, got %s".formatted(name, expected, value));
  }
}

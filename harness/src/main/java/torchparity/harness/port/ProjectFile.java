package torchparity.harness.port;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code parity.yaml}; {@code harness/parity.schema.json} has the fields. */
record ProjectFile(
    String cases,
    List<String> ports,
    String reference,
    @Nullable String noise,
    String knownDifferences) {
  @JsonCreator
  static ProjectFile of(
      @JsonProperty("cases") @Nullable String cases,
      @JsonProperty("ports") List<String> ports,
      @JsonProperty("reference") String reference,
      @JsonProperty("noise") @Nullable String noise,
      @JsonProperty("known-differences") @Nullable String knownDifferences) {
    return new ProjectFile(
        cases == null ? "cases" : cases,
        List.copyOf(ports),
        reference,
        noise,
        knownDifferences == null ? "known-differences.yaml" : knownDifferences);
  }
}

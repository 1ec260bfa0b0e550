package torchparity.harness.mutants;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two independent mutants of one port at once: both must be found.
 *
 * @param of ids, the one that is computed first first
 */
public record MutantPair(String id, List<String> of, Mutant.Question question) {
  public MutantPair {
    of = List.copyOf(of);
  }

  @JsonCreator
  static MutantPair of(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "of", required = true) List<String> of,
      @JsonProperty(value = "case", required = true) String caseName,
      @JsonProperty("dtype") @Nullable String dtype,
      @JsonProperty("epochs") @Nullable Integer epochs) {
    return new MutantPair(id, of, Mutant.Question.of(caseName, dtype, epochs));
  }
}

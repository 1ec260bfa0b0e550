package torchparity.harness.port;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a port can do, as its descriptor says; it is not asked for anything else.
 *
 * @param dtypes PyTorch names of default dtypes
 * @param exact products without BLAS
 * @param log op logs
 * @param draws torch's random numbers; without, it runs from given tensors alone
 * @param noise noise at matrix products
 * @param watch recording the functions that a job names
 * @param cases scenarios that it knows; empty if it is to be asked
 */
public record Support(
    List<String> dtypes,
    boolean exact,
    boolean log,
    boolean draws,
    boolean noise,
    boolean watch,
    List<String> cases) {
  /** What a port without a descriptor is taken to be able to do. */
  public static final Support DEFAULT = of(null, null, null, null, null, null, null);

  public Support {
    dtypes = List.copyOf(dtypes);
    cases = List.copyOf(cases);
  }

  /** Reads absent fields as their defaults. */
  @JsonCreator
  static Support of(
      @JsonProperty("dtypes") @Nullable List<String> dtypes,
      @JsonProperty("exact") @Nullable Boolean exact,
      @JsonProperty("log") @Nullable Boolean log,
      @JsonProperty("draws") @Nullable Boolean draws,
      @JsonProperty("noise") @Nullable Boolean noise,
      @JsonProperty("watch") @Nullable Boolean watch,
      @JsonProperty("cases") @Nullable List<String> cases) {
    return new Support(
        dtypes == null ? List.of("float32", "float64") : dtypes,
        !Boolean.FALSE.equals(exact),
        !Boolean.FALSE.equals(log),
        !Boolean.FALSE.equals(draws),
        Boolean.TRUE.equals(noise),
        Boolean.TRUE.equals(watch),
        cases == null ? List.of() : cases);
  }
}

package torchparity.cases;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a port is asked to do in one start: a batch of case instances.
 *
 * @param format the version of the job format, {@link #FORMAT}
 * @param events file to which the port appends one JSON object per line
 * @param threads how many threads torch and BLAS may use
 * @param instances what to run, in order
 * @param watch functions whose arguments and results are recorded, {@code module:function}
 */
public record Job(
    String format,
    Path events,
    int threads,
    List<Instance> instances,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> watch) {
  public static final String FORMAT = "torch-parity-job/1";

  public Job {
    required("format", format);
    required("events", events);
    required("instances", instances);
    instances = List.copyOf(instances);
    watch = watch == null ? List.of() : List.copyOf(watch);
  }

  /** A job that watches nothing. */
  public Job(String format, Path events, int threads, List<Instance> instances) {
    this(format, events, threads, instances, List.of());
  }

  /**
   * One scenario with one seed and one dtype.
   *
   * @param id unique in the job; used in events
   * @param scenario the name under which a port knows the computation
   * @param dtype default dtype of the run, by its PyTorch name
   * @param seed for {@code torch.manual_seed}
   * @param parameters the scenario's own parameters, a JSON object
   * @param trace folder that the port makes and fills
   * @param products how matrix products are computed; {@link Products#BLAS} where absent
   * @param inputs tensor file whose tensors stand in for those that the port would draw or make,
   *     under the names of their probes
   * @param noise what to put in where libraries round differently; for the port that allowances are
   *     computed with
   * @param draws dtype of random draws, before they are cast to {@code dtype}; likewise
   * @param log which part of the run is logged operation by operation; none where absent
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Instance(
      String id,
      String scenario,
      String dtype,
      long seed,
      JsonNode parameters,
      Path trace,
      @Nullable Products products,
      @Nullable Path inputs,
      @Nullable Noise noise,
      @Nullable String draws,
      @Nullable LogWindow log) {
    public Instance {
      required("id", id);
      required("scenario", scenario);
      required("dtype", dtype);
      required("parameters", parameters);
      required("trace", trace);
      products = products == null ? Products.BLAS : products;
    }
  }

  /**
   * Noise where libraries round differently: in the sums of matrix products, of the forward and of
   * the backward pass, on the scale of what rounding does to them.
   *
   * @param seed of the noise
   * @param amplitude its standard deviation in unit roundoffs
   * @param functions whether sums and functions such as the exponential get it, too, as a port that
   *     is not built on PyTorch rounds these differently
   */
  public record Noise(long seed, double amplitude, boolean functions) {}

  private static void required(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("'" + field + "' is missing");
    }
  }
}

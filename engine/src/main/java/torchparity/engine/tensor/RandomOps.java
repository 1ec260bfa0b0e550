package torchparity.engine.tensor;

import static torchparity.engine.tensor.CreationOps.DEVICE;
import static torchparity.engine.tensor.CreationOps.DTYPE;
import static torchparity.engine.tensor.CreationOps.REQUIRES_GRAD;
import static torchparity.engine.tensor.CreationOps.created;
import static torchparity.engine.tensor.CreationOps.orDefault;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.rest;

import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;

/** Draws from the global generator, whose stream is CPython's, and tensors like others. */
public final class RandomOps {
  public static final Op RANDN =
      Op.of(
              "randn",
              "Standard normal draws from the global generator.",
              (t, a) ->
                  created(
                      torch.randn(a.integers(0), Native.options(orDefault(a, 1, t.defaultDtype()))),
                      a,
                      3),
              rest("dims", ParameterType.SIZES, "the sizes of the dimensions, or one list of them"),
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .terms("random", "normal", "gaussian")
          .example("torch randn 2 3 | torch shape", "[2, 3]");

  /** Seeds the generator; answers with an undefined tensor. */
  static final Op MANUAL_SEED =
      Op.of(
          "manual_seed",
          "Seeds the random number generator.",
          (t, a) -> {
            torch.manual_seed(a.integer(0));
            return new Tensor(new org.bytedeco.pytorch.Tensor());
          },
          flag("seed", ParameterType.INTEGER, "the seed"));

  static final List<Op> ALL =
      List.of(
          RANDN,
          Op.of(
                  "rand",
                  "Uniform draws from 0 up to, not including, 1.",
                  (t, a) ->
                      created(
                          torch.rand(
                              a.integers(0), Native.options(orDefault(a, 1, t.defaultDtype()))),
                          a,
                          3),
                  CreationOps.SIZES,
                  DTYPE,
                  DEVICE,
                  REQUIRES_GRAD)
              .terms("random", "uniform")
              .example("torch rand 2 3 | torch shape", "[2, 3]"),
          Op.of(
                  "randint",
                  "Random integers from low up to, not including, high.",
                  (t, a) ->
                      created(
                          torch.randint(
                              a.integer(2, 0),
                              a.integer(0),
                              a.integers(1),
                              Native.options(orDefault(a, 3, Dtype.INT64))),
                          a,
                          5),
                  positional("high", ParameterType.INTEGER, "the upper end, not included"),
                  positional("size", ParameterType.INTEGERS, "the sizes of the dimensions"),
                  flag("low", ParameterType.INTEGER, "the lower end, 0 by default"),
                  DTYPE,
                  DEVICE,
                  REQUIRES_GRAD)
              .terms("random", "integers")
              .example("torch randint 1 [3] | torch value", "[0, 0, 0]"),
          Op.of(
                  "randperm",
                  "The integers below n in random order.",
                  (t, a) ->
                      created(
                          torch.randperm(
                              a.integer(0), Native.options(orDefault(a, 1, Dtype.INT64))),
                          a,
                          3),
                  positional("n", ParameterType.INTEGER, "how many"),
                  DTYPE,
                  DEVICE,
                  REQUIRES_GRAD)
              .terms("random", "shuffle", "permutation")
              .example("torch randperm 3 | torch sort | get values | torch value", "[0, 1, 2]"),
          Op.of(
                  "bernoulli",
                  "1 with the probability that each element is, 0 else.",
                  (t, a) -> new Tensor(torch.bernoulli(a.tensor(0).handle())),
                  piped("tensor_id"))
              .terms("random", "coin")
              .shows("[0.0 1.0]", "[0.0, 1.0]"),
          Op.of(
                  "multinomial",
                  "Indices, drawn with the weights that each row holds.",
                  (t, a) ->
                      new Tensor(
                          torch.multinomial(
                              a.tensor(0).handle(),
                              a.integer(1),
                              a.flag(2, false),
                              new GeneratorOptional())),
                  pipeOnly("tensor_id"),
                  positional("num_samples", ParameterType.INTEGER, "how many"),
                  flag("replacement", ParameterType.BOOLEAN, "whether an index may come again"))
              .terms("random", "sample", "choice")
              .shows("[0.0 1.0 0.0]", "1", "[1]"),
          like(
                  "zeros_like",
                  "Zeros in the shape and dtype of a tensor.",
                  (x, options) -> torch.zeros_like(x, options, new MemoryFormatOptional()))
              .shows("[1 2]", "[0, 0]"),
          like(
                  "ones_like",
                  "Ones in the shape and dtype of a tensor.",
                  (x, options) -> torch.ones_like(x, options, new MemoryFormatOptional()))
              .shows("[1.5 2.5]", "[1.0, 1.0]"),
          like(
                  "rand_like",
                  "Uniform draws in the shape and dtype of a tensor.",
                  (x, options) -> torch.rand_like(x, options, new MemoryFormatOptional()))
              .example("torch tensor [1.0 2.0] | torch rand_like | torch shape", "[2]")
              .terms("random"),
          like(
                  "randn_like",
                  "Standard normal draws in the shape and dtype of a tensor.",
                  (x, options) -> torch.randn_like(x, options, new MemoryFormatOptional()))
              .example("torch tensor [1.0 2.0] | torch randn_like | torch shape", "[2]")
              .terms("random"),
          Op.of(
                  "full_like",
                  "One value in the shape and dtype of a tensor.",
                  (t, a) ->
                      created(
                          torch.full_like(
                              a.tensor(0).handle(),
                              Native.scalar(a.number(1)),
                              options(a, 2),
                              new MemoryFormatOptional()),
                          a,
                          4),
                  piped("tensor_id"),
                  new Parameter(
                      "fill_value", ParameterType.NUMBER, Parameter.Form.PIPED, "the value"),
                  DTYPE,
                  DEVICE,
                  REQUIRES_GRAD)
              .shows("[1.5 2.5]", "7", "[7.0, 7.0]"));

  private RandomOps() {}

  private static Op like(
      String name,
      String summary,
      BiFunction<org.bytedeco.pytorch.Tensor, TensorOptions, org.bytedeco.pytorch.Tensor> kernel) {
    return Op.of(
        name,
        summary,
        (t, a) -> created(kernel.apply(a.tensor(0).handle(), options(a, 1)), a, 3),
        piped("tensor_id"),
        DTYPE,
        DEVICE,
        REQUIRES_GRAD);
  }

  private static TensorOptions options(Arguments a, int i) {
    Dtype dtype = a.dtype(i);
    return Native.options(dtype == null ? a.tensor(0).dtype() : dtype);
  }
}

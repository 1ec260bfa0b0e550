package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.word;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations on every element of one tensor that take flags. */
final class TunedUnaryOps {
  static final List<Op> ALL =
      List.of(
          Op.of(
                  "softplus",
                  "log(1 + exp(beta x)) / beta; x itself where beta x is above the threshold.",
                  on(
                      (x, a) ->
                          torch.softplus(
                              x,
                              Native.scalar(a.get(1) == null ? 1L : a.number(1)),
                              Native.scalar(a.get(2) == null ? 20L : a.number(2)))),
                  piped("tensor_id"),
                  flag("beta", ParameterType.NUMBER, "sharpness, 1 by default"),
                  flag("threshold", ParameterType.NUMBER, "where it turns linear, 20 by default"))
              .terms("activation")
              .shows("[100.0]", "[100.0]"),
          Op.of(
                  "gelu",
                  "Each element times the normal distribution's probability of less.",
                  on((x, a) -> torch.gelu(x, a.word(1, "none"))),
                  piped("tensor_id"),
                  word("approximate", "the formula, none by default", "none", "tanh"))
              .terms("activation")
              .shows("[0.0]", "[0.0]"),
          Op.of(
                  "leaky_relu",
                  "Each element, scaled by the slope if it is negative.",
                  on(
                      (x, a) ->
                          torch.leaky_relu(
                              x, Native.scalar(a.get(1) == null ? 0.01 : a.number(1)))),
                  piped("tensor_id"),
                  flag("negative_slope", ParameterType.NUMBER, "the slope, 0.01 by default"))
              .terms("activation")
              .shows("[-2.0 2.0]", "--negative_slope 0.5", "[-1.0, 2.0]"),
          Op.of(
                  "elu",
                  "Each element, or alpha (exp(x) - 1) if it is negative.",
                  on(
                      (x, a) ->
                          torch.elu(
                              x,
                              Native.scalar(a.get(1) == null ? 1.0 : a.number(1)),
                              Native.scalar(1L),
                              Native.scalar(1L))),
                  piped("tensor_id"),
                  flag("alpha", ParameterType.NUMBER, "the factor, 1 by default"))
              .terms("activation")
              .shows("[0.0 2.0]", "[0.0, 2.0]"),
          Op.of(
                  "nan_to_num",
                  "Numbers in place of NaN and infinities.",
                  on(
                      (x, a) ->
                          torch.nan_to_num(
                              x,
                              Native.optionalDouble(a, 1),
                              Native.optionalDouble(a, 2),
                              Native.optionalDouble(a, 3))),
                  piped("tensor_id"),
                  flag("nan", ParameterType.NUMBER, "instead of NaN, 0 by default"),
                  flag(
                      "posinf",
                      ParameterType.NUMBER,
                      "instead of infinity, the greatest number by default"),
                  flag(
                      "neginf",
                      ParameterType.NUMBER,
                      "instead of -infinity, the least number by default"))
              .shows("[NaN 1.0]", "--nan 7.0", "[7.0, 1.0]"),
          Op.of(
                  "clamp",
                  "Each element, moved to the nearest bound if it is outside.",
                  on(
                      (x, a) ->
                          torch.clamp(x, Native.optionalScalar(a, 1), Native.optionalScalar(a, 2))),
                  piped("tensor_id"),
                  flag("min", ParameterType.NUMBER, "the lower bound"),
                  flag("max", ParameterType.NUMBER, "the upper bound"))
              .terms("clip", "limit")
              .shows("[-2.0 0.5 3.0]", "--min -1.0 --max 1.0", "[-1.0, 0.5, 1.0]"),
          Op.of(
                  "to",
                  "The elements in another dtype; the tensor itself if it has that one.",
                  (t, a) ->
                      a.dtype(1) == null || a.dtype(1) == a.tensor(0).dtype()
                          ? a.tensor(0)
                          : Declaration.wrap(a.tensor(0).handle().to(ScalarTypes.of(a.dtype(1)))),
                  piped("tensor_id"),
                  flag("dtype", ParameterType.DTYPE, "the dtype"),
                  flag("device", ParameterType.DEVICE, "cpu"))
              .terms("cast", "convert", "type")
              .shows("[1.75 -1.75]", "--dtype int64", "[1, -1]"));

  private TunedUnaryOps() {}
}

package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.word;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Losses: how far an input is from its target.
 *
 * <p>Source: torch.nn.functional of PyTorch 2.13.
 */
public final class LossOps {
  private static final Parameter REDUCTION =
      word(
          "reduction", "what becomes of the single losses, mean by default", "none", "mean", "sum");
  private static final Parameter WEIGHT =
      flag("weight", ParameterType.TENSOR, "id of a tensor: the weight of each class");
  private static final Parameter IGNORE_INDEX =
      flag("ignore_index", ParameterType.INTEGER, "a target that does not count, -100 by default");

  static final List<Op> ALL =
      List.of(
          Op.of(
                  "cross_entropy",
                  "Cross-entropy of logits (N, C) and classes (N), or class probabilities (N, C).",
                  (t, a) ->
                      wrap(
                          torch.cross_entropy_loss(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              Native.optionalTensor(a, 2),
                              reduction(a, 3),
                              a.integer(4, -100),
                              a.real(5, 0))),
                  piped("input_id"),
                  piped("target_id"),
                  WEIGHT,
                  REDUCTION,
                  IGNORE_INDEX,
                  flag("label_smoothing", ParameterType.NUMBER, "from 0, the default, to 1"))
              .terms("loss", "classification")
              .between("[[0.0 -1000.0]]", "[0]", "0.0"),
          Op.of(
                  "nll_loss",
                  "Negative log-likelihood of log-probabilities (N, C) and classes (N).",
                  (t, a) ->
                      wrap(
                          torch.nll_loss_nd(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              Native.optionalTensor(a, 2),
                              reduction(a, 3),
                              a.integer(4, -100))),
                  piped("input_id"),
                  piped("target_id"),
                  WEIGHT,
                  REDUCTION,
                  IGNORE_INDEX)
              .terms("loss", "classification")
              .between("[[-0.5 -1.0]]", "[1]", "1.0"),
          Op.of(
                  "mse_loss",
                  "Squared differences.",
                  (t, a) ->
                      wrap(
                          torch.mse_loss(
                              a.tensor(0).handle(), a.tensor(1).handle(), reduction(a, 2))),
                  piped("input_id"),
                  piped("target_id"),
                  REDUCTION)
              .terms("loss", "regression", "squared error")
              .between("[1.0 2.0]", "[3.0 2.0]", "2.0"),
          Op.of(
                  "l1_loss",
                  "Absolute differences.",
                  (t, a) ->
                      wrap(
                          torch.l1_loss(
                              a.tensor(0).handle(), a.tensor(1).handle(), reduction(a, 2))),
                  piped("input_id"),
                  piped("target_id"),
                  REDUCTION)
              .terms("loss", "regression", "absolute error")
              .between("[1.0 2.0]", "[3.0 2.0]", "1.0"),
          Op.of(
                  "smooth_l1_loss",
                  "Absolute differences, squared ones below beta.",
                  (t, a) ->
                      wrap(
                          torch.smooth_l1_loss(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              reduction(a, 2),
                              a.real(3, 1))),
                  piped("input_id"),
                  piped("target_id"),
                  REDUCTION,
                  flag("beta", ParameterType.NUMBER, "where it turns, 1 by default"))
              .terms("loss", "regression")
              .between("[1.0]", "[3.0]", "1.5"),
          Op.of(
                  "huber_loss",
                  "Squared differences, linear ones above delta.",
                  (t, a) ->
                      wrap(
                          torch.huber_loss(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              reduction(a, 2),
                              a.real(3, 1))),
                  piped("input_id"),
                  piped("target_id"),
                  REDUCTION,
                  flag("delta", ParameterType.NUMBER, "where it turns, 1 by default"))
              .terms("loss", "regression")
              .between("[1.0]", "[3.0]", "1.5"),
          Op.of(
                  "binary_cross_entropy",
                  "Cross-entropy of probabilities and targets, both from 0 to 1.",
                  (t, a) -> {
                    sameSize(a);
                    return wrap(
                        torch.binary_cross_entropy(
                            a.tensor(0).handle(),
                            a.tensor(1).handle(),
                            Native.optionalTensor(a, 2),
                            reduction(a, 3)));
                  },
                  piped("input_id"),
                  piped("target_id"),
                  WEIGHT,
                  REDUCTION)
              .terms("loss", "classification")
              .between("[1.0]", "[1.0]", "0.0"),
          Op.of(
                  "binary_cross_entropy_with_logits",
                  "Cross-entropy of logits and targets from 0 to 1.",
                  (t, a) -> {
                    sameSize(a);
                    return wrap(
                        torch.binary_cross_entropy_with_logits(
                            a.tensor(0).handle(),
                            a.tensor(1).handle(),
                            Native.optionalTensor(a, 2),
                            new TensorOptional(),
                            reduction(a, 3)));
                  },
                  piped("input_id"),
                  piped("target_id"),
                  WEIGHT,
                  REDUCTION)
              .terms("loss", "classification")
              .between("[1000.0]", "[1.0]", "0.0"),
          Op.of(
                  "kl_div",
                  "Kullback-Leibler divergence of log-probabilities from target probabilities.",
                  (t, a) -> {
                    Tensor x = a.tensor(0).handle();
                    Tensor target = a.tensor(1).handle();
                    boolean logTarget = a.flag(3, false);
                    if (!a.word(2, "mean").equals("batchmean") || x.dim() == 0) {
                      return wrap(torch.kl_div(x, target, reduction(a, 2), logTarget));
                    }
                    Tensor sum = torch.kl_div(x, target, 2, logTarget);
                    return wrap(sum.div(torch.wrapped_scalar_tensor(Native.scalar(x.size(0)))));
                  },
                  piped("input_id"),
                  piped("target_id"),
                  word(
                      "reduction",
                      "what becomes of the single losses, mean by default",
                      "none",
                      "mean",
                      "sum",
                      "batchmean"),
                  flag("log_target", ParameterType.BOOLEAN, "whether the target is logarithms too"))
              .terms("loss", "divergence")
              .between("[0.0]", "[1.0]", "0.0"));

  private LossOps() {}

  /** libtorch's number for a reduction. */
  private static long reduction(Arguments a, int i) {
    return switch (a.word(i, "mean")) {
      case "none" -> 0;
      case "sum" -> 2;
      default -> 1;
    };
  }

  private static void sameSize(Arguments a) {
    List<Long> input = a.tensor(0).shape();
    List<Long> target = a.tensor(1).shape();
    if (!input.equals(target)) {
      throw new TorchException(
          "Target size (torch.Size(%s)) must be the same as input size (torch.Size(%s))"
              .formatted(Arrays.toString(target.toArray()), Arrays.toString(input.toArray())));
    }
  }
}

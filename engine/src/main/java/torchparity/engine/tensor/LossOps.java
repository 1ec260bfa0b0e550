package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.word;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
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

  /** A kernel over the handles of an input and its target. */
  private interface LossKernel {
    Tensor apply(Tensor x, Tensor target, Arguments a);
  }

  static final List<Op> ALL =
      List.of(
          loss(
                  "cross_entropy",
                  "Cross-entropy of logits (N, C) and classes (N), or class probabilities (N, C).",
                  (x, y, a) ->
                      torch.cross_entropy_loss(
                          x,
                          y,
                          Native.optionalTensor(a, 2),
                          reduction(a, 3),
                          a.integer(4, -100),
                          a.real(5, 0)),
                  WEIGHT,
                  REDUCTION,
                  IGNORE_INDEX,
                  flag("label_smoothing", ParameterType.NUMBER, "from 0, the default, to 1"))
              .terms("loss", "classification")
              .between("[[0.0 -1000.0]]", "[0]", "0.0"),
          loss(
                  "nll_loss",
                  "Negative log-likelihood of log-probabilities (N, C) and classes (N).",
                  (x, y, a) ->
                      torch.nll_loss_nd(
                          x, y, Native.optionalTensor(a, 2), reduction(a, 3), a.integer(4, -100)),
                  WEIGHT,
                  REDUCTION,
                  IGNORE_INDEX)
              .terms("loss", "classification")
              .between("[[-0.5 -1.0]]", "[1]", "1.0"),
          loss(
                  "mse_loss",
                  "Squared differences.",
                  (x, y, a) -> torch.mse_loss(x, y, reduction(a, 2)),
                  REDUCTION)
              .terms("loss", "regression", "squared error")
              .between("[1.0 2.0]", "[3.0 2.0]", "2.0"),
          loss(
                  "l1_loss",
                  "Absolute differences.",
                  (x, y, a) -> torch.l1_loss(x, y, reduction(a, 2)),
                  REDUCTION)
              .terms("loss", "regression", "absolute error")
              .between("[1.0 2.0]", "[3.0 2.0]", "1.0"),
          loss(
                  "smooth_l1_loss",
                  "Absolute differences, squared ones below beta.",
                  (x, y, a) -> torch.smooth_l1_loss(x, y, reduction(a, 2), a.real(3, 1)),
                  REDUCTION,
                  flag("beta", ParameterType.NUMBER, "where it turns, 1 by default"))
              .terms("loss", "regression")
              .between("[1.0]", "[3.0]", "1.5"),
          loss(
                  "huber_loss",
                  "Squared differences, linear ones above delta.",
                  (x, y, a) -> torch.huber_loss(x, y, reduction(a, 2), a.real(3, 1)),
                  REDUCTION,
                  flag("delta", ParameterType.NUMBER, "where it turns, 1 by default"))
              .terms("loss", "regression")
              .between("[1.0]", "[3.0]", "1.5"),
          loss(
                  "binary_cross_entropy",
                  "Cross-entropy of probabilities and targets, both from 0 to 1.",
                  (x, y, a) -> {
                    sameSize(a);
                    return torch.binary_cross_entropy(
                        x, y, Native.optionalTensor(a, 2), reduction(a, 3));
                  },
                  WEIGHT,
                  REDUCTION)
              .terms("loss", "classification")
              .between("[1.0]", "[1.0]", "0.0"),
          loss(
                  "binary_cross_entropy_with_logits",
                  "Cross-entropy of logits and targets from 0 to 1.",
                  (x, y, a) -> {
                    sameSize(a);
                    return torch.binary_cross_entropy_with_logits(
                        x, y, Native.optionalTensor(a, 2), new TensorOptional(), reduction(a, 3));
                  },
                  WEIGHT,
                  REDUCTION)
              .terms("loss", "classification")
              .between("[1000.0]", "[1.0]", "0.0"),
          loss(
                  "kl_div",
                  "Kullback-Leibler divergence of log-probabilities from target probabilities.",
                  (x, y, a) -> {
                    boolean logTarget = a.flag(3, false);
                    if (!a.word(2, "mean").equals("batchmean") || x.dim() == 0) {
                      return torch.kl_div(x, y, reduction(a, 2), logTarget);
                    }
                    Tensor sum = torch.kl_div(x, y, 2, logTarget);
                    return sum.div(torch.wrapped_scalar_tensor(Native.scalar(x.size(0))));
                  },
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

  private static Op loss(String name, String summary, LossKernel kernel, Parameter... parameters) {
    Stream<Parameter> pair = Stream.of(piped("input_id"), piped("target_id"));
    return Op.of(
        name,
        summary,
        (t, a) -> wrap(kernel.apply(a.tensor(0).handle(), a.tensor(1).handle(), a)),
        Stream.concat(pair, Arrays.stream(parameters)).toArray(Parameter[]::new));
  }

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

package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.optional;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.rest;

import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;

/**
 * Operations that make tensors. As in PyTorch 2.13, the dtype is int64 where every number given is
 * an integer, and the default dtype elsewhere.
 */
public final class CreationOps {
  private static final Parameter DTYPE =
      flag("dtype", ParameterType.DTYPE, "float32, float64, int32, int64 or bool");
  private static final Parameter DEVICE = flag("device", ParameterType.DEVICE, "cpu");
  private static final Parameter REQUIRES_GRAD =
      flag("requires_grad", ParameterType.BOOLEAN, "whether gradients are computed for it");

  public static final Op RANDN =
      Op.of(
          "randn",
          "Standard normal draws from the global generator.",
          (t, a) ->
              created(
                  torch.randn(a.integers(0), Native.options(orDefault(a, 1, t.defaultDtype()))),
                  a,
                  3),
          rest("dims", ParameterType.INTEGER, "the sizes of the dimensions"),
          DTYPE,
          DEVICE,
          REQUIRES_GRAD);

  public static final Op FULL =
      Op.of(
          "full",
          "One value in every element.",
          (t, a) ->
              created(
                  torch.full(
                      a.integers(0),
                      Native.scalar(a.number(1)),
                      Native.options(orDefault(a, 2, inferred(t, a.number(1))))),
                  a,
                  4),
          positional("size", ParameterType.INTEGERS, "the sizes of the dimensions"),
          positional("fill_value", ParameterType.NUMBER, "the value"),
          DTYPE,
          DEVICE,
          REQUIRES_GRAD);

  public static final Op ARANGE =
      Op.of(
          "arange",
          "Numbers from start up to, not including, end.",
          (t, a) -> {
            boolean endAlone = a.get(1) == null;
            Number start = endAlone ? 0L : a.number(0);
            Number end = endAlone ? a.number(0) : a.number(1);
            Number step = a.get(2) == null ? 1L : a.number(2);
            Dtype dtype = orDefault(a, 3, inferred(t, start, end, step));
            return created(
                torch.arange(
                    Native.scalar(start),
                    Native.scalar(end),
                    Native.scalar(step),
                    Native.options(dtype)),
                a,
                5);
          },
          positional(
              "end_or_start", ParameterType.NUMBER, "the end, or the start if an end follows"),
          optional("end", ParameterType.NUMBER, "the end, not included"),
          optional("step", ParameterType.NUMBER, "the step, 1 by default"),
          DTYPE,
          DEVICE,
          REQUIRES_GRAD);

  public static final Op LINSPACE =
      Op.of(
          "linspace",
          "Evenly spaced numbers from start to end, both included.",
          (t, a) ->
              created(
                  torch.linspace(
                      Native.scalar(a.number(0)),
                      Native.scalar(a.number(1)),
                      a.integer(2),
                      Native.options(orDefault(a, 3, t.defaultDtype()))),
                  a,
                  5),
          positional("start", ParameterType.NUMBER, "the first number"),
          positional("end", ParameterType.NUMBER, "the last number"),
          positional("steps", ParameterType.INTEGER, "how many numbers"),
          DTYPE,
          DEVICE,
          REQUIRES_GRAD);

  /** Elements copied from Java memory; callers parse their own literals into a host tensor. */
  static final Op TENSOR =
      Op.of(
          "tensor",
          "A tensor of the given numbers.",
          (t, a) ->
              Tensor.fromHost((HostTensor) Objects.requireNonNull(a.get(0)), a.flag(1, false)));

  static final List<Op> ALL = List.of(RANDN, FULL, ARANGE, LINSPACE);

  private CreationOps() {}

  private static Dtype orDefault(Arguments a, int i, Dtype absent) {
    Dtype dtype = a.dtype(i);
    return dtype == null ? absent : dtype;
  }

  private static Dtype inferred(Torch t, Number... numbers) {
    for (Number n : numbers) {
      if (n instanceof Double) {
        return t.defaultDtype();
      }
    }
    return Dtype.INT64;
  }

  private static Tensor created(org.bytedeco.pytorch.Tensor made, Arguments a, int gradFlag) {
    return new Tensor(a.flag(gradFlag, false) ? made.requires_grad_(true) : made);
  }
}

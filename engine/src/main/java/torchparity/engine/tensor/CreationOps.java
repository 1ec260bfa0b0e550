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
 * Operations that make tensors of numbers. As in PyTorch 2.13, the dtype is int64 where every
 * number given is an integer, and the default dtype elsewhere; where gradients are asked for, which
 * integers cannot have, it is the default dtype too.
 */
public final class CreationOps {
  static final Parameter DTYPE =
      flag("dtype", ParameterType.DTYPE, "float32, float64, int32, int64, uint8 or bool");
  static final Parameter DEVICE = flag("device", ParameterType.DEVICE, "cpu");
  static final Parameter REQUIRES_GRAD =
      flag("requires_grad", ParameterType.BOOLEAN, "whether gradients are computed for it");
  static final Parameter SIZES =
      rest("sizes", ParameterType.SIZES, "the sizes of the dimensions, or one list of them");

  public static final Op FULL =
      Op.of(
              "full",
              "One value in every element.",
              (t, a) ->
                  created(
                      torch.full(
                          a.integers(0),
                          Native.scalar(a.number(1)),
                          Native.options(
                              orDefault(a, 2, inferred(t, a.flag(4, false), a.number(1))))),
                      a,
                      4),
              positional("size", ParameterType.INTEGERS, "the sizes of the dimensions"),
              positional("fill_value", ParameterType.NUMBER, "the value"),
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .terms("fill", "constant")
          .example("torch full [2] 7 | torch value", "[7, 7]");

  public static final Op ARANGE =
      Op.of(
              "arange",
              "Numbers from start up to, not including, end.",
              (t, a) -> {
                boolean endAlone = a.get(1) == null;
                Number start = endAlone ? 0L : a.number(0);
                Number end = endAlone ? a.number(0) : a.number(1);
                Number step = a.get(2) == null ? 1L : a.number(2);
                Dtype dtype = orDefault(a, 3, inferred(t, a.flag(5, false), start, end, step));
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
              REQUIRES_GRAD)
          .terms("range", "sequence")
          .example("torch arange 1 2 0.25 | torch value", "[1.0, 1.25, 1.5, 1.75]");

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
              REQUIRES_GRAD)
          .terms("range", "sequence")
          .example("torch linspace 0 1 5 | torch value", "[0.0, 0.25, 0.5, 0.75, 1.0]");

  private static final Op LOGSPACE =
      Op.of(
              "logspace",
              "Powers of a base, whose exponents are evenly spaced.",
              (t, a) ->
                  created(
                      torch.logspace(
                          Native.scalar(a.number(0)),
                          Native.scalar(a.number(1)),
                          a.integer(2),
                          a.real(3, 10),
                          Native.options(orDefault(a, 4, t.defaultDtype()))),
                      a,
                      6),
              positional("start", ParameterType.NUMBER, "the first exponent"),
              positional("end", ParameterType.NUMBER, "the last exponent"),
              positional("steps", ParameterType.INTEGER, "how many numbers"),
              flag("base", ParameterType.NUMBER, "the base, 10 by default"),
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .terms("sequence")
          .example("torch logspace 0 2 3 --base 2 | torch value", "[1.0, 2.0, 4.0]");

  private static final Op ZEROS =
      Op.of(
              "zeros",
              "Zero in every element.",
              (t, a) ->
                  created(
                      torch.zeros(a.integers(0), Native.options(orDefault(a, 1, t.defaultDtype()))),
                      a,
                      3),
              SIZES,
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .example("torch zeros 2 2 | torch value", "[[0.0, 0.0], [0.0, 0.0]]");

  private static final Op ONES =
      Op.of(
              "ones",
              "One in every element.",
              (t, a) ->
                  created(
                      torch.ones(a.integers(0), Native.options(orDefault(a, 1, t.defaultDtype()))),
                      a,
                      3),
              SIZES,
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .example("torch ones [2] --dtype int64 | torch value", "[1, 1]");

  private static final Op EYE =
      Op.of(
              "eye",
              "The identity matrix.",
              (t, a) ->
                  created(
                      torch.eye(
                          a.integer(0),
                          a.integer(1, a.integer(0)),
                          Native.options(orDefault(a, 2, t.defaultDtype()))),
                      a,
                      4),
              positional("n", ParameterType.INTEGER, "number of rows"),
              optional("m", ParameterType.INTEGER, "number of columns, n by default"),
              DTYPE,
              DEVICE,
              REQUIRES_GRAD)
          .terms("identity")
          .example("torch eye 2 | torch value", "[[1.0, 0.0], [0.0, 1.0]]");

  private static final Op ONE_HOT =
      Op.of(
              "one_hot",
              "A vector for each class: 1 at its index, 0 elsewhere; torch.nn.functional.one_hot.",
              (t, a) -> new Tensor(torch.one_hot(a.tensor(0).handle(), a.integer(1, -1))),
              Parameter.piped("tensor_id"),
              flag(
                  "num_classes",
                  ParameterType.INTEGER,
                  "how many, one more than the greatest by default"))
          .terms("classes", "encode")
          .shows("[0 1]", "[[1, 0], [0, 1]]");

  /** Elements copied from Java memory; callers parse their own literals into a host tensor. */
  static final Op TENSOR =
      Op.of(
          "tensor",
          "A tensor of the given numbers.",
          (t, a) ->
              Tensor.fromHost((HostTensor) Objects.requireNonNull(a.get(0)), a.flag(1, false)));

  static final List<Op> ALL = List.of(FULL, ARANGE, LINSPACE, LOGSPACE, ZEROS, ONES, EYE, ONE_HOT);

  private CreationOps() {}

  static Dtype orDefault(Arguments a, int i, Dtype absent) {
    Dtype dtype = a.dtype(i);
    return dtype == null ? absent : dtype;
  }

  private static Dtype inferred(Torch t, boolean requiresGrad, Number... numbers) {
    for (Number n : numbers) {
      if (n instanceof Double || requiresGrad) {
        return t.defaultDtype();
      }
    }
    return Dtype.INT64;
  }

  static Tensor created(org.bytedeco.pytorch.Tensor made, Arguments a, int gradFlag) {
    return new Tensor(a.flag(gradFlag, false) ? made.requires_grad_(true) : made);
  }
}

package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.pipedList;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.rest;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations that select, join, repeat and reshape, and the matrix product. */
public final class ShapeOps {
  public static final Op MM =
      Op.of(
          "mm",
          "Matrix product of (N, K) and (K, M).",
          (t, a) -> new Tensor(a.tensor(0).handle().mm(a.tensor(1).handle())),
          piped("tensor1_id"),
          piped("tensor2_id"));

  public static final Op T =
      Op.of(
          "t",
          "Transpose of a matrix.",
          (t, a) -> new Tensor(a.tensor(0).handle().t()),
          piped("tensor_id"));

  public static final Op GATHER =
      Op.of(
          "gather",
          "Elements chosen by index along a dimension.",
          (t, a) -> new Tensor(a.tensor(0).handle().gather(a.integer(1), a.tensor(2).handle())),
          pipeOnly("tensor_id"),
          positional("dim", ParameterType.INTEGER, "the dimension"),
          positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"));

  public static final Op SQUEEZE =
      Op.of(
          "squeeze",
          "Drops a dimension of size 1.",
          (t, a) -> new Tensor(a.tensor(0).handle().squeeze(a.integer(1))),
          pipeOnly("tensor_id"),
          positional("dim", ParameterType.INTEGER, "the dimension"));

  public static final Op UNSQUEEZE =
      Op.of(
          "unsqueeze",
          "Inserts a dimension of size 1.",
          (t, a) -> new Tensor(a.tensor(0).handle().unsqueeze(a.integer(1))),
          pipeOnly("tensor_id"),
          positional("dim", ParameterType.INTEGER, "where it goes"));

  public static final Op CAT =
      Op.of(
          "cat",
          "Tensors joined along a dimension.",
          (t, a) -> new Tensor(torch.cat(Native.vector(a.tensors(0)), a.integer(1, 0))),
          pipedList("tensor_ids"),
          flag("dim", ParameterType.INTEGER, "the dimension, 0 by default"));

  public static final Op STACK =
      Op.of(
          "stack",
          "Tensors of one shape joined along a new dimension.",
          (t, a) -> new Tensor(torch.stack(Native.vector(a.tensors(0)), a.integer(1, 0))),
          pipedList("tensor_ids"),
          flag("dim", ParameterType.INTEGER, "where the new dimension goes, 0 by default"));

  public static final Op REPEAT =
      Op.of(
          "repeat",
          "The whole tensor repeated along each dimension.",
          (t, a) -> new Tensor(a.tensor(0).handle().repeat(a.integers(1))),
          pipeOnly("tensor_id"),
          rest("sizes", ParameterType.INTEGER, "how often, for each dimension"));

  public static final Op REPEAT_INTERLEAVE =
      Op.of(
          "repeat_interleave",
          "Each element repeated in place.",
          (t, a) -> {
            org.bytedeco.pytorch.Tensor x = a.tensor(0).handle();
            return new Tensor(
                a.get(1) instanceof Tensor repeats
                    ? x.repeat_interleave(
                        repeats.handle(), Native.optional(a, 2), Native.optional(a, 3))
                    : x.repeat_interleave(
                        a.integer(1), Native.optional(a, 2), Native.optional(a, 3)));
          },
          pipeOnly("tensor_id"),
          positional(
              "repeats", ParameterType.SCALAR, "how often: a number or the id of an int64 tensor"),
          flag("dim", ParameterType.INTEGER, "the dimension; the flattened tensor by default"),
          flag("output_size", ParameterType.INTEGER, "size of the result along the dimension"));

  public static final Op RESHAPE =
      Op.of(
          "reshape",
          "The same elements in another shape; one size may be -1.",
          (t, a) -> new Tensor(a.tensor(0).handle().reshape(a.integers(1))),
          pipeOnly("tensor_id"),
          positional("shape", ParameterType.INTEGERS, "the sizes of the dimensions"));

  static final List<Op> ALL =
      List.of(MM, T, GATHER, SQUEEZE, UNSQUEEZE, CAT, STACK, REPEAT, REPEAT_INTERLEAVE, RESHAPE);

  private ShapeOps() {}
}

package torchparity.engine.tensor;

import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.optional;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.pipedList;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.rest;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations that select, join, repeat and reshape. */
public final class ShapeOps {
  public static final Op T =
      Op.of(
              "t",
              "Transpose of a matrix.",
              (t, a) -> new Tensor(a.tensor(0).handle().t()),
              piped("tensor_id"))
          .terms("transpose")
          .shows("[[1 2] [3 4]]", "[[1, 3], [2, 4]]");

  public static final Op GATHER =
      Op.of(
              "gather",
              "Elements chosen by index along a dimension.",
              (t, a) -> new Tensor(a.tensor(0).handle().gather(a.integer(1), a.tensor(2).handle())),
              pipeOnly("tensor_id"),
              positional("dim", ParameterType.INTEGER, "the dimension"),
              positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"))
          .terms("index", "choose")
          .shows("[[1.0 2.0] [3.0 4.0]]", "1 (torch tensor [[1] [0]])", "[[2.0], [3.0]]");

  public static final Op SQUEEZE =
      Op.of(
              "squeeze",
              "Drops a dimension of size 1, or all of them.",
              (t, a) -> {
                org.bytedeco.pytorch.Tensor x = a.tensor(0).handle();
                return new Tensor(a.get(1) == null ? x.squeeze() : x.squeeze(a.integer(1)));
              },
              pipeOnly("tensor_id"),
              optional("dim", ParameterType.INTEGER, "the dimension; all of size 1 by default"))
          .shows("[[1 2]]", "0", "[1, 2]");

  public static final Op UNSQUEEZE =
      Op.of(
              "unsqueeze",
              "Inserts a dimension of size 1.",
              (t, a) -> new Tensor(a.tensor(0).handle().unsqueeze(a.integer(1))),
              pipeOnly("tensor_id"),
              positional("dim", ParameterType.INTEGER, "where it goes"))
          .shows("[1 2]", "0", "[[1, 2]]");

  public static final Op CAT =
      Op.of(
              "cat",
              "Tensors joined along a dimension.",
              (t, a) -> new Tensor(torch.cat(Native.vector(a.tensors(0)), a.integer(1, 0))),
              pipedList("tensor_ids"),
              flag("dim", ParameterType.INTEGER, "the dimension, 0 by default"))
          .terms("concatenate", "join")
          .example(
              "[(torch tensor [1 2]) (torch tensor [3])] | torch cat | torch value", "[1, 2, 3]");

  public static final Op STACK =
      Op.of(
              "stack",
              "Tensors of one shape joined along a new dimension.",
              (t, a) -> new Tensor(torch.stack(Native.vector(a.tensors(0)), a.integer(1, 0))),
              pipedList("tensor_ids"),
              flag("dim", ParameterType.INTEGER, "where the new dimension goes, 0 by default"))
          .terms("join")
          .example(
              "[(torch tensor [1 2]) (torch tensor [3 4])] | torch stack | torch value",
              "[[1, 2], [3, 4]]");

  public static final Op REPEAT =
      Op.of(
              "repeat",
              "The whole tensor repeated along each dimension; once along those not named.",
              (t, a) -> {
                org.bytedeco.pytorch.Tensor x = a.tensor(0).handle();
                long[] sizes = a.integers(1);
                long[] padded = Arrays.copyOf(sizes, (int) Math.max(sizes.length, x.dim()));
                Arrays.fill(padded, sizes.length, padded.length, 1);
                return new Tensor(x.repeat(padded));
              },
              pipeOnly("tensor_id"),
              rest("sizes", ParameterType.SIZES, "how often, for each dimension"))
          .terms("tile")
          .shows("[1 2]", "2", "[1, 2, 1, 2]");

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
                  "repeats",
                  ParameterType.SCALAR,
                  "how often: a number or the id of an int64 tensor"),
              flag("dim", ParameterType.INTEGER, "the dimension; the flattened tensor by default"),
              flag("output_size", ParameterType.INTEGER, "size of the result along the dimension"))
          .shows("[1 2]", "2", "[1, 1, 2, 2]");

  public static final Op RESHAPE =
      Op.of(
              "reshape",
              "The same elements in another shape; one size may be -1.",
              (t, a) -> new Tensor(a.tensor(0).handle().reshape(a.integers(1))),
              pipeOnly("tensor_id"),
              positional("shape", ParameterType.INTEGERS, "the sizes of the dimensions"))
          .terms("view", "shape")
          .shows("[1 2 3 4]", "[2 -1]", "[[1, 2], [3, 4]]");

  static final List<Op> ALL =
      List.of(T, GATHER, SQUEEZE, UNSQUEEZE, CAT, STACK, REPEAT, REPEAT_INTERLEAVE, RESHAPE);

  private ShapeOps() {}
}

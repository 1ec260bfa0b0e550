package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.unary;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.positional;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations that rearrange. Views share their tensor's memory. */
final class ViewOps {
  static final List<Op> ALL =
      List.of(
          Op.of(
                  "transpose",
                  "Two dimensions exchanged.",
                  on((x, a) -> x.transpose(a.integer(1), a.integer(2))),
                  pipeOnly("tensor_id"),
                  positional("dim0", ParameterType.INTEGER, "one dimension"),
                  positional("dim1", ParameterType.INTEGER, "the other"))
              .terms("swap")
              .shows("[[1 2] [3 4]]", "0 1", "[[1, 3], [2, 4]]"),
          Op.of(
                  "permute",
                  "The dimensions in another order.",
                  on((x, a) -> x.permute(a.integers(1))),
                  pipeOnly("tensor_id"),
                  positional("dims", ParameterType.INTEGERS, "all dimensions, in their new order"))
              .shows("[[1 2] [3 4]]", "[1 0]", "[[1, 3], [2, 4]]"),
          Op.of(
                  "movedim",
                  "A dimension moved to another place.",
                  on((x, a) -> torch.movedim(x, a.integer(1), a.integer(2))),
                  pipeOnly("tensor_id"),
                  positional("source", ParameterType.INTEGER, "where it is"),
                  positional("destination", ParameterType.INTEGER, "where it goes"))
              .shows("[[1 2] [3 4]]", "0 1", "[[1, 3], [2, 4]]"),
          Op.of(
                  "flatten",
                  "Several dimensions made one, all of them by default.",
                  on((x, a) -> x.flatten(a.integer(1, 0), a.integer(2, -1))),
                  pipeOnly("tensor_id"),
                  flag("start_dim", ParameterType.INTEGER, "the first of them, 0 by default"),
                  flag("end_dim", ParameterType.INTEGER, "the last of them, -1 by default"))
              .terms("ravel")
              .shows("[[1 2] [3 4]]", "[1, 2, 3, 4]"),
          Op.of(
                  "unflatten",
                  "A dimension split into several.",
                  on((x, a) -> x.unflatten(a.integer(1), a.integers(2))),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("sizes", ParameterType.INTEGERS, "the sizes that it becomes"))
              .shows("[1 2 3 4]", "0 [2 2]", "[[1, 2], [3, 4]]"),
          Op.of(
                  "expand",
                  "Dimensions of size 1 repeated without a copy; -1 keeps a size.",
                  on((x, a) -> x.expand(a.integers(1))),
                  pipeOnly("tensor_id"),
                  positional("sizes", ParameterType.INTEGERS, "the sizes of the dimensions"))
              .terms("broadcast")
              .shows("[[1] [2]]", "[2 2]", "[[1, 1], [2, 2]]"),
          Op.of(
                  "flip",
                  "The order along dimensions reversed.",
                  on((x, a) -> x.flip(a.integers(1))),
                  pipeOnly("tensor_id"),
                  positional("dims", ParameterType.INTEGERS, "the dimensions"))
              .terms("reverse")
              .shows("[1 2 3]", "[0]", "[3, 2, 1]"),
          Op.of(
                  "roll",
                  "Elements shifted along a dimension; those that fall off come back.",
                  on(
                      (x, a) ->
                          a.get(2) == null
                              ? torch.roll(x, new long[] {a.integer(1)})
                              : torch.roll(x, new long[] {a.integer(1)}, a.integer(2))),
                  pipeOnly("tensor_id"),
                  positional("shifts", ParameterType.INTEGER, "how far"),
                  flag(
                      "dim",
                      ParameterType.INTEGER,
                      "the dimension; the flattened tensor by default"))
              .terms("shift", "rotate")
              .shows("[1 2 3]", "1", "[3, 1, 2]"),
          unary("clone", "A copy, with its own memory.", x -> x.clone())
              .terms("copy")
              .shows("[1.0]", "[1.0]"),
          unary(
                  "contiguous",
                  "The elements in one piece of memory, row by row.",
                  x -> x.contiguous())
              .terms("layout")
              .example(
                  "torch tensor [[1 2] [3 4]] | torch t | torch contiguous | torch value",
                  "[[1, 3], [2, 4]]"));

  private ViewOps() {}
}

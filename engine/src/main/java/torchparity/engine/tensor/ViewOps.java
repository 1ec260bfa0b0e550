package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.parts;
import static torchparity.engine.tensor.Declaration.unary;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.pipedList;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.word;

import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Operations that rearrange, choose and split. Views share their tensor's memory. */
public final class ViewOps {
  private static final List<Op> ONE =
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
                  "narrow",
                  "A stretch of a dimension.",
                  on((x, a) -> x.narrow(a.integer(1), a.integer(2), a.integer(3))),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("start", ParameterType.INTEGER, "where it begins"),
                  positional("length", ParameterType.INTEGER, "how long it is"))
              .terms("slice")
              .shows("[1 2 3 4]", "0 1 2", "[2, 3]"),
          Op.of(
                  "select",
                  "One index of a dimension, which goes.",
                  on((x, a) -> x.select(a.integer(1), a.integer(2))),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("index", ParameterType.INTEGER, "the index"))
              .terms("index", "row")
              .shows("[[1 2] [3 4]]", "0 1", "[3, 4]"),
          Op.of(
                  "index_select",
                  "Several indices of a dimension.",
                  on((x, a) -> x.index_select(a.integer(1), a.tensor(2).handle())),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"))
              .terms("rows")
              .shows("[[1 2] [3 4]]", "0 (torch tensor [1 1])", "[[3, 4], [3, 4]]"),
          Op.of(
                  "take_along_dim",
                  "Elements chosen by index along a dimension, with broadcasting.",
                  on(
                      (x, a) ->
                          torch.take_along_dim(x, a.tensor(1).handle(), Native.optional(a, 2))),
                  pipeOnly("tensor_id"),
                  positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"),
                  flag(
                      "dim",
                      ParameterType.INTEGER,
                      "the dimension; the flattened tensor by default"))
              .shows("[[1 2] [3 4]]", "(torch tensor [[1] [0]]) --dim 1", "[[2], [3]]"),
          Op.of(
                  "masked_select",
                  "The elements where the mask is true.",
                  on((x, a) -> x.masked_select(a.tensor(1).handle())),
                  pipeOnly("tensor_id"),
                  positional("mask_id", ParameterType.TENSOR, "id of a bool tensor"))
              .terms("filter")
              .shows("[1 2 3]", "(torch tensor [true false true])", "[1, 3]"),
          Op.of(
                  "scatter",
                  "Values written to places chosen by index along a dimension.",
                  on(
                      (x, a) ->
                          a.get(3) instanceof Number value
                              ? x.scatter(a.integer(1), a.tensor(2).handle(), Native.scalar(value))
                              : x.scatter(
                                  a.integer(1), a.tensor(2).handle(), a.tensor(3).handle())),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"),
                  positional("src", ParameterType.SCALAR, "id of a tensor, or a number"))
              .shows("[0.0 0.0]", "0 (torch tensor [1]) 5.0", "[0.0, 5.0]"),
          Op.of(
                  "index_add",
                  "Slices of another tensor added to indices of a dimension.",
                  on(
                      (x, a) ->
                          x.index_add(a.integer(1), a.tensor(2).handle(), a.tensor(3).handle())),
                  pipeOnly("tensor_id"),
                  positional("dim", ParameterType.INTEGER, "the dimension"),
                  positional("index_id", ParameterType.TENSOR, "id of an int64 tensor"),
                  positional("source_id", ParameterType.TENSOR, "id of a tensor"))
              .shows("[0.0 0.0]", "0 (torch tensor [1 1]) (torch tensor [1.0 2.0])", "[0.0, 3.0]"),
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
          Op.of(
                  "tril",
                  "The elements at and below a diagonal of a matrix, zero elsewhere.",
                  on((x, a) -> x.tril(a.integer(1, 0))),
                  pipeOnly("tensor_id"),
                  flag(
                      "diagonal",
                      ParameterType.INTEGER,
                      "0, the main one, by default; above it positive"))
              .terms("triangle")
              .shows("[[1 2] [3 4]]", "[[1, 0], [3, 4]]"),
          Op.of(
                  "triu",
                  "The elements at and above a diagonal of a matrix, zero elsewhere.",
                  on((x, a) -> x.triu(a.integer(1, 0))),
                  pipeOnly("tensor_id"),
                  flag(
                      "diagonal",
                      ParameterType.INTEGER,
                      "0, the main one, by default; above it positive"))
              .terms("triangle")
              .shows("[[1 2] [3 4]]", "[[1, 2], [0, 4]]"),
          Op.of(
                  "diag",
                  "A vector as a matrix's diagonal, or a matrix's diagonal as a vector.",
                  on((x, a) -> x.diag(a.integer(1, 0))),
                  pipeOnly("tensor_id"),
                  flag(
                      "diagonal",
                      ParameterType.INTEGER,
                      "0, the main one, by default; above it positive"))
              .terms("diagonal")
              .shows("[[1 2] [3 4]]", "[1, 4]"),
          Op.of(
                  "diff",
                  "Each element minus the one before it, n times.",
                  on(
                      (x, a) ->
                          torch.diff(
                              x,
                              a.integer(1, 1),
                              a.integer(2, -1),
                              new TensorOptional(),
                              new TensorOptional())),
                  pipeOnly("tensor_id"),
                  flag("n", ParameterType.INTEGER, "how often, once by default"),
                  flag("dim", ParameterType.INTEGER, "the dimension; the last one by default"))
              .terms("difference")
              .shows("[1 4 9]", "[3, 5]"));

  private static final List<Op> OTHERS =
      List.of(
          Op.of(
                  "split",
                  "Pieces of a size along a dimension, the last one perhaps smaller.",
                  (t, a) ->
                      parts(
                          a.get(1) instanceof List
                              ? torch.split(a.tensor(0).handle(), a.integers(1), a.integer(2, 0))
                              : torch.split(a.tensor(0).handle(), a.integer(1), a.integer(2, 0))),
                  pipeOnly("tensor_id"),
                  positional("size", ParameterType.DIMS, "the size, or a list of sizes"),
                  flag("dim", ParameterType.INTEGER, "the dimension, 0 by default"))
              .answers(Output.TENSORS)
              .terms("pieces")
              .example(
                  "torch tensor [1 2 3] | torch split 2 | each {|id| $id | torch value }",
                  "[[1, 2], [3]]"),
          Op.of(
                  "chunk",
                  "A number of pieces along a dimension, or fewer.",
                  (t, a) -> parts(torch.chunk(a.tensor(0).handle(), a.integer(1), a.integer(2, 0))),
                  pipeOnly("tensor_id"),
                  positional("chunks", ParameterType.INTEGER, "how many"),
                  flag("dim", ParameterType.INTEGER, "the dimension, 0 by default"))
              .answers(Output.TENSORS)
              .terms("pieces", "batches")
              .example(
                  "torch tensor [1 2 3] | torch chunk 2 | each {|id| $id | torch value }",
                  "[[1, 2], [3]]"),
          Op.of(
                  "unbind",
                  "The tensors along a dimension, which goes.",
                  (t, a) -> parts(torch.unbind(a.tensor(0).handle(), a.integer(1, 0))),
                  pipeOnly("tensor_id"),
                  flag("dim", ParameterType.INTEGER, "the dimension, 0 by default"))
              .answers(Output.TENSORS)
              .terms("rows")
              .example(
                  "torch tensor [[1 2] [3 4]] | torch unbind | each {|id| $id | torch value }",
                  "[[1, 2], [3, 4]]"),
          Op.of(
                  "meshgrid",
                  "The coordinates of a grid, from those of its axes.",
                  (t, a) -> parts(torch.meshgrid(Native.vector(a.tensors(0)), a.word(1, "ij"))),
                  pipedList("tensor_ids"),
                  word("indexing", "which axis comes first, ij by default", "ij", "xy"))
              .answers(Output.TENSORS)
              .terms("grid")
              .example(
                  "[(torch tensor [1 2]) (torch tensor [3 4])] | torch meshgrid | first | torch value",
                  "[[1, 1], [2, 2]]"),
          unary("nonzero", "The indices of the elements other than zero (int64).", x -> x.nonzero())
              .terms("where", "indices")
              .shows("[0 5 7]", "[[1], [2]]"),
          unary("trace", "Sum of a matrix's diagonal.", x -> x.trace()).shows("[[1 2] [3 4]]", "5"),
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

  static final List<Op> ALL = Stream.concat(ONE.stream(), OTHERS.stream()).toList();

  private ViewOps() {}
}

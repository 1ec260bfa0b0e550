package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.unary;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.positional;

import java.util.List;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptionalList;
import org.bytedeco.pytorch.TensorOptionalVector;
import org.bytedeco.pytorch.global.torch;

/** Operations that choose elements, and that write to chosen ones. */
final class IndexOps {
  static final List<Op> ALL =
      List.of(
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
          unary("nonzero", "The indices of the elements other than zero (int64).", x -> x.nonzero())
              .terms("where", "indices")
              .shows("[0 5 7]", "[[1], [2]]"));

  /** {@code x[i, j]} with tensors of indices or masks, as programs write it in PyTorch. */
  static final Op INDEX =
      Op.of(
          "index",
          "Elements chosen by tensors of indices, or by masks.",
          on((x, a) -> index(x, a.tensors(1))),
          pipeOnly("tensor_id"),
          Parameter.pipedList("index_ids"));

  private IndexOps() {}

  private static org.bytedeco.pytorch.Tensor index(
      org.bytedeco.pytorch.Tensor x, List<Tensor> tensors) {
    try (TensorOptionalVector vector = new TensorOptionalVector()) {
      for (Tensor tensor : tensors) {
        try (TensorOptional index = new TensorOptional(tensor.handle())) {
          vector.push_back(index);
        }
      }
      try (TensorOptionalList list = new TensorOptionalList(vector)) {
        return x.index(list);
      }
    }
  }
}

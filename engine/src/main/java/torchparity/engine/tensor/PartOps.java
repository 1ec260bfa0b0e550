package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.parts;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.pipedList;
import static torchparity.engine.tensor.Parameter.positional;
import static torchparity.engine.tensor.Parameter.word;

import java.util.List;
import org.bytedeco.pytorch.global.torch;

/** Operations with several results: pieces of a tensor, coordinates of a grid. */
final class PartOps {
  static final List<Op> ALL =
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
                  "[[1, 1], [2, 2]]"));

  private PartOps() {}
}

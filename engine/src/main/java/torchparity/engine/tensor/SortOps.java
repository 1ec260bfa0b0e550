package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.KEEPDIM;
import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.pair;
import static torchparity.engine.tensor.Declaration.wrap;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;
import static torchparity.engine.tensor.Parameter.piped;
import static torchparity.engine.tensor.Parameter.positional;

import java.util.List;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations that put elements in order. Those that answer with indices make them int64. */
public final class SortOps {
  private static final Parameter DIM =
      flag("dim", ParameterType.INTEGER, "the dimension; the last one by default");
  private static final Parameter DESCENDING =
      flag("descending", ParameterType.BOOLEAN, "whether the greatest comes first");
  private static final Parameter STABLE =
      flag("stable", ParameterType.BOOLEAN, "whether equal elements keep their order");

  static final List<Op> ALL =
      List.of(
          Op.of(
                  "sort",
                  "The elements in order along a dimension, and where they were.",
                  (t, a) ->
                      pair(
                          a.tensor(0)
                              .handle()
                              .sort(
                                  new BoolOptional(a.flag(3, false)),
                                  a.integer(1, -1),
                                  a.flag(2, false))),
                  piped("tensor_id"),
                  DIM,
                  DESCENDING,
                  STABLE)
              .answers(Output.VALUES_AND_INDICES)
              .terms("order")
              .example(
                  "torch tensor [3.0 1.0 2.0] | torch sort | get indices | torch value",
                  "[1, 2, 0]"),
          Op.of(
                  "argsort",
                  "Where the elements are, in their order along a dimension.",
                  on((x, a) -> x.argsort(a.flag(3, false), a.integer(1, -1), a.flag(2, false))),
                  piped("tensor_id"),
                  DIM,
                  DESCENDING,
                  STABLE)
              .terms("order")
              .shows("[3.0 1.0 2.0]", "[1, 2, 0]"),
          Op.of(
                  "topk",
                  "The k greatest elements along a dimension, and where they were.",
                  (t, a) ->
                      pair(
                          a.tensor(0)
                              .handle()
                              .topk(
                                  a.integer(1),
                                  a.integer(2, -1),
                                  a.flag(3, true),
                                  a.flag(4, true))),
                  pipeOnly("tensor_id"),
                  positional("k", ParameterType.INTEGER, "how many"),
                  DIM,
                  flag("largest", ParameterType.BOOLEAN, "false for the least, true by default"),
                  flag("sorted", ParameterType.BOOLEAN, "whether in order, true by default"))
              .answers(Output.VALUES_AND_INDICES)
              .terms("greatest", "best")
              .example(
                  "torch tensor [3.0 1.0 2.0] | torch topk 2 | get values | torch value",
                  "[3.0, 2.0]"),
          Op.of(
                  "kthvalue",
                  "The k-th least element along a dimension, and where it was.",
                  (t, a) ->
                      pair(
                          a.tensor(0)
                              .handle()
                              .kthvalue(a.integer(1), a.integer(2, -1), a.flag(3, false))),
                  pipeOnly("tensor_id"),
                  positional("k", ParameterType.INTEGER, "which, from 1"),
                  DIM,
                  KEEPDIM)
              .answers(Output.VALUES_AND_INDICES)
              .example(
                  "torch tensor [3.0 1.0 2.0] | torch kthvalue 2 | get values | torch value",
                  "2.0"),
          Op.of(
                  "median",
                  "The middle element, the lower of two; with a dimension, also where it was.",
                  (t, a) -> {
                    Tensor x = a.tensor(0).handle();
                    return a.get(1) == null
                        ? wrap(x.median())
                        : pair(x.median(a.integer(1), a.flag(2, false)));
                  },
                  piped("tensor_id"),
                  ReductionOps.DIM,
                  KEEPDIM)
              .answers(Output.VALUES_AND_INDICES)
              .terms("middle")
              .shows("[3.0 1.0 2.0]", "2.0"),
          Op.of(
                  "mode",
                  "The most frequent element along a dimension, and where it was.",
                  (t, a) -> pair(a.tensor(0).handle().mode(a.integer(1, -1), a.flag(2, false))),
                  piped("tensor_id"),
                  DIM,
                  KEEPDIM)
              .answers(Output.VALUES_AND_INDICES)
              .example("torch tensor [1 2 2 3] | torch mode | get values | torch value", "2"),
          Op.of(
                  "unique",
                  "The different elements, in order.",
                  on(
                      (x, a) ->
                          new Tensor(torch.unique_dim(x.flatten(), 0, true, false, false).get0())),
                  piped("tensor_id"))
              .terms("distinct")
              .shows("[2 1 2]", "[1, 2]"),
          Op.of(
                  "searchsorted",
                  "Where the values would go into a sorted tensor.",
                  (t, a) ->
                      wrap(
                          torch.searchsorted(
                              a.tensor(0).handle(),
                              a.tensor(1).handle(),
                              false,
                              a.flag(2, false),
                              new org.bytedeco.pytorch.StringViewOptional(),
                              new org.bytedeco.pytorch.TensorOptional())),
                  piped("sorted_id"),
                  piped("values_id"),
                  flag("right", ParameterType.BOOLEAN, "whether behind equal elements"))
              .terms("bucket", "bisect")
              .between("[1 3 5]", "[3 6]", "[1, 3]"));

  private SortOps() {}
}

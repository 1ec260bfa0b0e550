package torchparity.engine.plugin;

import java.util.List;
import java.util.regex.Pattern;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.tensor.TorchException;

/**
 * What libtorch refused, as an error of Nushell: a title in nutorch's words, PyTorch's words as the
 * label, and the token that is to blame.
 */
final class Refusal {
  /** Titles by what PyTorch says; the first that is found counts. */
  private static final List<Kind> KINDS =
      List.of(
          kind(
              "not enough memory|can't allocate memory|bad_alloc|exceeds? .*limit|too large"
                  + "|Storage size calculation overflowed|overflows? a 64-bit",
              "Out of memory",
              "size",
              "sizes",
              "dims",
              "shape",
              "high",
              "end",
              "steps",
              "n"),
          kind(
              "Dimension out of range|dims? should be|dimension specified as|repeated dim"
                  + "|Dimension specified|duplicate|is not a valid dimension|dim .* appears multiple",
              "Invalid dimension",
              "dim",
              "dims",
              "dim0",
              "dim1",
              "start_dim",
              "source"),
          kind(
              "shapes cannot be multiplied|inconsistent tensor size|batch1 and batch2"
                  + "|Expected size for first two dimensions|mat1 and mat2",
              "Incompatible dimensions",
              "tensor2_id",
              "tensor1_id"),
          kind(
              "must match the size of tensor|Sizes of tensors must match|equal size"
                  + "|must be the same as input size|not broadcastable|expanded size"
                  + "|Size does not match|shape mismatch|must match",
              "Shape mismatch",
              "tensor2_id",
              "index_id",
              "target_id",
              "source_id",
              "sizes",
              "tensor_ids"),
          kind(
              "out of bounds|out of range|index .* is out|selected index",
              "Index out of range",
              "index",
              "index_id",
              "k",
              "target_id",
              "start"),
          kind(
              "is invalid for input of size|invalid shape dimension|only one dimension can be"
                  + "|unflatten|cannot reshape|negative dimension|Trying to create tensor with"
                  + " negative",
              "Invalid shape",
              "shape",
              "sizes",
              "size",
              "dims"),
          kind(
              "grad can be implicitly created only for scalar|does not require grad"
                  + "|backward through the graph a second time",
              "Invalid loss tensor",
              "loss_id"),
          kind(
              "t\\(\\) expects|expected a? ?tensor with|must be (a )?matri|must be (at least )?[123]-?D"
                  + "|expected (a )?[123]D|1D tensors expected|vector \\+ matrix|should be [123]D"
                  + "|[123]D tensors? expected|must have .* dimension",
              "Invalid tensor dimension",
              "tensor_id",
              "tensor1_id",
              "tensor2_id"),
          kind("step must be nonzero", "Step cannot be zero", "step"),
          kind("upper bound and .* bound inconsistent", "Invalid arange usage", "step", "end"),
          kind("repeats|Number of dimensions of repeat", "Invalid repeats", "repeats", "sizes"),
          kind("non-empty (list|TensorList)|expected a non-empty", "Empty list", "tensor_ids"),
          kind(
              "not implemented for|dtype|scalar type|result type|can't be cast|integral"
                  + "|[Ff]loating|Boolean|bool",
              "Invalid dtype",
              "dtype",
              "requires_grad",
              "tensor2_id",
              "index_id",
              "target_id"));

  private Refusal() {}

  private record Kind(Pattern said, String title, List<String> places) {}

  private static Kind kind(String said, String title, String... places) {
    return new Kind(Pattern.compile(said), title, List.of(places));
  }

  /** What libtorch refused, at the argument to blame. */
  static NuException of(TorchException e, Origins origins) {
    String reason = e.reason();
    for (Kind kind : KINDS) {
      if (kind.said.matcher(reason).find()) {
        return new NuException(kind.title, reason, origins.place(reason, kind.places));
      }
    }
    return new NuException("Invalid input", reason, origins.place(reason, List.of()));
  }
}

package torchparity.engine.tensor;

import static torchparity.engine.tensor.Declaration.on;
import static torchparity.engine.tensor.Declaration.unary;
import static torchparity.engine.tensor.Parameter.flag;
import static torchparity.engine.tensor.Parameter.pipeOnly;

import java.util.List;

/** Operations around the diagonal of a matrix. */
final class DiagonalOps {
  static final List<Op> ALL =
      List.of(
          onDiagonal(
                  "tril",
                  "The elements at and below a diagonal of a matrix, zero elsewhere.",
                  (x, a) -> x.tril(a.integer(1, 0)))
              .terms("triangle")
              .shows("[[1 2] [3 4]]", "[[1, 0], [3, 4]]"),
          onDiagonal(
                  "triu",
                  "The elements at and above a diagonal of a matrix, zero elsewhere.",
                  (x, a) -> x.triu(a.integer(1, 0)))
              .terms("triangle")
              .shows("[[1 2] [3 4]]", "[[1, 2], [0, 4]]"),
          onDiagonal(
                  "diag",
                  "A vector as a matrix's diagonal, or a matrix's diagonal as a vector.",
                  (x, a) -> x.diag(a.integer(1, 0)))
              .terms("diagonal")
              .shows("[[1 2] [3 4]]", "[1, 4]"),
          unary("trace", "Sum of a matrix's diagonal.", x -> x.trace())
              .shows("[[1 2] [3 4]]", "5"));

  private DiagonalOps() {}

  private static Op onDiagonal(String name, String summary, Declaration.NativeKernel kernel) {
    return Op.of(
        name,
        summary,
        on(kernel),
        pipeOnly("tensor_id"),
        flag("diagonal", ParameterType.INTEGER, "0, the main one, by default; above it positive"));
  }
}

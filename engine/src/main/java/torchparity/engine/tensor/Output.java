package torchparity.engine.tensor;

/** What an operation answers with. */
public enum Output {
  TENSOR,
  /** A value of the host language: a 0-d tensor stands for it. */
  VALUE,
  /** Any number of tensors, the {@link Tensor#parts} of the answer. */
  TENSORS,
  /** Two tensors, {@code values} and {@code indices}: the {@link Tensor#parts} of the answer. */
  VALUES_AND_INDICES
}

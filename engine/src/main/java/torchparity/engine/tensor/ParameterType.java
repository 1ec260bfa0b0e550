package torchparity.engine.tensor;

/** What a parameter takes. */
public enum ParameterType {
  TENSOR,
  TENSORS,
  NUMBER,
  INTEGER,
  INTEGERS,
  BOOLEAN,
  DTYPE,
  /** A number, or a tensor that is used as one. */
  SCALAR,
  /** A device's name; only {@code cpu} exists. */
  DEVICE
}

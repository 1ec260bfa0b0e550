package torchparity.engine.tensor;

/** What a parameter takes. */
public enum ParameterType {
  TENSOR,
  TENSORS,
  NUMBER,
  INTEGER,
  INTEGERS,
  /** One int, or a list of them. */
  DIMS,
  /** Ints one by one, or one list of them. */
  SIZES,
  BOOLEAN,
  /** One of the words that the parameter lists. */
  WORD,
  DTYPE,
  /** A number, or a tensor; where several come in a row, the second operand of an operator. */
  SCALAR,
  /** A device's name; only {@code cpu} exists. */
  DEVICE
}

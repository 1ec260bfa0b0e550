package torchparity.engine.tensor;

import java.util.List;

/**
 * One parameter of an operation: enough to check a call, to print its help, and to derive the
 * signature of a Nushell command from it.
 *
 * @param name the name in the command's help; flags carry it too ({@code --dim})
 * @param type what it takes
 * @param form where it stands in a call
 * @param help what it means, in a few words
 * @param words what a {@link ParameterType#WORD} may be
 */
public record Parameter(
    String name, ParameterType type, Form form, String help, List<String> words) {
  public Parameter {
    words = List.copyOf(words);
  }

  Parameter(String name, ParameterType type, Form form, String help) {
    this(name, type, form, help, List.of());
  }

  /** Where a parameter stands in a call. */
  public enum Form {
    /** Comes through the pipeline or, if nothing does, as a positional argument. */
    PIPED,
    /** Comes through the pipeline only. */
    PIPE_ONLY,
    POSITIONAL,
    OPTIONAL,
    /** All further positional arguments. */
    REST,
    FLAG
  }

  public boolean isPiped() {
    return form == Form.PIPED || form == Form.PIPE_ONLY;
  }

  static Parameter piped(String name) {
    return new Parameter(name, ParameterType.TENSOR, Form.PIPED, "id of a tensor");
  }

  static Parameter pipedList(String name) {
    return new Parameter(name, ParameterType.TENSORS, Form.PIPED, "ids of tensors");
  }

  static Parameter pipeOnly(String name) {
    return new Parameter(name, ParameterType.TENSOR, Form.PIPE_ONLY, "id of a tensor");
  }

  static Parameter positional(String name, ParameterType type, String help) {
    return new Parameter(name, type, Form.POSITIONAL, help);
  }

  static Parameter optional(String name, ParameterType type, String help) {
    return new Parameter(name, type, Form.OPTIONAL, help);
  }

  static Parameter rest(String name, ParameterType type, String help) {
    return new Parameter(name, type, Form.REST, help);
  }

  static Parameter flag(String name, ParameterType type, String help) {
    return new Parameter(name, type, Form.FLAG, help);
  }

  static Parameter word(String name, String help, String... words) {
    return new Parameter(name, ParameterType.WORD, Form.FLAG, help, List.of(words));
  }
}

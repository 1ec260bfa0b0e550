package torchparity.harness.mutants;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One port bug, and the truth about it, written down before any diagnosis.
 *
 * @param id unique in the catalogue, and a folder's name
 * @param bug what the port does wrong, in one sentence
 * @param file the source file, below the port's folder
 * @param question the case that shows it
 * @param lines each of these lines is a right answer: the changed one, the one whose operation
 *     first computes something else, and for a missing operation both of its neighbours
 * @param ops canonical torch names, each of them a right answer for the first operation
 * @param causes each of them a right answer for the cause
 * @param frozen false if it was written after the hypotheses were frozen
 */
public record Mutant(
    String id,
    Target port,
    String bug,
    String file,
    List<Edit> edits,
    Question question,
    Expectation expect,
    List<Place> lines,
    List<String> ops,
    List<String> causes,
    boolean frozen) {
  public Mutant {
    edits = List.copyOf(edits);
    lines = List.copyOf(lines);
    ops = List.copyOf(ops);
    causes = List.copyOf(causes);
  }

  /**
   * What to run.
   *
   * @param epochs training steps, or null where the case has none
   */
  public record Question(String caseName, String dtype, @Nullable Integer epochs) {
    static Question of(String caseName, @Nullable String dtype, @Nullable Integer epochs) {
      return new Question(caseName, dtype == null ? "float32" : dtype, epochs);
    }
  }

  @JsonCreator
  static Mutant of(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "port", required = true) Target port,
      @JsonProperty(value = "bug", required = true) String bug,
      @JsonProperty(value = "file", required = true) String file,
      @JsonProperty(value = "edits", required = true) List<Edit> edits,
      @JsonProperty(value = "case", required = true) String caseName,
      @JsonProperty("dtype") @Nullable String dtype,
      @JsonProperty("epochs") @Nullable Integer epochs,
      @JsonProperty("expect") @Nullable Expectation expect,
      @JsonProperty("lines") @Nullable List<Place> lines,
      @JsonProperty("ops") @Nullable List<String> ops,
      @JsonProperty("causes") @Nullable List<String> causes,
      @JsonProperty("frozen") @Nullable Boolean frozen) {
    return new Mutant(
        id,
        port,
        bug,
        file,
        edits,
        Question.of(caseName, dtype, epochs),
        Objects.requireNonNullElse(expect, Expectation.MISMATCH),
        Objects.requireNonNullElse(lines, List.of()),
        Objects.requireNonNullElse(ops, List.of()),
        Objects.requireNonNullElse(causes, List.of()),
        !Boolean.FALSE.equals(frozen));
  }

  /** True unless it is a harmless rewrite. */
  boolean isBug() {
    return expect != Expectation.HARMLESS;
  }

  /** The file that {@code edit} changes. */
  String fileOf(Edit edit) {
    return edit.file().isEmpty() ? file : edit.file();
  }

  /** The file in which {@code place} lies. */
  String fileOf(Place place) {
    return place.file().isEmpty() ? file : place.file();
  }
}

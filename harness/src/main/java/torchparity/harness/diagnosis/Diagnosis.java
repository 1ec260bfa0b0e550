package torchparity.harness.diagnosis;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a candidate differs from the reference in one case instance.
 *
 * @param instance id of the case instance
 * @param status how sure it is
 * @param findings the mistakes, in the order in which they take effect
 * @param note what else is to be said, or empty
 */
public record Diagnosis(
    String instance,
    String reference,
    String candidate,
    Status status,
    List<Finding> findings,
    String note) {
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** How sure a diagnosis is. */
  public enum Status {
    /**
     * The reference, replayed with the changes that were found, gives the candidate in every bit.
     */
    CONFIRMED,
    /** The changes that were found account for a part of the difference. */
    SUSPECTED,
    /** The first operation that differs is known, but no hypothesis fits. */
    UNEXPLAINED,
    /** Without BLAS both sides agree in every bit: the difference is in matrix products. */
    ROUNDING,
    /** There is no op log of one side. */
    UNAVAILABLE
  }

  /**
   * One mistake.
   *
   * @param cause what kind it is; null if no hypothesis fits
   * @param claim what the candidate does instead, in words
   * @param expected the reference's operation that the candidate has no equal of
   * @param actual the candidate's operation that the reference has no equal of
   * @param blame the candidate's line that holds the mistake
   * @param aligned the operations of both sides around the first that differs
   * @param tried every hypothesis that was tested, by how much it accounts for
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Finding(
      @Nullable Cause cause,
      String claim,
      @Nullable Call expected,
      @Nullable Call actual,
      @Nullable Call blame,
      List<Aligned> aligned,
      List<Tried> tried) {
    public Finding {
      aligned = List.copyOf(aligned);
      tried = List.copyOf(tried);
    }

    /** The same place, for another reason. */
    Finding because(Cause other, String otherClaim) {
      return new Finding(other, otherClaim, expected, actual, blame, aligned, tried);
    }
  }

  /**
   * An operation in a program.
   *
   * @param text the call and its result, such as {@code mm([100, 2], [2, 2]) -> [100, 2]}
   * @param error why it failed, if it did
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Call(
      String op,
      @Nullable String file,
      @Nullable Integer line,
      String text,
      @Nullable String error) {
    /** {@code blobs.py:27}, or empty if it is not known. */
    public String place() {
      return file == null ? "" : line == null ? file : file + ":" + line;
    }
  }

  /** Two operations with the same result, or one that the other side lacks. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Aligned(@Nullable Call reference, @Nullable Call candidate) {}

  /**
   * A hypothesis and how it fared.
   *
   * @param complete whether the replay with it gave the candidate in every bit
   * @param accounted how many of the candidate's operations come before the first that it does not
   *     explain
   * @param of how many operations the candidate has
   * @param residual how much of the difference at the first probe that differs is left, as a share;
   *     null where that cannot be measured
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Tried(
      Cause cause,
      String claim,
      boolean complete,
      int accounted,
      int of,
      @Nullable Double residual) {}

  /** The first mistake; null if there is none. */
  public @Nullable Finding first() {
    return findings.isEmpty() ? null : findings.get(0);
  }
}

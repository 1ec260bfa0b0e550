package torchparity.harness.report.html;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import torchparity.harness.report.Failing;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;

/**
 * What the template shows.
 *
 * @param tone {@code good}, {@code bad} or {@code broken}
 * @param headline the verdict in a sentence
 * @param figures numbers and pictures as JSON in which no tag can stand
 */
public record Page(
    ResultDocument run,
    String name,
    String tone,
    String verdict,
    String headline,
    List<Failure> failures,
    List<Why> reasons,
    List<String> pairs,
    List<MatrixRow> matrix,
    List<Section> sections,
    List<PortView> runtimes,
    Assets assets,
    String figures) {
  public Page {
    failures = List.copyOf(failures);
    reasons = List.copyOf(reasons);
    pairs = List.copyOf(pairs);
    matrix = List.copyOf(matrix);
    sections = List.copyOf(sections);
    runtimes = List.copyOf(runtimes);
  }

  /** Scripts and style, whole, and the policy that admits no others. */
  public record Assets(String plotly, String script, String style, String policy) {}

  /** A failure told once. */
  public record Failure(Failing failing, String section, String curve) {}

  /**
   * A diagnosis, with the operations around the first that differs.
   *
   * @param told whether a failure above tells its story already
   */
  public record Why(
      Explanation explanation,
      String tone,
      boolean told,
      List<Aligned> aligned,
      List<Tried> tried) {
    public Why {
      aligned = List.copyOf(aligned);
      tried = List.copyOf(tried);
    }
  }

  /** A hypothesis that was tried. */
  public record Tried(String cause, String claim, boolean fits, String how) {}

  /** Two operations with the same result, or one that the other side lacks. */
  public record Aligned(@Nullable Operation reference, @Nullable Operation candidate) {
    /** True if one side lacks it, or has another operation here. */
    public boolean parts() {
      return reference == null || candidate == null || !reference.op().equals(candidate.op());
    }
  }

  /** A call, where it stands, and the text of that line. */
  public record Operation(String op, String text, String place, String source) {}

  /** A row of the matrix. */
  public record MatrixRow(String title, String tier, String dtype, String link, List<Cell> cells) {
    public MatrixRow {
      cells = List.copyOf(cells);
    }
  }

  /** A cell; without a tone where the pair was not asked. */
  public record Cell(String tone, String text) {}

  /** What one row of the matrix is made of. */
  public record Section(
      String id,
      String title,
      String about,
      String seeds,
      boolean open,
      String tone,
      String verdict,
      List<PairView> pairs,
      List<Figure> figures) {
    public Section {
      pairs = List.copyOf(pairs);
      figures = List.copyOf(figures);
    }
  }

  /** One pair in the seed that is shown. */
  public record PairView(
      Comparison comparison, String tone, String verdict, List<ProbeRow> probes) {
    public PairView {
      probes = List.copyOf(probes);
    }
  }

  /** A row of the table of probes. */
  public record ProbeRow(
      String probe,
      String tone,
      String seen,
      String allowed,
      String ratio,
      String candidateError,
      String referenceError,
      String text) {}

  /** A picture. */
  public record Figure(String id, String caption, String description, int height) {}

  /** A port: what it was, how it was started, what it said last. */
  public record PortView(PortEntry port, String command, Map<String, String> facts, String log) {}
}

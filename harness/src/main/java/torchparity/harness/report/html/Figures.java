package torchparity.harness.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Case;
import torchparity.cases.HostTensor;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.SavedRun;

/** Draws what cases ask for, and keeps all pictures of a page. */
final class Figures {

  private final SavedRun saved;
  private final Numbers numbers = new Numbers();
  private final Map<String, ObjectNode> plots = new LinkedHashMap<>();

  Figures(SavedRun saved) {
    this.saved = saved;
  }

  /** The pictures of one instance; {@code shown} are its pairs. */
  List<Page.Figure> of(CaseEntry question, List<Comparison> shown) {
    Map<String, Map<String, HostTensor>> recorded = new LinkedHashMap<>();
    for (Comparison c : shown) {
      for (String port : List.of(c.reference(), c.candidate())) {
        recorded.computeIfAbsent(port, p -> saved.probes(p, c));
      }
    }
    List<Picture> pictures = new ArrayList<>();
    boolean steps = shown.stream().anyMatch(Comparison::steps);
    if (!steps) {
      question.plots().forEach(plot -> pictures.addAll(draw(plot, recorded, shown)));
    }
    root(question, recorded, shown).ifPresent(pictures::add);
    Set<String> candidates = new HashSet<>();
    for (Comparison c : shown) {
      if (candidates.add(c.candidate())) {
        UlpPlot.draw(c).ifPresent(pictures::add);
      }
    }
    return pictures.stream().map(this::keep).toList();
  }

  private List<Picture> draw(
      Case.Plot plot, Map<String, Map<String, HostTensor>> recorded, List<Comparison> shown) {
    List<Sides> sides = Sides.of(recorded, plot.probes());
    return switch (plot.kind()) {
      case POINTS -> new PointsPlot(numbers).draw(sides).stream().toList();
      case CURVE ->
          new CurvePlot(numbers)
              .draw(sides, allowance(shown, plot.probes().get(0))).stream().toList();
      case REGIONS -> new RegionsPlot(numbers).draw(sides);
      case DIFFERENCES ->
          plot.probes().stream().flatMap(p -> differences(p, recorded).stream()).toList();
    };
  }

  /** The first probe that differs, if the case does not ask for its picture anyway. */
  private Optional<Picture> root(
      CaseEntry question, Map<String, Map<String, HostTensor>> recorded, List<Comparison> shown) {
    String root =
        shown.stream().map(Comparison::root).filter(r -> r != null).findFirst().orElse("");
    boolean drawn =
        question.plots().stream()
            .filter(p -> p.kind() == Case.Plot.Kind.DIFFERENCES)
            .anyMatch(p -> p.probes().contains(root));
    return root.isEmpty() || drawn
        ? Optional.empty()
        : differences(root, recorded).stream().findFirst();
  }

  private List<Picture> differences(String probe, Map<String, Map<String, HostTensor>> recorded) {
    List<Sides> sides = Sides.of(recorded, List.of(probe));
    List<Picture> pictures = new ArrayList<>();
    for (int s = 1; s < sides.size(); s++) {
      new DifferencePlot(numbers).draw(probe, sides.get(0), sides.get(s)).ifPresent(pictures::add);
    }
    return pictures;
  }

  private double @Nullable [] allowance(List<Comparison> shown, String probe) {
    return saved.allowance(shown.get(0), probe).orElse(null);
  }

  private Page.Figure keep(Picture picture) {
    String id = "figure-" + plots.size();
    plots.put(id, picture.plot());
    return new Page.Figure(id, picture.caption(), picture.description(), picture.height());
  }

  /** All numbers and pictures, with every character escaped that could end a script. */
  String json() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    all.set("shared", numbers.shared());
    ObjectNode figures = all.putObject("figures");
    plots.forEach(figures::set);
    JsonMapper mapper = new JsonMapper();
    mapper.getFactory().setCharacterEscapes(new InScript());
    try {
      return mapper.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("trees can always be written", e);
    }
  }

  /** Escapes what HTML or JavaScript would read as its own within a script element. */
  private static final class InScript extends CharacterEscapes {
    private static final long serialVersionUID = 1;

    @Override
    public int[] getEscapeCodesForAscii() {
      int[] codes = standardAsciiEscapesForJSON();
      codes['<'] = ESCAPE_STANDARD;
      codes['>'] = ESCAPE_STANDARD;
      codes['&'] = ESCAPE_STANDARD;
      return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
      return c == 0x2028 || c == 0x2029
          ? new SerializedString("\\u" + Integer.toHexString(c))
          : null;
    }
  }
}

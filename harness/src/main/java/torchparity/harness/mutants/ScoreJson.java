package torchparity.harness.mutants;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An examination as JSON; what a run did not answer is null. */
public final class ScoreJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ScoreJson() {}

  private record Document(
      String format,
      boolean clean,
      double seconds,
      Totals totals,
      List<Entry> mutants,
      List<PairEntry> pairs) {}

  private record Entry(
      String id,
      String family,
      String port,
      String bug,
      boolean frozen,
      String expected,
      String seen,
      List<String> tiers,
      String detail,
      boolean asExpected,
      @Nullable Boolean op,
      @Nullable Boolean line,
      @Nullable Boolean cause,
      @Nullable String status,
      @Nullable String toldCause,
      List<String> causes,
      double seconds) {}

  private record PairEntry(String id, String seen, List<Boolean> found, double seconds) {}

  public static String render(Examination examination) {
    try {
      return JSON.writeValueAsString(
          new Document(
              "torch-parity-mutants/1",
              examination.isClean(),
              examination.seconds(),
              Totals.of(examination.scores()),
              examination.scores().stream().map(ScoreJson::entry).toList(),
              examination.pairs().stream().map(ScoreJson::pair).toList()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }

  private static Entry entry(Score s) {
    Mutant m = s.mutant();
    Observation.Told told = s.observation().diagnoses().stream().findFirst().orElse(null);
    return new Entry(
        m.id(),
        s.family(),
        m.port().name(),
        m.bug(),
        m.frozen(),
        m.expect().name(),
        s.observation().seen().name(),
        s.observation().tiers(),
        s.observation().detail(),
        s.asExpected(),
        s.answer().map(Score.Answer::op).orElse(null),
        s.answer().map(Score.Answer::line).orElse(null),
        s.answer().map(Score.Answer::cause).orElse(null),
        told == null ? null : told.status(),
        told == null ? null : told.cause(),
        m.causes(),
        s.observation().seconds());
  }

  private static PairEntry pair(Laboratory.PairScore p) {
    return new PairEntry(
        p.pair().id(), p.observation().seen().name(), p.found(), p.observation().seconds());
  }
}

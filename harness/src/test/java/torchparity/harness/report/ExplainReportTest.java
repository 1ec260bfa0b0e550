package torchparity.harness.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import torchparity.harness.ParityException;

class ExplainReportTest {
  private static final String CAST =
      """
      {"cause": "cast", "claim": "`grad` is given another dtype", "complete": false,
       "accounted": 3, "of": 9, "residual": 1.0}""";
  private static final String SIGN =
      """
      {"cause": "sign", "claim": "`sub` for `add`", "complete": true, "accounted": 9, "of": 9}""";

  private static JsonNode diagnoses(String... tried) throws Exception {
    return new ObjectMapper()
        .readTree(
            """
            [{"candidate": "nu", "reference": "python", "instance": "i", "story": "first: add",
              "findings": [{
                "aligned": [{"reference": {"text": "add", "file": "a.py", "line": 3}}],
                "tried": [%s]}]}]"""
                .formatted(String.join(",", tried)));
  }

  @Test
  void showsWhatWasTriedInItsOrder() throws Exception {
    assertThat(new ExplainReport(null).render(diagnoses(SIGN, CAST)))
        .isEqualToNormalizingNewlines(
            """
            nu / python, i
              first: add

              operations, python and nu
                add a.py:3                                                 -
              tried, the most telling first
                fits  sign: `sub` for `add`; accounts for 9 of 9 operations
                fails cast: `grad` is given another dtype; accounts for 3 of 9 operations, leaves 1.00 of the difference

            """);
  }

  @Test
  void testsOneCauseAlone() throws Exception {
    assertThat(new ExplainReport("cast").render(diagnoses(SIGN, CAST)))
        .contains("    rejected: cast: `grad`")
        .doesNotContain("sign");
    assertThat(new ExplainReport("sign").render(diagnoses(SIGN, CAST)))
        .contains("    confirmed: sign: `sub`");
    assertThat(new ExplainReport("momentum").render(diagnoses(SIGN)))
        .contains("not tested: no hypothesis proposes momentum");
  }

  @Test
  void namesTheCausesThatThereAre() {
    assertThatThrownBy(() -> new ExplainReport("nope"))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("no cause 'nope'. There are: ")
        .hasMessageContaining("dtype-promotion");
  }
}

package torchparity.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvenanceTest {
  @Test
  void showsVersionsAndNumericSettingsAlone() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("torch", "2.13.0");
    all.put("AWS_SECRET_ACCESS_KEY", "s3cr3t");
    all.put("numpy_version", "2.1");
    all.put("MKL_CBWR", "COMPATIBLE");
    all.put("HOME", "/home/somebody");
    all.put("torch ", "a name that is not quite one of ours");

    assertThat(Provenance.shown(all)).containsOnlyKeys("torch", "numpy_version", "MKL_CBWR");
  }

  @Test
  void showsWhatTheFormatSays() throws Exception {
    Path formats = Path.of(System.getProperty("parity.root")).resolve("cases/FORMATS.md");
    String paragraph =
        Files.readString(formats).replaceAll("(?s).*\n(`provenance` holds .*?)\n\n.*", "$1");
    Map<String, String> named = new LinkedHashMap<>();
    java.util.regex.Pattern.compile("`([a-z][a-z0-9_]*|[A-Z_]+)`")
        .matcher(paragraph)
        .results()
        .map(m -> m.group(1))
        .filter(name -> !name.equals("provenance"))
        .forEach(name -> named.put(name, "x"));

    assertThat(named).hasSizeGreaterThan(8);
    assertThat(Provenance.shown(named)).isEqualTo(named);
  }
}

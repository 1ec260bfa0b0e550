package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in the real nu; the checks themselves are Nushell scripts. */
class PluginTest {
  private static final String COMMANDS =
      "scope commands | where category == torch"
          + " | select name description search_terms examples signatures";

  @TempDir Path folder;

  @Test
  void passesEveryCheckInNushell() throws Exception {
    passes("plugin.nu");
  }

  @Test
  void pointsAtTheArgumentToBlame() throws Exception {
    passes("plugin_errors.nu");
  }

  private void passes(String script) throws Exception {
    Path checks = ParityProcess.ROOT.resolve("harness/src/test/resources").resolve(script);

    assertThat(NuProcess.run(folder, List.of(checks.toString()), 120))
        .doesNotContain("FAILED")
        .contains("done");
  }

  @Test
  void tabCompletesDtypesAndDevices() throws Exception {
    assertThat(afterTab("torch randn 2 --dtype ", "uint8"))
        .contains("bool", "float32", "float64", "int32", "int64", "uint8");
    assertThat(afterTab("torch randn 2 --device ", "cpu")).contains("cpu");
  }

  /** What nu shows when Tab is pressed behind {@code line}, up to {@code expected}. */
  private String afterTab(String line, String expected) throws Exception {
    return PythonProcess.run(
        folder,
        120,
        ParityProcess.ROOT.resolve("harness/src/test/resources/completion.py").toString(),
        NuProcess.program().toString(),
        NuProcess.PLUGIN.toString(),
        line,
        expected);
  }

  @Test
  void describesEveryCommandWithAnExample() throws Exception {
    JsonNode commands = commands();

    assertThat(commands.size()).isGreaterThan(150);
    for (JsonNode command : commands) {
      String name = command.get("name").asText();
      assertThat(command.get("description").asText()).as(name).isNotBlank();
      assertThat(command.get("examples").size()).as(name + ": examples").isPositive();
      for (JsonNode way : command.get("signatures")) {
        for (JsonNode parameter : way) {
          if (!List.of("input", "output").contains(parameter.get("parameter_type").asText())
              && !parameter.get("parameter_name").asText().equals("help")) {
            assertThat(parameter.get("description").asText()).as(name).isNotBlank();
          }
        }
      }
    }
  }

  @Test
  void everyExampleResultsInWhatTheHelpSays() throws Exception {
    StringBuilder script = new StringBuilder("let help = " + COMMANDS + "\n");
    script.append(
        """
        def check [help, name: string, index: int, code: closure] {
          let expected = $help | where name == $name | first | get examples | get $index | get result
          let actual = try { do $code } catch {|e| $e.rendered }
          if ($actual | to nuon) == ($expected | to nuon) { print "as said" } else {
            print $"FAILED ($name): ($actual | to nuon) instead of ($expected | to nuon)"
          }
        }
        """);
    int examples = 0;
    for (JsonNode command : commands()) {
      String name = command.get("name").asText();
      for (int i = 0; i < command.get("examples").size(); i++) {
        String code = command.get("examples").get(i).get("example").asText();
        script.append("check $help '%s' %d { %s }%n".formatted(name, i, code));
        examples++;
      }
    }

    String printed = NuProcess.run(folder, script.toString(), 120);

    assertThat(printed).doesNotContain("FAILED");
    assertThat(printed.split("as said", -1)).hasSize(examples + 1);
  }

  private JsonNode commands() throws Exception {
    Path file = folder.resolve("commands.json");
    NuProcess.run(folder, COMMANDS + " | to json | save -f '" + file + "'", 60);
    return new ObjectMapper().readTree(Files.readString(file));
  }
}

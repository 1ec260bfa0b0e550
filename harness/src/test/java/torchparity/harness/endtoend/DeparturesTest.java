package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each row of the table of departures in nu/README.md, in CPython and in nu. */
class DeparturesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| ([^|`]+) \\| `(.+?)` \\| ([^|]+) \\| `(.+?)` \\| ([^|]+) \\|");

  @TempDir Path folder;

  private record Departure(String why, String python, String gives, String nu, String result) {}

  @Test
  void bothSidesDoWhatTheTableSays() throws Exception {
    List<Departure> rows = rows();
    assertThat(rows.size()).isGreaterThan(8);
    StringBuilder python =
        new StringBuilder("import torch, warnings\nwarnings.simplefilter('ignore')\n");
    StringBuilder nu = new StringBuilder();
    for (Departure row : rows) {
      python.append("try: print(%s)%nexcept Exception: print('raises')%n".formatted(row.python));
      nu.append("print (do { %s } | to nuon)%n".formatted(row.nu));
    }
    Path script = folder.resolve("rows.py");
    Files.writeString(script, python.toString());

    List<String> fromPython = PythonProcess.run(folder, 120, script.toString()).lines().toList();
    List<String> fromNu =
        NuProcess.run(folder, nu.toString(), 120)
            .lines()
            .filter(line -> !line.startsWith("Warning: Versions of org.bytedeco"))
            .toList();

    assertThat(fromPython).isEqualTo(rows.stream().map(Departure::gives).toList());
    assertThat(fromNu).isEqualTo(rows.stream().map(Departure::result).toList());
  }

  private static List<Departure> rows() throws Exception {
    List<Departure> rows = new ArrayList<>();
    for (String line : Files.readAllLines(ParityProcess.ROOT.resolve("nu/README.md"))) {
      Matcher row = ROW.matcher(line.replace("\\|", "\u0001"));
      if (row.matches()) {
        rows.add(
            new Departure(
                row.group(1),
                row.group(2),
                row.group(3),
                row.group(4).replace('\u0001', '|'),
                row.group(5)));
      } else {
        assertThat(line).as("a row of the table that does not parse").doesNotContain("` | raises");
      }
    }
    return rows;
  }
}

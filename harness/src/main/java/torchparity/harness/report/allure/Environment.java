package torchparity.harness.report.allure;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Properties;
import java.util.stream.Collectors;
import torchparity.harness.report.ResultDocument;

/** Allure's {@code environment.properties}: what every runtime was. */
final class Environment {
  private Environment() {}

  static String text(ResultDocument run) {
    Properties properties = new Properties();
    run.ports()
        .forEach(
            port -> {
              properties.setProperty(port.name() + ".engine", port.engine());
              port.provenance()
                  .forEach(
                      (name, value) -> properties.setProperty(port.name() + "." + name, value));
            });
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new IllegalStateException("a string can always be written to", e);
    }
    // The first line is the time of writing; the same run is to give the same bytes.
    return text.toString()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }
}

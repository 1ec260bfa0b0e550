package torchparity.harness.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import torchparity.harness.ParityException;

/** {@code --env PORT:NAME=VALUE}. */
final class EnvironmentOption {
  private static final Pattern FORM =
      Pattern.compile("([^:]+):([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);

  private EnvironmentOption() {}

  /**
   * The variables of one port.
   *
   * @throws ParityException if an option has another form
   */
  static Map<String, String> of(List<String> options, String port) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String option : options) {
      Matcher matcher = FORM.matcher(option);
      if (!matcher.matches()) {
        throw new ParityException(
            ParityException.Code.USAGE,
            "--env %s: write PORT:NAME=VALUE, for example python:MKL_CBWR=COMPATIBLE"
                .formatted(option));
      }
      if (matcher.group(1).equals(port)) {
        variables.put(matcher.group(2), matcher.group(3));
      }
    }
    return variables;
  }
}

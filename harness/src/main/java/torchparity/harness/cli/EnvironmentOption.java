package torchparity.harness.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import torchparity.harness.ParityException;
import torchparity.harness.run.PortEnvironment;

/**
 * {@code --env PORT:NAME=VALUE}, or {@code NAME} alone, of one port or of all: the value is then
 * the one that this process has.
 */
final class EnvironmentOption {
  private static final Pattern FORM =
      Pattern.compile("(?:([^:=]+):)?([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?", Pattern.DOTALL);

  private EnvironmentOption() {}

  /**
   * The variables of one port.
   *
   * @param ours what is handed on
   * @throws ParityException if an option has another form, or a variable is not there
   */
  static Map<String, String> of(List<String> options, String port, Map<String, String> ours) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String option : options) {
      Matcher matcher = matcher(option);
      String name = matcher.group(2);
      String value = matcher.group(3) == null ? ours.get(name) : matcher.group(3);
      if (value == null) {
        throw usage("--env %s: no variable is called %s here".formatted(option, name));
      }
      if (matcher.group(1) == null || matcher.group(1).equals(port)) {
        variables.put(name, value);
      }
    }
    return variables;
  }

  /** The option as a report shows it: of most variables without the value, which may be secret. */
  static String shown(String option) {
    Matcher matcher = matcher(option);
    boolean hide = matcher.group(3) != null && !PortEnvironment.isShown(matcher.group(2));
    return hide ? option.substring(0, matcher.start(3) - 1) : option;
  }

  private static Matcher matcher(String option) {
    Matcher matcher = FORM.matcher(option);
    if (!matcher.matches() || (matcher.group(1) == null && matcher.group(3) != null)) {
      throw usage(
          "--env %s: write PORT:NAME=VALUE, for example python:MKL_CBWR=COMPATIBLE, or NAME"
              .formatted(option));
    }
    return matcher;
  }

  private static ParityException usage(String message) {
    return new ParityException(ParityException.Code.USAGE, message);
  }
}

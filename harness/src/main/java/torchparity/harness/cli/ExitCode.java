package torchparity.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import torchparity.harness.verdict.JudgedRun;

/** What the process's exit code says; a crash is never reported as a mismatch. */
final class ExitCode {
  static final int PARITY = 0;
  static final int DIVERGENCE = 1;
  static final int USAGE = 2;
  static final int PORT_FAILED = 3;
  static final int SET_UP_MISSING = 4;
  static final int MISTAKE = 70;

  private static final Map<String, String> TEXT = text();

  private ExitCode() {}

  private static Map<String, String> text() {
    Map<String, String> text = new LinkedHashMap<>();
    text.put("0", "parity");
    text.put("1", "divergence, or nothing was compared");
    text.put("2", "wrong usage, or a file that breaks its format");
    text.put("3", "a port crashed, failed or ran out of time (also when others diverge)");
    text.put("4", "set-up missing");
    text.put("70", "a mistake of this program's own; the message names a file with details");
    return text;
  }

  /** Adds the codes to a command's help. */
  static void describe(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(TEXT);
  }

  static int of(JudgedRun run) {
    if (run.anyFailed()) {
      return PORT_FAILED;
    }
    return run.isParity() ? PARITY : DIVERGENCE;
  }
}

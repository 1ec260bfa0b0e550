package torchparity.harness.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import torchparity.harness.run.Interruption;
import torchparity.harness.verdict.JudgedRun;

/** What the process's exit code says; a crash is never reported as a mismatch. */
final class ExitCode {
  static final int PARITY = 0;
  static final int DIVERGENCE = 1;
  static final int USAGE = 2;
  static final int PORT_FAILED = 3;
  static final int SET_UP_MISSING = 4;
  static final int MISTAKE = 70;
  static final int INTERRUPTED = 130;
  static final int TERMINATED = 143;

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
    text.put("130", "interrupted (Ctrl-C); what was finished is reported, --resume goes on");
    text.put("143", "terminated (SIGTERM), likewise");
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

  /** The code of a run that may have been interrupted. */
  static int of(JudgedRun run) {
    String signal = Interruption.signal();
    if (signal != null) {
      return signal.equals("SIGTERM") ? TERMINATED : INTERRUPTED;
    }
    if (run.anyFailed()) {
      return PORT_FAILED;
    }
    return run.isParity() ? PARITY : DIVERGENCE;
  }
}

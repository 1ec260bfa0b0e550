package torchparity.harness.cli;

import torchparity.harness.verdict.JudgedRun;

/** What the process's exit code says; a crash is never reported as a mismatch. */
final class ExitCode {
  static final int PARITY = 0;
  static final int DIVERGENCE = 1;
  static final int USAGE = 2;
  static final int PORT_FAILED = 3;
  static final int SET_UP_MISSING = 4;

  private ExitCode() {}

  static int of(JudgedRun run) {
    if (run.anyFailed()) {
      return PORT_FAILED;
    }
    return run.isParity() ? PARITY : DIVERGENCE;
  }
}

package torchparity.harness.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a port's process ended.
 *
 * @param problem what went wrong; empty if it ended well
 * @param advice what to do about it
 * @param tails the ends of both streams, or empty
 * @param interrupted whether we ended it because the user asked for the end of the run
 */
record End(String problem, String advice, String tails, boolean interrupted) {
  End {
    if (problem == null || advice == null || tails == null) {
      throw new IllegalArgumentException("'problem', 'advice' and 'tails' must be there");
    }
  }

  static final End WELL = new End("", "", "", false);
  static final End INTERRUPTED = new End("", "", "", true);

  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNAL_BASE = 128;
  private static final int GREATEST_SIGNAL = 64;
  private static final int KILLED = 9;
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4,
          "SIGILL: an instruction that this processor lacks",
          6,
          "SIGABRT: native code gave up",
          7,
          "SIGBUS: a crash in native code",
          8,
          "SIGFPE: a division in native code",
          KILLED,
          "SIGKILL: often the system, for want of memory",
          11,
          "SIGSEGV: a crash in native code",
          15,
          "SIGTERM",
          24,
          "SIGXCPU: its limit of processor time",
          25,
          "SIGXFSZ: its limit of file size");

  static End of(String problem, String advice) {
    return new End(problem, advice, "", false);
  }

  End withTails(String printed) {
    return new End(problem, advice, printed, interrupted);
  }

  boolean isBad() {
    return !problem.isEmpty();
  }

  /** {@code problem}, {@code when} it was, what to do, and the ends of the streams. */
  String said(String when) {
    return problem + when + (advice.isEmpty() ? "" : "; " + advice) + tails;
  }

  /** What an exit code says, as a shell reports it. */
  static End ofCode(int code, Path program, Path job) {
    if (code == 0) {
      return WELL;
    }
    if ((code == NOT_FOUND || code == NOT_EXECUTABLE) && !canBeStarted(program)) {
      return of(
          "it cannot be started (%s)".formatted(program),
          "is it there and executable, and the interpreter that its first line names?");
    }
    int signal = code - SIGNAL_BASE;
    String alone = "to see it alone, start it with --job %s".formatted(job);
    if (signal > 0 && signal <= GREATEST_SIGNAL) {
      String name = SIGNALS.get(signal);
      return of(
          "it was ended by signal %d%s".formatted(signal, name == null ? "" : " (" + name + ")"),
          signal == KILLED ? "give it more memory or a smaller case; " + alone : alone);
    }
    return of("it ended with exit code %d".formatted(code), alone);
  }

  /** False if the file is not there, not executable, or its first line names no interpreter. */
  private static boolean canBeStarted(Path program) {
    if (!program.isAbsolute()) {
      return false; // The shell looked for it on the PATH, in vain.
    }
    if (!Files.isExecutable(program)) {
      return false;
    }
    try (var lines = Files.lines(program, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      String first = lines.findFirst().orElse("");
      List<String> words = List.of(first.replaceFirst("^#! *", "").split(" ", -1));
      boolean script = first.startsWith("#!");
      boolean byEnv = words.get(0).endsWith("/env");
      return !script || (!byEnv && Files.isExecutable(Path.of(words.get(0))));
    } catch (java.io.IOException | java.nio.file.InvalidPathException e) {
      return false;
    }
  }
}

package torchparity.cases;

import java.nio.file.Path;

/** A file of the contract (tensor file, trace index, job, event, case) that breaks its format. */
public final class MalformedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of what is quoted from a file, which may be as long as the file. */
  private static final int MOST_LETTERS = 2000;

  /**
   * @param file the file at fault
   * @param problem what is wrong with it and where, without the file's name; cut after 2000
   *     letters, and without control characters
   */
  public MalformedFileException(Path file, String problem) {
    super(file + ": " + plain(problem));
  }

  private static String plain(String problem) {
    String shown =
        problem.length() <= MOST_LETTERS
            ? problem
            : problem.substring(0, MOST_LETTERS)
                + "... (and %d letters more)".formatted(problem.length() - MOST_LETTERS);
    return shown.replaceAll("[\\p{Cntrl}&&[^\t\n]]|[\\u0080-\\u009f]", "");
  }
}

package torchparity.cases;

import java.nio.file.Path;

/** A file of the contract (tensor file, trace index, job, event, case) that breaks its format. */
public final class MalformedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Of what is quoted from a file, which may be as long as the file. */
  private static final int MOST_LETTERS = 2000;

  /** Of these at the end, where it often stands what is wrong. */
  private static final int LAST_LETTERS = 500;

  /**
   * @param file the file at fault
   * @param problem what is wrong with it and where, without the file's name; of more than 2000
   *     letters the middle is left out, and so are control characters
   */
  public MalformedFileException(Path file, String problem) {
    super(file + ": " + plain(problem));
  }

  private static String plain(String problem) {
    int more = problem.length() - MOST_LETTERS;
    String shown =
        more <= 0
            ? problem
            : problem.substring(0, MOST_LETTERS - LAST_LETTERS)
                + "...(%d letters left out)...".formatted(more)
                + problem.substring(problem.length() - LAST_LETTERS);
    return PlainText.of(shown).replaceAll("\\p{Cs}", "\ufffd");
  }
}

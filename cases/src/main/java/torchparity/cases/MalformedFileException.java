package torchparity.cases;

import java.nio.file.Path;

/** A file of the contract (tensor file, trace index, job, event, case) that breaks its format. */
public final class MalformedFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param file the file at fault
   * @param problem what is wrong with it and where, without the file's name
   */
  public MalformedFileException(Path file, String problem) {
    super(file + ": " + problem);
  }
}

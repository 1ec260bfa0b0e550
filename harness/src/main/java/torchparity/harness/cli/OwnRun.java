package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/** A run that is taken up, not only read: the programs that it names are started. */
final class OwnRun {
  private OwnRun() {}

  /**
   * Refuses the run of somebody else. A run that somebody sent, and the user unpacked, is not
   * noticed: SECURITY.md says so.
   *
   * @param file the one in the run's folder that names the programs
   * @param command what would start them
   * @throws ParityException if the folder or the file belongs to another user than who asks
   */
  static void check(Path folder, String file, String command) throws IOException {
    UserPrincipal user = user();
    for (Path owned : new Path[] {folder, folder.resolve(file)}) {
      if (Files.exists(owned) && !Files.getOwner(owned).equals(user)) {
        throw new ParityException(
            Code.USAGE,
            "%s belongs to %s, and %s would start the programs that it names as %s; read its %s, and run what you want by yourself"
                .formatted(owned, Files.getOwner(owned).getName(), command, user.getName(), file));
      }
    }
  }

  /** Whose files this process makes; a name alone would not tell in every container. */
  private static UserPrincipal user() throws IOException {
    Path own = Files.createTempFile("parity-owner", "");
    try {
      return Files.getOwner(own);
    } finally {
      Files.delete(own);
    }
  }
}

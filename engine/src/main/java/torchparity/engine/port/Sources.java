package torchparity.engine.port;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The identity of this port: a hash over its compiled classes. */
final class Sources {
  private static final List<Class<?>> PORT =
      List.of(
          Blobs.class,
          CrossEntropy.class,
          DecisionGrid.class,
          ForwardPass.class,
          Scenarios.class,
          SgdTraining.class);

  private Sources() {}

  static String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Class<?> type : PORT) {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
          if (in != null) {
            digest.update(in.readAllBytes());
          }
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

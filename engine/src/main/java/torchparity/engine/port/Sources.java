package torchparity.engine.port;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
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
          Inputs.class,
          Main.class,
          Parameters.class,
          Recorder.class,
          Scenarios.class,
          SgdTraining.class,
          Sources.class,
          Stacks.class);

  private Sources() {}

  static String sha256() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Class<?> type : PORT) {
        update(digest, type);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void update(MessageDigest digest, Class<?> type) throws IOException {
    String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in == null) {
        throw new IOException("the class file of " + type.getName() + " cannot be found");
      }
      digest.update(in.readAllBytes());
    }
    Class<?>[] nested = type.getDeclaredClasses();
    Arrays.sort(nested, Comparator.comparing(Class::getName));
    for (Class<?> inner : nested) {
      update(digest, inner);
    }
  }
}

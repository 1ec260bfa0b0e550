package torchparity.harness.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program below a small shell that watches a pipe of ours: it is ended when this process is gone,
 * however that ends. Whoever starts it keeps its standard input open.
 */
final class Supervised {
  private static final String SCRIPT = script();

  private Supervised() {}

  /**
   * What starts {@code command}, with these variables alone. Its words are handed on as they are;
   * no shell reads them.
   *
   * @param mark value of {@link ProcessTree#MARK} in the program's environment
   */
  static ProcessBuilder builder(
      String mark, List<String> command, Map<String, String> environment) {
    List<String> words = new ArrayList<>(List.of("bash", "-c", SCRIPT, "supervise", mark));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(environment);
    // A harness that another one started: its supervisors are not marked, and outlive it.
    builder.environment().remove(ProcessTree.MARK);
    return builder;
  }

  private static String script() {
    try (InputStream in = Supervised.class.getResourceAsStream("supervise.sh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

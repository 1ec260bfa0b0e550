package torchparity.harness.port;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What stands for what in a descriptor's commands: the runtimes that set-up puts into the checkout.
 * <code>{python}</code>, <code>{nu}</code> and <code>{plugin}</code> are programs, <code>{java}
 * </code> is this one's, and <code>{parity}</code> is the checkout.
 */
final class Words {
  private static final Map<String, String> PROGRAMS =
      Map.of(
          "{python}", "python/.venv/bin/python",
          "{nu}", "nu/node_modules/@nushell/*/bin/nu",
          "{plugin}", "engine/nu_plugin_torch");

  private final Path checkout;

  Words(Path checkout) {
    this.checkout = checkout;
  }

  /**
   * {@code word} with everything put in but the program and the job.
   *
   * @throws IOException with what is missing, if set-up has not made it
   */
  String expand(String word) throws IOException {
    String expanded = word;
    for (Map.Entry<String, String> program : PROGRAMS.entrySet()) {
      if (expanded.contains(program.getKey())) {
        expanded = expanded.replace(program.getKey(), existing(program.getValue()));
      }
    }
    return expanded
        .replace("{java}", Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .replace("{parity}", checkout.toString());
  }

  private String existing(String path) throws IOException {
    int star = path.indexOf('*');
    if (star < 0) {
      if (!Files.exists(checkout.resolve(path))) {
        throw new IOException(path);
      }
      return checkout.resolve(path).toString();
    }
    Path start = checkout.resolve(path.substring(0, path.lastIndexOf('/', star)));
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + checkout.resolve(path));
    try (Stream<Path> below = Files.isDirectory(start) ? Files.walk(start, 4) : Stream.empty()) {
      return below
          .filter(matcher::matches)
          .sorted()
          .findFirst()
          .map(Path::toString)
          .orElseThrow(() -> new IOException(path));
    }
  }
}

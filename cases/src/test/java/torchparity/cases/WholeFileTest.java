package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  private static final int LENGTH = 3_000_000;

  @TempDir Path folder;

  @Test
  void showsAReaderTheOldTextOrTheNewOne() throws Exception {
    Path file = folder.resolve("file");
    List<String> texts = List.of("a".repeat(LENGTH), "b".repeat(LENGTH));
    WholeFile.write(file, texts.get(0));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> whole =
          reader.submit(
              () -> {
                boolean all = true;
                while (all && !done.get()) {
                  all = Files.size(file) == LENGTH && texts.contains(Files.readString(file));
                }
                return all;
              });
      for (int i = 0; i < 100; i++) {
        WholeFile.write(file, texts.get(i % 2));
      }
      done.set(true);
      assertThat(whole.get()).isTrue();
    } finally {
      reader.shutdownNow();
    }
  }

  @Test
  void leavesNothingBehindIfItFails() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(Files.createDirectory(file).resolve("in it"), "mine");

    assertThatThrownBy(() -> WholeFile.write(file, "text")).isInstanceOf(IOException.class);

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }
}

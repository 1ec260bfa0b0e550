package torchparity.engine.plugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;

/** Nushell's messages, mutated: read, or refused as none. */
class MessageReaderFuzzTest {
  /** In hexadecimal: nil, extreme numbers, and headers that promise far more than follows. */
  private static final List<byte[]> WORDS =
      Stream.of(
              "c0",
              "c1",
              "c2",
              "00",
              "ff",
              "80",
              "81",
              "82",
              "90",
              "91",
              "92",
              "a0",
              "cfffffffffffffffff",
              "d38000000000000000",
              "cb7ff0000000000000",
              "ca7fc00000",
              "dd7fffffff",
              "ddffffffff",
              "dcffff",
              "df7fffffff",
              "df3fffffff",
              "deffff",
              "db7fffffff",
              "dbffffffff",
              "da7fff",
              "c67fffffff",
              "c57fff",
              "c97fffffff05",
              "c8ffff01",
              "d801000000",
              "a3ff80c0",
              "a376616c",
              "a476616c73",
              "a552616e6765",
              "81a552616e676581a376616c80",
              "a7436c6f73757265",
              "a45265636f7264".replace("a4", "a6"),
              "a44c697374",
              "a95472756e6361746564",
              "a8456e67696e65206f",
              "a546696e616c")
          .map(MessageReaderFuzzTest::hex)
          .toList();

  /** A list in a list, a record in a record, arrays and maps of what is kept as it came. */
  private static final List<byte[]> NESTS =
      Stream.of(
              "81a44c69737481a476616c7391",
              "",
              "81a65265636f726481a376616c81a161",
              "",
              "91",
              "",
              "81a161",
              "")
          .map(MessageReaderFuzzTest::hex)
          .toList();

  private static byte[] hex(String digits) {
    byte[] bytes = new byte[digits.length() / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
    }
    return bytes;
  }

  private static List<Incoming> readAll(byte[] bytes) throws IOException {
    List<Incoming> messages = new ArrayList<>();
    try (MessageReader reader = new MessageReader(new ByteArrayInputStream(bytes))) {
      Optional<Incoming> next = reader.next();
      while (next.isPresent()) {
        messages.add(next.get());
        next = reader.next();
      }
    }
    return messages;
  }

  @Test
  void messages() throws Exception {
    List<byte[]> documents = MessageReaderTest.messages();

    new Fuzz("plugin protocol", ProtocolException.class, 2 << 20, 500)
        .run(
            new Mutator(documents, WORDS, NESTS, (bytes, choice) -> bytes),
            20_000,
            MessageReaderFuzzTest::readAll,
            messages -> assertThat(messages).doesNotContainNull());
  }
}

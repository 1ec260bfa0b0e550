package torchparity.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Changes valid documents as accidents and strangers do: bits flipped, parts cut, doubled, put in
 * from elsewhere, numbers and values replaced by extreme ones, and much nesting.
 *
 * @param documents valid ones
 * @param words what is put in, of the format's own
 * @param nests openings and closings of what may stand in itself, in pairs
 * @param last puts checksums and lengths right that would hide all other mistakes
 */
public record Mutator(
    List<byte[]> documents, List<byte[]> words, List<byte[]> nests, LastChange last) {
  private static final int LONGEST = 1 << 16;
  private static final int DEEPEST = 3000;

  /** What JSON and YAML know, and should not meet. */
  private static final List<String> TEXT_WORDS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "-0.0",
          "1.5",
          "2147483648",
          "4294967296",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "18446744073709551616",
          "1e400",
          "-1e-999999999",
          "1e2147483648",
          "9".repeat(1200),
          "NaN",
          "Infinity",
          ".inf",
          ".nan",
          "0x7fffffffffffffff_f",
          "0b1_2",
          "1_000",
          "0o8",
          "190:20:30",
          "2001-12-14t21:59:43.10-05:00",
          "\"\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"../../etc/passwd\"",
          "\"[\"",
          "[]",
          "{}",
          "[null]",
          "{\"a\":null}",
          "[[],{}]",
          "{\"\":[]}",
          "&a ",
          "*a",
          "&a [*a, *a]",
          "!!java.net.URL ",
          "!!binary ",
          "!!int ",
          "!!set ",
          "<<: ",
          "? ",
          "- ",
          ": ",
          "|\n ",
          ">-\n",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "# ",
          "\t",
          "\n",
          "\r",
          "\r\n",
          "\u0000",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ud83d\ude00");

  /** What is done last. */
  public interface LastChange {
    /**
     * The document as it is given.
     *
     * @param choice at random, to leave some documents as they are
     */
    byte[] apply(byte[] document, int choice);
  }

  /** A mutator of JSON or YAML texts. */
  public static Mutator ofTexts(List<String> documents) {
    return new Mutator(
        documents.stream().map(t -> t.getBytes(UTF_8)).toList(),
        TEXT_WORDS.stream().map(t -> t.getBytes(UTF_8)).toList(),
        List.of(
            new byte[] {'['},
            new byte[] {']'},
            "{\"a\":".getBytes(UTF_8),
            new byte[] {'}'},
            "- ".getBytes(UTF_8),
            new byte[0],
            "a/".getBytes(UTF_8),
            new byte[0]),
        (document, choice) -> document);
  }

  /** The next document: one of the valid ones with up to five changes, or random bytes. */
  public byte[] next(RandomGenerator random) {
    if (random.nextInt(50) == 0) {
      byte[] bytes = new byte[random.nextInt(100)];
      random.nextBytes(bytes);
      return bytes;
    }
    byte[] document = any(documents, random);
    for (int i = random.nextInt(1 + random.nextInt(5)); i >= 0; i--) {
      document = changed(document, random);
    }
    byte[] bounded = document.length > LONGEST ? Arrays.copyOf(document, LONGEST) : document;
    return last.apply(bounded, random.nextInt(100));
  }

  private byte[] changed(byte[] d, RandomGenerator random) {
    int from = random.nextInt(d.length + 1);
    int to = Math.min(d.length, from + 1 + random.nextInt(random.nextBoolean() ? 8 : 200));
    return switch (random.nextInt(12)) {
      case 0 -> flipped(d, random);
      case 1 -> spliced(d, from, new byte[0], to);
      case 2 -> Arrays.copyOf(d, from);
      case 3 -> spliced(d, from, part(any(documents, random), random), to);
      case 4 -> spliced(d, from, part(d, random), from);
      case 5 -> spliced(d, from, any(words, random), from);
      case 6 -> spliced(d, from, any(words, random), to);
      case 7 -> number(d, from, random);
      case 8 -> value(d, from, random);
      case 9 -> line(d, from, random);
      case 10 -> spliced(d, from, repeated(Arrays.copyOfRange(d, from, to), times(random)), to);
      default -> nested(d, from, to, random);
    };
  }

  private static byte[] flipped(byte[] d, RandomGenerator random) {
    byte[] flipped = d.clone();
    for (int i = d.length == 0 ? -1 : random.nextInt(3); i >= 0; i--) {
      flipped[random.nextInt(d.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  /** Puts a word in the place of the next run of digits. */
  private byte[] number(byte[] d, int at, RandomGenerator random) {
    int from = at;
    while (from < d.length && !Character.isDigit(d[from])) {
      from++;
    }
    int to = from;
    while (to < d.length && Character.isDigit(d[to])) {
      to++;
    }
    return spliced(d, from, any(words, random), to);
  }

  /** Puts a word in the place of what follows the next colon, bracket or comma. */
  private byte[] value(byte[] d, int at, RandomGenerator random) {
    int from = at;
    while (from < d.length && ":[,".indexOf(d[from]) < 0) {
      from++;
    }
    from = Math.min(d.length, from + 1);
    int to = from;
    while (to < d.length && ",]}\n".indexOf(d[to]) < 0) {
      to++;
    }
    byte[] word = any(words, random);
    return spliced(d, from, spliced(word, 0, new byte[] {' '}, 0), to);
  }

  /** Puts a word in the place of a line. */
  private byte[] line(byte[] d, int at, RandomGenerator random) {
    int from = at;
    while (from > 0 && d[from - 1] != '\n') {
      from--;
    }
    int to = at;
    while (to < d.length && d[to] != '\n') {
      to++;
    }
    return spliced(d, from, any(words, random), to);
  }

  private byte[] nested(byte[] d, int from, int to, RandomGenerator random) {
    int kind = 2 * random.nextInt(nests.size() / 2);
    int depth = times(random);
    byte[] closed = spliced(d, to, repeated(nests.get(kind + 1), depth), to);
    return spliced(closed, from, repeated(nests.get(kind), depth), from);
  }

  private static int times(RandomGenerator random) {
    return random.nextInt(20) == 0 ? random.nextInt(DEEPEST) : random.nextInt(6);
  }

  private static byte[] part(byte[] d, RandomGenerator random) {
    int from = random.nextInt(d.length + 1);
    return Arrays.copyOfRange(d, from, Math.min(d.length, from + random.nextInt(200)));
  }

  private static byte[] repeated(byte[] part, int times) {
    byte[] repeated = new byte[part.length == 0 ? 0 : Math.min(LONGEST, part.length * times)];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = part[i % part.length];
    }
    return repeated;
  }

  private static byte[] spliced(byte[] d, int from, byte[] put, int to) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(d.length + put.length);
    whole.write(d, 0, from);
    whole.write(put, 0, put.length);
    whole.write(d, to, d.length - to);
    return whole.toByteArray();
  }

  private static byte[] any(List<byte[]> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }
}

package torchparity.engine.plugin.protocol;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Reads Nushell's values straight from the bytes: a list of 100,000 numbers is a list of 100,000
 * maps, which must not become objects of their own.
 */
final class ValueReader {
  private static final Span NOWHERE = new Span(0, 0);
  private static final int LONGEST_NAME = 32;
  private static final int KNOWN_NAMES = 512;

  /** Room that a list is given before its items have come. */
  private static final int FIRST_ROOM = 1 << 10;

  private final MessageUnpacker in;
  private final RawReader raw;
  private final byte[] name = new byte[LONGEST_NAME];

  /** The names seen last, each at the place that its bytes hash to. */
  private final byte[][] knownBytes = new byte[KNOWN_NAMES][0];

  private final String[] knownWords = new String[KNOWN_NAMES];
  private Span lastSpan = NOWHERE;
  private int depth;

  ValueReader(MessageUnpacker in) {
    this.in = in;
    this.raw = new RawReader(in);
    Arrays.fill(knownWords, "");
  }

  /** A value that is kept as it came. */
  Value raw() throws IOException {
    return raw.value();
  }

  /** What a map's entry holds, read where it stands. */
  interface EntryReader {
    /** Reads the value under {@code name}, or skips it. */
    void read(String name) throws IOException;
  }

  /** Reads a map, whatever the order of its entries. */
  void fields(EntryReader reader) throws IOException {
    int size = in.unpackMapHeader();
    for (int i = 0; i < size; i++) {
      reader.read(name());
    }
  }

  /** The name of a variant: the key of a map with one entry, whose value follows. */
  String variant() throws IOException {
    int size = in.unpackMapHeader();
    if (size != 1) {
      throw new ProtocolException("expected one variant, got " + size);
    }
    return name();
  }

  /** A short name, as one object however often it comes. */
  String name() throws IOException {
    int length = in.unpackRawStringHeader();
    if (length > LONGEST_NAME) {
      return new String(raw.bytes(length), StandardCharsets.UTF_8);
    }
    in.readPayload(name, 0, length);
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + name[i];
    }
    int place = (hash ^ (hash >>> 9)) & (KNOWN_NAMES - 1);
    byte[] known = knownBytes[place];
    if (Arrays.equals(known, 0, known.length, name, 0, length)) {
      return knownWords[place];
    }
    String fresh = new String(name, 0, length, StandardCharsets.UTF_8);
    knownBytes[place] = Arrays.copyOf(name, length);
    knownWords[place] = fresh;
    return fresh;
  }

  List<NuValue> values() throws IOException {
    int size = in.unpackArrayHeader();
    List<NuValue> values = new ArrayList<>(Math.min(size, FIRST_ROOM));
    for (int i = 0; i < size; i++) {
      values.add(value());
    }
    return values;
  }

  NuValue value() throws IOException {
    String kind = variant();
    if (kind.equals("Float") || kind.equals("Int")) {
      return number(kind.equals("Int"));
    }
    RawReader.checkDepth(++depth);
    Body body = new Body(kind);
    int size = in.unpackMapHeader();
    for (int i = 0; i < size; i++) {
      body.read(name());
    }
    depth--;
    return body.value();
  }

  /** The fields of a number, of which a list may have very many. */
  private NuValue number(boolean integral) throws IOException {
    Span span = NOWHERE;
    long whole = 0;
    double real = 0;
    int size = in.unpackMapHeader();
    for (int i = 0; i < size; i++) {
      switch (name()) {
        case "span" -> span = span();
        case "val" -> {
          if (integral) {
            whole = in.unpackLong();
          } else {
            real = real();
          }
        }
        default -> in.skipValue();
      }
    }
    return integral ? new NuValue.Int(whole, span) : new NuValue.Real(real, span);
  }

  /** A float; Nushell's JSON writes integral ones as ints, and so may others. */
  private double real() throws IOException {
    return in.getNextFormat().getValueType().isFloatType() ? in.unpackDouble() : in.unpackLong();
  }

  Span span() throws IOException {
    long start = 0;
    long end = 0;
    int size = in.unpackMapHeader();
    for (int i = 0; i < size; i++) {
      switch (name()) {
        case "start" -> start = in.unpackLong();
        case "end" -> end = in.unpackLong();
        default -> in.skipValue();
      }
    }
    // Items of a list that was computed all carry the place of what computed them.
    if (lastSpan.start() != start || lastSpan.end() != end) {
      lastSpan = new Span(start, end);
    }
    return lastSpan;
  }

  /** One value's fields, collected until they are whole. */
  private final class Body {
    private final String kind;
    private Span span = NOWHERE;
    private boolean truth;
    private @Nullable Object content;

    Body(String kind) {
      this.kind = kind;
    }

    void read(String field) throws IOException {
      if (field.equals("span")) {
        span = span();
        return;
      }
      if (!field.equals("val") && !field.equals("vals") && !field.equals("error")) {
        in.skipValue();
        return;
      }
      switch (kind) {
        case "Bool" -> truth = in.unpackBoolean();
        case "String" -> content = in.unpackString();
        case "List" -> content = values();
        case "Record" -> content = record();
        case "Range", "Closure", "Error" -> content = raw.value();
        default -> in.skipValue();
      }
    }

    private Map<String, NuValue> record() throws IOException {
      Map<String, NuValue> record = new LinkedHashMap<>();
      int size = in.unpackMapHeader();
      for (int i = 0; i < size; i++) {
        record.put(in.unpackString(), ValueReader.this.value());
      }
      return record;
    }

    @SuppressWarnings("unchecked")
    NuValue value() throws IOException {
      return switch (kind) {
        case "Bool" -> new NuValue.Bool(truth, span);
        case "Nothing" -> new NuValue.Nothing(span);
        case "String" -> new NuValue.Str((String) present(), span);
        case "List" -> new NuValue.Items((List<NuValue>) present(), span);
        case "Record" -> new NuValue.Fields((Map<String, NuValue>) present(), span);
        case "Range" -> Ranges.read((Value) present(), span);
        case "Closure" -> new NuValue.Closure((Value) present(), span);
        case "Error" ->
            new NuValue.Failure(content == null ? ValueFactory.newNil() : (Value) content, span);
        default -> new NuValue.Other(kind, span);
      };
    }

    private Object present() throws IOException {
      if (content == null) {
        throw new ProtocolException("a value of kind " + kind + " has no content");
      }
      return content;
    }
  }
}

package torchparity.engine.plugin.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Reads values that are kept as they came. Lengths are believed only as far as bytes follow, and
 * nesting has an end; {@link MessageUnpacker#unpackValue} does neither.
 */
final class RawReader {
  /** Lists in lists; Nushell itself shows no value that is nested deeper. */
  static final int DEEPEST = 200;

  private static final int PIECE = 8192;

  private final MessageUnpacker in;

  RawReader(MessageUnpacker in) {
    this.in = in;
  }

  /**
   * The next value, whatever it is.
   *
   * @throws ProtocolException if it is nested too deeply
   */
  Value value() throws IOException {
    return value(0);
  }

  /** {@code length} bytes, which take memory as they come. */
  byte[] bytes(int length) throws IOException {
    if (length <= PIECE) {
      return in.readPayload(length);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(PIECE);
    for (int left = length; left > 0; left -= PIECE) {
      bytes.writeBytes(in.readPayload(Math.min(left, PIECE)));
    }
    return bytes.toByteArray();
  }

  static void checkDepth(int depth) throws ProtocolException {
    if (depth > DEEPEST) {
      throw new ProtocolException("a value is nested more than " + DEEPEST + " deep");
    }
  }

  private Value value(int depth) throws IOException {
    checkDepth(depth);
    return switch (in.getNextFormat().getValueType()) {
      case NIL, BOOLEAN, INTEGER, FLOAT -> in.unpackValue();
      case STRING -> ValueFactory.newString(bytes(in.unpackRawStringHeader()), true);
      case BINARY -> ValueFactory.newBinary(bytes(in.unpackBinaryHeader()), true);
      case ARRAY -> ValueFactory.newArray(values(in.unpackArrayHeader(), depth));
      case MAP -> ValueFactory.newMap(values(2L * in.unpackMapHeader(), depth));
      case EXTENSION -> {
        var header = in.unpackExtensionTypeHeader();
        yield ValueFactory.newExtension(header.getType(), bytes(header.getLength()));
      }
    };
  }

  private Value[] values(long count, int depth) throws IOException {
    List<Value> values = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      values.add(value(depth + 1));
    }
    return values.toArray(new Value[0]);
  }
}

package torchparity.engine.plugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.msgpack.value.ValueFactory.newArray;
import static org.msgpack.value.ValueFactory.newBoolean;
import static org.msgpack.value.ValueFactory.newFloat;
import static org.msgpack.value.ValueFactory.newInteger;
import static org.msgpack.value.ValueFactory.newNil;
import static org.msgpack.value.ValueFactory.newString;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Each message of Nushell, its values, the end of the stream, and what is no message. */
class MessageReaderTest {
  private static final Span HERE = new Span(3, 9);

  private static Value map(Object... pairs) {
    Value[] entries = new Value[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      entries[i] = pairs[i] instanceof String s ? newString(s) : (Value) pairs[i];
    }
    return ValueFactory.newMap(entries);
  }

  private static Value here() {
    return map("start", newInteger(3), "end", newInteger(9));
  }

  private static Value value(String kind, Value content) {
    return map(kind, map(kind.equals("List") ? "vals" : "val", content, "span", here()));
  }

  private static byte[] bytes(Value message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MessagePacker packer = MessagePack.newDefaultPacker(bytes)) {
      packer.packValue(message);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static MessageReader reader(byte[] bytes) {
    return new MessageReader(new ByteArrayInputStream(bytes));
  }

  private static Incoming read(Value message) throws IOException {
    MessageReader reader = reader(bytes(message));
    Incoming read = reader.next().orElseThrow();
    assertThat(reader.next()).as("nothing is left of " + message).isEmpty();
    return read;
  }

  private static NuValue readValue(Value value) throws IOException {
    Value message = map("Data", newArray(newInteger(1), map("List", value)));
    return ((Incoming.Item) read(message)).value();
  }

  /** Messages of every kind, each with values of every kind. */
  static List<byte[]> messages() {
    Value range =
        map(
            "IntRange",
            map(
                "start",
                newInteger(1),
                "step",
                newInteger(1),
                "end",
                map("Included", newInteger(3))));
    Value error = map("Error", map("error", map("msg", "boo"), "span", here()));
    Value many =
        newArray(
            value("Int", newInteger(1)),
            value("Float", newFloat(0.5)),
            value("Range", newString("1..3")),
            value("Range", range),
            value("Record", map("a", value("Bool", newBoolean(true)))),
            value("List", newArray(value("String", newString("\u00e9")))),
            value("Closure", map("block_id", newInteger(4))),
            error);
    Value stream = map("ListStream", map("id", newInteger(8), "span", here()));
    return List.of(
        bytes(run()),
        bytes(map("Hello", map("protocol", "nu-plugin", "version", "0.115.1"))),
        bytes(map("Call", newArray(newInteger(1), newString("Signature")))),
        bytes(map("Data", newArray(newInteger(8), map("List", value("List", many))))),
        bytes(map("EngineCallResponse", newArray(newInteger(6), map("PipelineData", stream)))),
        bytes(map("EngineCallResponse", newArray(newInteger(6), map("Error", map("msg", many))))),
        bytes(map("Signal", newString("Interrupt"))),
        bytes(newString("Goodbye")));
  }

  private static Value run() {
    return map(
        "Call",
        newArray(
            newInteger(5),
            map(
                "Run",
                map(
                    "name",
                    "torch add",
                    "call",
                    map(
                        "head",
                        here(),
                        "positional",
                        newArray(value("Int", newInteger(7))),
                        "named",
                        newArray(
                            newArray(
                                map("item", "alpha", "span", here()),
                                value("Float", newFloat(0.5))),
                            newArray(map("item", "all", "span", here()), newNil()))),
                    "input",
                    map("Value", newArray(value("String", newString("x")), newNil()))))));
  }

  @Test
  void readsTheGreetingWhateverElseItHolds() throws Exception {
    assertThat(
            read(
                map(
                    "Hello",
                    map(
                        "protocol",
                        "nu-plugin",
                        "version",
                        "0.115.1",
                        "features",
                        newArray(map("name", "LocalSocket")),
                        "later",
                        newNil()))))
        .isEqualTo(new Incoming.Hello("0.115.1"));
  }

  @Test
  void readsCallsWithoutABody() throws Exception {
    assertThat(read(map("Call", newArray(newInteger(1), newString("Metadata")))))
        .isEqualTo(new Incoming.Metadata(1));
    assertThat(read(map("Call", newArray(newInteger(2), newString("Signature")))))
        .isEqualTo(new Incoming.Signatures(2));
    assertThat(read(map("Call", newArray(newInteger(3), newString("Later")))))
        .isEqualTo(new Incoming.UnknownCall(3, "Later"));
    assertThat(read(map("Call", newArray(newInteger(4), map("GetCompletion", map("a", newNil()))))))
        .isEqualTo(new Incoming.UnknownCall(4, "GetCompletion"));
  }

  @Test
  void readsACallWithArgumentsFlagsAndInput() throws Exception {
    assertThat(read(run()))
        .isEqualTo(
            new Incoming.Run(
                5,
                "torch add",
                HERE,
                List.of(new NuValue.Int(7, HERE)),
                Map.of("alpha", new NuValue.Real(0.5, HERE)),
                new PipelineData.Single(new NuValue.Str("x", HERE))));
  }

  @Test
  void readsEveryKindOfInput() throws Exception {
    assertThat(engineResult(newString("Empty"))).isEqualTo(new PipelineData.Empty());
    assertThat(engineResult(map("Value", newArray(value("Bool", newBoolean(true)), newNil()))))
        .isEqualTo(new PipelineData.Single(new NuValue.Bool(true, HERE)));
    Value stream = map("id", newInteger(8), "span", here(), "metadata", newNil());
    assertThat(engineResult(map("ListStream", stream))).isEqualTo(new PipelineData.Stream(8, HERE));
    assertThat(engineResult(map("ByteStream", stream))).isEqualTo(new PipelineData.Bytes(8, HERE));
  }

  private static PipelineData engineResult(Value data) throws IOException {
    Value message = map("EngineCallResponse", newArray(newInteger(6), map("PipelineData", data)));
    Incoming.EngineResult result = (Incoming.EngineResult) read(message);
    assertThat(result.engineCall()).isEqualTo(6);
    return result.data();
  }

  @Test
  void readsOtherRepliesOfTheEngine() throws Exception {
    Value error = map("msg", "boo");
    assertThat(read(map("EngineCallResponse", newArray(newInteger(6), map("Error", error)))))
        .isEqualTo(new Incoming.EngineError(6, error));
    assertThat(read(map("EngineCallResponse", newArray(newInteger(6), newString("Empty")))))
        .isEqualTo(new Incoming.EngineResult(6, new PipelineData.Empty()));
  }

  @Test
  void readsStreamsAndSignals() throws Exception {
    assertThat(read(map("Data", newArray(newInteger(8), map("List", value("Int", newInteger(1)))))))
        .isEqualTo(new Incoming.Item(8, new NuValue.Int(1, HERE)));
    assertThat(
            read(
                map(
                    "Data",
                    newArray(newInteger(8), map("Raw", map("Ok", newArray(newInteger(65))))))))
        .isEqualTo(new Incoming.Chunk(8));
    assertThat(read(map("End", newInteger(8)))).isEqualTo(new Incoming.EndOfStream(8));
    assertThat(read(map("Signal", newString("Interrupt")))).isEqualTo(new Incoming.Interrupt());
    for (Value nothingToDo :
        List.of(
            map("Signal", newString("Reset")),
            map("Ack", newInteger(8)),
            map("Drop", newInteger(8)),
            map("Later", map("a", newInteger(1))),
            newString("Later"))) {
      assertThat(read(nothingToDo)).isEqualTo(new Incoming.Ignored());
    }
    assertThat(read(newString("Goodbye"))).isEqualTo(new Incoming.Goodbye());
  }

  @Test
  void readsEveryKindOfValue() throws Exception {
    assertThat(readValue(value("Int", newInteger(Long.MIN_VALUE))))
        .isEqualTo(new NuValue.Int(Long.MIN_VALUE, HERE));
    assertThat(readValue(value("Float", newFloat(Double.NaN))))
        .isEqualTo(new NuValue.Real(Double.NaN, HERE));
    assertThat(readValue(value("Float", newInteger(3)))).isEqualTo(new NuValue.Real(3, HERE));
    assertThat(readValue(value("String", newString("\u00e9"))))
        .isEqualTo(new NuValue.Str("\u00e9", HERE));
    assertThat(readValue(map("Nothing", map("span", here())))).isEqualTo(new NuValue.Nothing(HERE));
    assertThat(readValue(value("List", newArray(value("Int", newInteger(1))))))
        .isEqualTo(new NuValue.Items(List.of(new NuValue.Int(1, HERE)), HERE));
    assertThat(readValue(value("Record", map("a", value("Int", newInteger(1))))))
        .isEqualTo(new NuValue.Fields(Map.of("a", new NuValue.Int(1, HERE)), HERE));
    assertThat(readValue(value("Closure", map("block_id", newInteger(4)))))
        .isEqualTo(new NuValue.Closure(map("block_id", newInteger(4)), HERE));
    assertThat(readValue(map("Error", map("error", map("msg", "boo"), "span", here()))))
        .isEqualTo(new NuValue.Failure(map("msg", "boo"), HERE));
    assertThat(readValue(value("Filesize", newInteger(4))))
        .isEqualTo(new NuValue.Other("Filesize", HERE));
  }

  @Test
  void readsRangesOfOldAndNewVersions() throws Exception {
    NuValue oneToThree = new NuValue.Range(1, 1, 3, true, true, HERE);
    assertThat(readValue(value("Range", newString("1..3")))).isEqualTo(oneToThree);
    assertThat(
            readValue(
                value(
                    "Range",
                    map(
                        "IntRange",
                        map(
                            "start",
                            newInteger(1),
                            "step",
                            newInteger(1),
                            "end",
                            map("Included", newInteger(3)))))))
        .isEqualTo(oneToThree);
    assertThat(readValue(value("Range", newString("0.5..0.75..<2.0"))))
        .isEqualTo(new NuValue.Range(0.5, 0.25, 2, false, false, HERE));
    assertThat(readValue(value("Range", newString("1.."))))
        .isEqualTo(new NuValue.Other("range without end", HERE));
  }

  @Test
  void readsMessagesOneAfterTheOther() throws Exception {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes(run()));
    both.write(bytes(newString("Goodbye")));
    MessageReader reader = reader(both.toByteArray());

    assertThat(reader.next().orElseThrow()).isInstanceOf(Incoming.Run.class);
    assertThat(reader.next()).contains(new Incoming.Goodbye());
    assertThat(reader.next()).isEmpty();
  }

  @Test
  void refusesAMessageThatIsCutOffAnywhere() {
    byte[] whole = bytes(run());
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> reader(cut).next())
          .as("cut after %d bytes", length)
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void refusesGibberishWithAnIoExceptionAndLittleMemory() {
    Random random = new Random(7);
    byte[] whole = bytes(run());
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(40)] : whole.clone();
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      } else {
        for (int j = random.nextInt(4); j >= 0; j--) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
      }
      try {
        MessageReader reader = reader(bytes);
        while (reader.next().isPresent()) {
          // what can be read is read
        }
      } catch (IOException expected) {
        assertThat(expected).isNotNull();
      }
    }
  }

  @Test
  void refusesValuesThatAreNestedWithoutEnd() {
    byte[] open = {(byte) 0x81, (byte) 0xa4, 'L', 'i', 's', 't'};
    byte[] content = {(byte) 0x81, (byte) 0xa4, 'v', 'a', 'l', 's', (byte) 0x91};
    byte[] message = {(byte) 0x81, (byte) 0xa4, 'D', 'a', 't', 'a', (byte) 0x92, 1};
    byte[] signal = {(byte) 0x81, (byte) 0xa6, 'S', 'i', 'g', 'n', 'a', 'l'};

    for (byte[] deep :
        List.of(
            joined(message, open, repeated(joined(open, content), 20_000)),
            joined(signal, repeated(new byte[] {(byte) 0x91}, 100_000)))) {
      assertThatThrownBy(() -> reader(deep).next())
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("nested more than 200 deep");
    }
  }

  @Test
  void refusesLengthsThatLieWithoutAllocatingThem() {
    byte[] signal = {(byte) 0x81, (byte) 0xa6, 'S', 'i', 'g', 'n', 'a', 'l'};
    byte[] most = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    for (int format : List.of(0xdb, 0xc6, 0xdd, 0xdf, 0xc9)) {
      byte[] lie = joined(signal, new byte[] {(byte) format}, most);
      assertThatThrownBy(() -> reader(lie).next())
          .as("format %x", format)
          .isInstanceOf(ProtocolException.class);
    }
    byte[] name = joined(new byte[] {(byte) 0x81, (byte) 0xdb}, most);
    assertThatThrownBy(() -> reader(name).next()).isInstanceOf(ProtocolException.class);
  }

  @Test
  void refusesARangeThatIsNone() {
    for (Value range : List.of(map(), map("IntRange", map("end", map())))) {
      assertThatThrownBy(() -> readValue(value("Range", range)))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("expected one variant, got 0");
    }
  }

  private static byte[] repeated(byte[] part, int times) {
    byte[][] parts = new byte[times][];
    Arrays.fill(parts, part);
    return joined(parts);
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}

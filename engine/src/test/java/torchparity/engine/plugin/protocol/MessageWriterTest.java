package torchparity.engine.plugin.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueFactory;

/** Each message to Nushell, as JSON of what was packed. */
class MessageWriterTest {
  private static final Span HERE = new Span(3, 9);
  private static final String SPAN = "\"span\":{\"start\":3,\"end\":9}";

  private interface Writing {
    void with(MessageWriter writer) throws IOException;
  }

  private static String written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writing.with(new MessageWriter(bytes));
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes.toByteArray())) {
      assertThat(unpacker.readPayload(8))
          .isEqualTo(new byte[] {7, 'm', 's', 'g', 'p', 'a', 'c', 'k'});
      String json = unpacker.unpackValue().toJson();
      assertThat(unpacker.hasNext()).as("one message").isFalse();
      return json;
    }
  }

  private static String result(NuValue value) throws IOException {
    String json = written(w -> w.result(5, value));
    String head = "{\"CallResponse\":[5,{\"PipelineData\":{\"Value\":[";
    String tail = ",null]}}]}";
    assertThat(json).startsWith(head).endsWith(tail);
    return json.substring(head.length(), json.length() - tail.length());
  }

  @Test
  void greetsInTheVersionOfTheOther() throws Exception {
    assertThat(written(w -> w.hello("0.101.0")))
        .isEqualTo(
            "{\"Hello\":{\"protocol\":\"nu-plugin\",\"version\":\"0.101.0\",\"features\":[]}}");
    assertThat(written(MessageWriter::disableGarbageCollection))
        .isEqualTo("{\"Option\":{\"GcDisabled\":true}}");
    assertThat(written(w -> w.metadata(1, "0.1.0")))
        .isEqualTo("{\"CallResponse\":[1,{\"Metadata\":{\"version\":\"0.1.0\"}}]}");
  }

  @Test
  void writesEveryKindOfValue() throws Exception {
    assertThat(result(new NuValue.Int(7, HERE))).isEqualTo("{\"Int\":{\"val\":7," + SPAN + "}}");
    assertThat(result(new NuValue.Real(1, HERE)))
        .isEqualTo("{\"Float\":{\"val\":1.0," + SPAN + "}}");
    assertThat(result(new NuValue.Bool(true, HERE)))
        .isEqualTo("{\"Bool\":{\"val\":true," + SPAN + "}}");
    assertThat(result(new NuValue.Str("x", HERE)))
        .isEqualTo("{\"String\":{\"val\":\"x\"," + SPAN + "}}");
    assertThat(result(new NuValue.Items(List.of(new NuValue.Int(7, HERE)), HERE)))
        .isEqualTo("{\"List\":{\"vals\":[{\"Int\":{\"val\":7," + SPAN + "}}]," + SPAN + "}}");
    assertThat(result(new NuValue.Fields(Map.of("a", new NuValue.Nothing(HERE)), HERE)))
        .isEqualTo("{\"Record\":{\"val\":{\"a\":{\"Nothing\":{" + SPAN + "}}}," + SPAN + "}}");
    assertThat(result(new NuValue.Failure(ValueFactory.newString("boo"), HERE)))
        .isEqualTo("{\"Error\":{\"error\":\"boo\"," + SPAN + "}}");
    assertThat(result(new NuValue.Closure(ValueFactory.newInteger(1), HERE)))
        .isEqualTo("{\"Closure\":{\"val\":1," + SPAN + "}}");
  }

  @Test
  void answersWithNothingAndWithErrors() throws Exception {
    assertThat(written(w -> w.nothing(5)))
        .isEqualTo("{\"CallResponse\":[5,{\"PipelineData\":\"Empty\"}]}");
    assertThat(written(w -> w.error(5, new NuException("Bad", "this", HERE))))
        .isEqualTo(
            "{\"CallResponse\":[5,{\"Error\":{\"msg\":\"Bad\",\"labels\":[{\"text\":\"this\","
                + SPAN
                + "}]}}]}");
    assertThat(written(w -> w.error(5, new NuException("Bad", "this", HERE, "Mend it."))))
        .contains("\"help\":\"Mend it.\"");
    assertThat(written(w -> w.error(5, "no place")))
        .isEqualTo("{\"CallResponse\":[5,{\"Error\":{\"msg\":\"no place\"}}]}");
    assertThat(written(w -> w.error(5, ValueFactory.newString("raw"))))
        .isEqualTo("{\"CallResponse\":[5,{\"Error\":\"raw\"}]}");
  }

  @Test
  void asksTheEngine() throws Exception {
    assertThat(written(w -> w.currentDirectory(5, 2)))
        .isEqualTo("{\"EngineCall\":{\"context\":5,\"id\":2,\"call\":\"GetCurrentDir\"}}");
    NuValue.Closure block = new NuValue.Closure(ValueFactory.newInteger(1), HERE);
    assertThat(written(w -> w.evaluate(5, 2, block, new NuValue.Nothing(HERE))))
        .isEqualTo(
            "{\"EngineCall\":{\"context\":5,\"id\":2,\"call\":{\"EvalClosure\":{\"closure\":{"
                + "\"item\":1,"
                + SPAN
                + "},\"positional\":[],\"input\":\"Empty\",\"redirect_stdout\":true,"
                + "\"redirect_stderr\":false}}}}");
    assertThat(written(w -> w.evaluate(5, 2, block, new NuValue.Int(7, HERE))))
        .contains("\"input\":{\"Value\":[{\"Int\":{\"val\":7," + SPAN + "}},null]}");
  }

  @Test
  void answersStreams() throws Exception {
    assertThat(written(w -> w.acknowledge(8))).isEqualTo("{\"Ack\":8}");
    assertThat(written(w -> w.drop(8))).isEqualTo("{\"Drop\":8}");
  }

  @Test
  void writesASignatureWithAllThatNushellAsksFor() throws Exception {
    Signature signature =
        Signature.of("torch add", "Adds.")
            .required("size", Shape.INTS, "sizes")
            .optional("tensor_id", Shape.STRING, "an id")
            .flag(
                new Signature.Argument(
                    "dtype", Shape.STRING, "the dtype", List.of("float32", "int64")))
            .from(NuType.STRING, NuType.STRINGS)
            .terms("plus")
            .example("torch add", "[1.0]");

    assertThat(written(w -> w.signatures(5, List.of(signature))))
        .contains("\"name\":\"torch add\"", "\"search_terms\":[\"plus\"]")
        .contains(
            "\"required_positional\":[{\"name\":\"size\",\"desc\":\"sizes\",\"shape\":{\"List\":\"Int\"}")
        .contains("\"rest_positional\":null")
        .contains("\"long\":\"dtype\",\"short\":null,\"arg\":\"String\"")
        .contains("\"completion\":{\"List\":[\"float32\",\"int64\"]}")
        .contains("\"input_output_types\":[[\"String\",{\"List\":\"String\"}]]")
        .contains("\"category\":{\"Custom\":\"torch\"}")
        .contains("\"example\":\"torch add\"");
  }
}

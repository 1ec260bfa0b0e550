package torchparity.engine.plugin.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ArrayValue;
import org.msgpack.value.MapValue;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** Reads Nushell's messages. */
public final class MessageReader implements Closeable {
  private final MessageUnpacker unpacker;

  public MessageReader(InputStream in) {
    unpacker = MessagePack.newDefaultUnpacker(in);
  }

  /** The next message, or empty when Nushell closed the connection. */
  public Optional<Incoming> next() throws IOException {
    return unpacker.hasNext() ? Optional.of(message(unpacker.unpackValue())) : Optional.empty();
  }

  @Override
  public void close() throws IOException {
    unpacker.close();
  }

  private static Incoming message(Value message) {
    if (message.isStringValue()) {
      return text(message).equals("Goodbye") ? new Incoming.Goodbye() : new Incoming.Ignored();
    }
    Map.Entry<Value, Value> entry = only(message);
    Value body = entry.getValue();
    return switch (text(entry.getKey())) {
      case "Hello" -> new Incoming.Hello(text(field(body, "version")));
      case "Call" -> call(number(item(body, 0)), item(body, 1));
      case "EngineCallResponse" -> engineResponse(number(item(body, 0)), item(body, 1));
      case "Data" -> data(number(item(body, 0)), item(body, 1));
      case "End" -> new Incoming.EndOfStream(number(body));
      default -> new Incoming.Ignored();
    };
  }

  private static Incoming call(long id, Value call) {
    if (call.isStringValue()) {
      return switch (text(call)) {
        case "Metadata" -> new Incoming.Metadata(id);
        case "Signature" -> new Incoming.Signatures(id);
        default -> new Incoming.UnknownCall(id, text(call));
      };
    }
    Map.Entry<Value, Value> entry = only(call);
    if (!text(entry.getKey()).equals("Run")) {
      return new Incoming.UnknownCall(id, text(entry.getKey()));
    }
    Value run = entry.getValue();
    Value evaluated = field(run, "call");
    Map<String, NuValue> named = new HashMap<>();
    for (Value pair : field(evaluated, "named").asArrayValue()) {
      Value value = item(pair, 1);
      if (!value.isNilValue()) {
        named.put(text(field(item(pair, 0), "item")), value(value));
      }
    }
    return new Incoming.Run(
        id,
        text(field(run, "name")),
        span(field(evaluated, "head")),
        values(field(evaluated, "positional")),
        named,
        pipeline(field(run, "input")));
  }

  private static Incoming engineResponse(long id, Value response) {
    if (response.isMapValue()) {
      Map.Entry<Value, Value> entry = only(response);
      if (text(entry.getKey()).equals("PipelineData")) {
        return new Incoming.EngineResult(id, pipeline(entry.getValue()));
      }
      return new Incoming.EngineError(id, entry.getValue());
    }
    return new Incoming.EngineResult(id, new PipelineData.Empty());
  }

  private static Incoming data(long stream, Value data) {
    Map.Entry<Value, Value> entry = only(data);
    return text(entry.getKey()).equals("List")
        ? new Incoming.Item(stream, value(entry.getValue()))
        : new Incoming.Ignored();
  }

  private static PipelineData pipeline(Value header) {
    if (header.isStringValue()) {
      return new PipelineData.Empty();
    }
    Map.Entry<Value, Value> entry = only(header);
    Value body = entry.getValue();
    return switch (text(entry.getKey())) {
      case "Value" -> new PipelineData.Single(value(item(body, 0)));
      case "ListStream" ->
          new PipelineData.Stream(number(field(body, "id")), span(field(body, "span")));
      case "ByteStream" ->
          new PipelineData.Bytes(number(field(body, "id")), span(field(body, "span")));
      default -> throw new IllegalArgumentException("pipeline data " + entry.getKey());
    };
  }

  private static NuValue value(Value value) {
    Map.Entry<Value, Value> entry = only(value);
    Value body = entry.getValue();
    Span span = span(field(body, "span"));
    return switch (text(entry.getKey())) {
      case "Int" -> new NuValue.Int(number(field(body, "val")), span);
      case "Float" -> new NuValue.Real(field(body, "val").asNumberValue().toDouble(), span);
      case "Bool" -> new NuValue.Bool(field(body, "val").asBooleanValue().getBoolean(), span);
      case "String" -> new NuValue.Str(text(field(body, "val")), span);
      case "Nothing" -> new NuValue.Nothing(span);
      case "List" -> new NuValue.Items(values(field(body, "vals")), span);
      case "Record" -> new NuValue.Fields(fields(field(body, "val")), span);
      case "Closure" -> new NuValue.Closure(field(body, "val"), span);
      case "Error" -> new NuValue.Failure(field(body, "error"), span);
      default -> new NuValue.Other(text(entry.getKey()), span);
    };
  }

  private static List<NuValue> values(Value array) {
    ArrayValue items = array.asArrayValue();
    List<NuValue> values = new ArrayList<>(items.size());
    items.forEach(item -> values.add(value(item)));
    return values;
  }

  private static Map<String, NuValue> fields(Value map) {
    Map<String, NuValue> fields = new LinkedHashMap<>();
    map.asMapValue().map().forEach((key, value) -> fields.put(text(key), value(value)));
    return fields;
  }

  private static Span span(Value span) {
    return new Span(number(field(span, "start")), number(field(span, "end")));
  }

  private static Map.Entry<Value, Value> only(Value map) {
    return map.asMapValue().entrySet().iterator().next();
  }

  private static Value field(Value map, String name) {
    MapValue fields = map.asMapValue();
    Value value = fields.map().get(ValueFactory.newString(name));
    return value == null ? ValueFactory.newNil() : value;
  }

  private static Value item(Value array, int i) {
    return array.asArrayValue().get(i);
  }

  private static long number(Value value) {
    return value.asIntegerValue().asLong();
  }

  private static String text(Value value) {
    return value.asStringValue().asString();
  }
}

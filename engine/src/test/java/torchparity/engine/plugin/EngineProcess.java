package torchparity.engine.plugin;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** The plugin as a process, on the classes under test; the test plays Nushell. */
final class EngineProcess implements AutoCloseable {
  private static final byte[] ENCODING = {7, 'm', 's', 'g', 'p', 'a', 'c', 'k'};

  final Process process;
  final MessagePacker out;
  final MessageUnpacker in;
  private long calls;

  /** Starts it; all its memory, that of Java included, is limited to 6 GB. */
  EngineProcess() throws IOException {
    String program = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ProcessBuilder(
                List.of(
                    "sh",
                    "-c",
                    "ulimit -v 6000000; exec 3>&1 1>&2; exec \"$@\"",
                    "sh",
                    program,
                    "-Xmx512m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dorg.bytedeco.javacpp.cachedir="
                        + System.getProperty("org.bytedeco.javacpp.cachedir"),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "torchparity.engine.plugin.Main",
                    "--stdio"))
            .redirectError(Path.of("target", "engine-process.log").toFile())
            .start();
    in = MessagePack.newDefaultUnpacker(new BufferedInputStream(process.getInputStream()));
    out = MessagePack.newDefaultPacker(new BufferedOutputStream(process.getOutputStream()));
    byte[] encoding = in.readPayload(ENCODING.length);
    if (!java.util.Arrays.equals(encoding, ENCODING)) {
      throw new IOException(
          "not the encoding: " + new String(encoding, java.nio.charset.StandardCharsets.UTF_8));
    }
    send(
        map(
            "Hello",
            map(
                "protocol",
                text("nu-plugin"),
                "version",
                text("0.115.1"),
                "features",
                ValueFactory.newArray())));
    in.unpackValue(); // its Hello
    in.unpackValue(); // the idle collector is switched off
  }

  static Value text(String text) {
    return ValueFactory.newString(text);
  }

  static Value map(Object... pairs) {
    Value[] entries = new Value[pairs.length];
    for (int i = 0; i < pairs.length; i++) {
      entries[i] = pairs[i] instanceof String s ? text(s) : (Value) pairs[i];
    }
    return ValueFactory.newMap(entries);
  }

  /** What a map holds under {@code path}, entry by entry; it must be there. */
  static Value at(Value map, String... path) {
    Value found = map;
    for (String name : path) {
      found = Objects.requireNonNull(found.asMapValue().map().get(text(name)), name);
    }
    return found;
  }

  /** What a map holds under {@code name}, or nil. */
  static Value field(Value map, String name) {
    Value found = map.asMapValue().map().get(text(name));
    return found == null ? ValueFactory.newNil() : found;
  }

  static Value span() {
    return map("start", ValueFactory.newInteger(0), "end", ValueFactory.newInteger(1));
  }

  static Value value(String kind, Value content) {
    return map(kind, map(kind.equals("List") ? "vals" : "val", content, "span", span()));
  }

  void send(Value message) throws IOException {
    out.packValue(message).flush();
  }

  void raw(byte[] bytes) throws IOException {
    OutputStream to = process.getOutputStream();
    to.write(bytes);
    to.flush();
  }

  /** Sends a call without waiting; answers with its id. */
  long begin(String command, List<Value> positional, Map<String, Value> named, Value input)
      throws IOException {
    Value[] flags =
        named.entrySet().stream()
            .map(
                e ->
                    (Value)
                        ValueFactory.newArray(
                            map("item", text(e.getKey()), "span", span()), e.getValue()))
            .toArray(Value[]::new);
    send(
        map(
            "Call",
            ValueFactory.newArray(
                ValueFactory.newInteger(++calls),
                map(
                    "Run",
                    map(
                        "name",
                        text(command),
                        "call",
                        map(
                            "head",
                            span(),
                            "positional",
                            ValueFactory.newArray(positional),
                            "named",
                            ValueFactory.newArray(flags)),
                        "input",
                        input)))));
    return calls;
  }

  /** The next message of the plugin. */
  Value receive() throws IOException {
    return in.unpackValue();
  }

  /** The body of the answer to call {@code id}, which must be the next message. */
  Value answer(long id) throws IOException {
    Value message = receive();
    Value body = field(message, "CallResponse");
    if (body.isNilValue() || body.asArrayValue().get(0).asIntegerValue().asLong() != id) {
      throw new IOException("expected the answer to call " + id + ", got " + message);
    }
    return body.asArrayValue().get(1);
  }

  Value call(String command, List<Value> positional, Map<String, Value> named, Value input)
      throws IOException {
    return answer(begin(command, positional, named, input));
  }

  Value signatures() throws IOException {
    send(map("Call", ValueFactory.newArray(ValueFactory.newInteger(++calls), text("Signature"))));
    return answer(calls);
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package torchparity.engine.plugin.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.value.Value;

/**
 * Writes messages to Nushell; each one is flushed when it is whole. Several threads may write: one
 * that computes, and one that hears Ctrl-C meanwhile.
 */
public final class MessageWriter {
  private static final byte[] INT = numberPrefix("Int");
  private static final byte[] FLOAT = numberPrefix("Float");
  private static final byte[] START = packed(p -> p.packMapHeader(2).packString("start"));
  private static final byte[] END = packed(p -> p.packString("end"));

  private final MessagePacker packer;

  /** Announces the encoding on {@code out}. */
  public MessageWriter(OutputStream out) throws IOException {
    packer = MessagePack.newDefaultPacker(out);
    byte[] encoding = {7, 'm', 's', 'g', 'p', 'a', 'c', 'k'};
    packer.addPayload(encoding).flush();
  }

  /** Answers Nushell's greeting; the version must be Nushell's own to be accepted. */
  public synchronized void hello(String version) throws IOException {
    map("Hello", 3);
    text("protocol", "nu-plugin");
    text("version", version);
    packer.packString("features").packArrayHeader(0).flush();
  }

  /** Keeps Nushell from stopping this process, and so losing every tensor, when it is idle. */
  public synchronized void disableGarbageCollection() throws IOException {
    map("Option", 1);
    packer.packString("GcDisabled").packBoolean(true).flush();
  }

  public synchronized void metadata(long call, String version) throws IOException {
    response(call);
    map("Metadata", 1);
    text("version", version);
    packer.flush();
  }

  public synchronized void signatures(long call, List<Signature> signatures) throws IOException {
    response(call);
    packer.packMapHeader(1).packString("Signature").packArrayHeader(signatures.size());
    SignatureWriter writer = new SignatureWriter(packer, this);
    for (Signature signature : signatures) {
      writer.write(signature);
    }
    packer.flush();
  }

  public synchronized void result(long call, NuValue value) throws IOException {
    response(call);
    packer.packMapHeader(1).packString("PipelineData");
    pipeline(value);
    packer.flush();
  }

  /** An empty result, for commands that answer with nothing. */
  public synchronized void nothing(long call) throws IOException {
    response(call);
    packer.packMapHeader(1).packString("PipelineData").packString("Empty").flush();
  }

  public synchronized void error(long call, NuException error) throws IOException {
    response(call);
    map("Error", error.help() == null ? 2 : 3);
    text("msg", error.title());
    if (error.help() != null) {
      text("help", error.help());
    }
    packer.packString("labels").packArrayHeader(1).packMapHeader(2);
    text("text", error.label());
    packer.packString("span");
    span(error.span());
    packer.flush();
  }

  /** An error that has no place. */
  public synchronized void error(long call, String message) throws IOException {
    response(call);
    map("Error", 1);
    text("msg", message);
    packer.flush();
  }

  /** Hands on an error that Nushell itself reported. */
  public synchronized void error(long call, Value raw) throws IOException {
    response(call);
    packer.packMapHeader(1).packString("Error").packValue(raw).flush();
  }

  public synchronized void acknowledge(long stream) throws IOException {
    packer.packMapHeader(1).packString("Ack").packLong(stream).flush();
  }

  public synchronized void drop(long stream) throws IOException {
    packer.packMapHeader(1).packString("Drop").packLong(stream).flush();
  }

  /** Asks Nushell to run {@code closure} while the call {@code context} is open. */
  public synchronized void evaluate(long context, long id, NuValue.Closure closure, NuValue input)
      throws IOException {
    engineCall(context, id);
    map("EvalClosure", 5);
    packer.packString("closure").packMapHeader(2).packString("item").packValue(closure.raw());
    packer.packString("span");
    span(closure.span());
    packer.packString("positional").packArrayHeader(0);
    packer.packString("input");
    if (input instanceof NuValue.Nothing) {
      packer.packString("Empty");
    } else {
      pipeline(input);
    }
    packer.packString("redirect_stdout").packBoolean(true);
    packer.packString("redirect_stderr").packBoolean(false).flush();
  }

  /** Asks for the directory that the user is in; ours is the plugin's. */
  public synchronized void currentDirectory(long context, long id) throws IOException {
    engineCall(context, id);
    packer.packString("GetCurrentDir").flush();
  }

  private void engineCall(long context, long id) throws IOException {
    map("EngineCall", 3);
    packer.packString("context").packLong(context).packString("id").packLong(id);
    packer.packString("call");
  }

  private void response(long call) throws IOException {
    packer.packMapHeader(1).packString("CallResponse").packArrayHeader(2).packLong(call);
  }

  private void pipeline(NuValue value) throws IOException {
    packer.packMapHeader(1).packString("Value").packArrayHeader(2);
    value(value);
    packer.packNil();
  }

  void value(NuValue value) throws IOException {
    if (value instanceof NuValue.Int v) {
      packer.writePayload(INT);
      packer.packLong(v.value());
    } else if (value instanceof NuValue.Real v) {
      packer.writePayload(FLOAT);
      packer.packDouble(v.value());
    } else if (value instanceof NuValue.Bool v) {
      begin("Bool", "val");
      packer.packBoolean(v.value());
    } else if (value instanceof NuValue.Str v) {
      begin("String", "val");
      packer.packString(v.value());
    } else if (value instanceof NuValue.Items v) {
      begin("List", "vals");
      packer.packArrayHeader(v.values().size());
      for (NuValue item : v.values()) {
        value(item);
      }
    } else if (value instanceof NuValue.Fields v) {
      begin("Record", "val");
      packer.packMapHeader(v.values().size());
      for (var field : v.values().entrySet()) {
        packer.packString(field.getKey());
        value(field.getValue());
      }
    } else if (value instanceof NuValue.Closure v) {
      begin("Closure", "val");
      packer.packValue(v.raw());
    } else if (value instanceof NuValue.Failure v) {
      begin("Error", "error");
      packer.packValue(v.raw());
    } else {
      map("Nothing", 1);
    }
    packer.packString("span");
    span(value.span());
  }

  private void begin(String kind, String field) throws IOException {
    map(kind, 2);
    packer.packString(field);
  }

  private void span(Span span) throws IOException {
    packer.writePayload(START);
    packer.packLong(span.start());
    packer.writePayload(END);
    packer.packLong(span.end());
  }

  /** What precedes a number's value: packed once, since a list has many. */
  private static byte[] numberPrefix(String kind) {
    return packed(p -> p.packMapHeader(1).packString(kind).packMapHeader(2).packString("val"));
  }

  private interface Packing {
    MessagePacker pack(MessagePacker packer) throws IOException;
  }

  private static byte[] packed(Packing packing) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packing.pack(packer);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void map(String variant, int fields) throws IOException {
    packer.packMapHeader(1).packString(variant).packMapHeader(fields);
  }

  private void text(String field, String value) throws IOException {
    packer.packString(field).packString(value);
  }
}

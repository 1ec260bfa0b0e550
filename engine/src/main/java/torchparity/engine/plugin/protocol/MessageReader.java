package torchparity.engine.plugin.protocol;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueFactory;

/** Reads Nushell's messages. */
public final class MessageReader implements Closeable {
  /** Messages whose content is an id and something. */
  private static final Set<String> PAIRS = Set.of("Call", "EngineCallResponse", "Data");

  private final MessageUnpacker in;
  private final ValueReader values;

  public MessageReader(InputStream in) {
    this.in = MessagePack.newDefaultUnpacker(in);
    this.values = new ValueReader(this.in);
  }

  /**
   * The next message, or empty when Nushell closed the connection.
   *
   * @throws ProtocolException if it is none, or ends in the middle
   */
  public Optional<Incoming> next() throws IOException {
    try {
      return in.hasNext() ? Optional.of(message()) : Optional.empty();
    } catch (MessagePackException | IllegalArgumentException | NullPointerException e) {
      throw new ProtocolException(String.valueOf(e.getMessage()));
    }
  }

  /** Bytes read from the stream so far; what was read beyond them waits in a buffer. */
  public long bytesRead() {
    return in.getTotalReadBytes();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean textFollows() throws IOException {
    return in.getNextFormat().getValueType().isStringType();
  }

  private Incoming message() throws IOException {
    if (textFollows()) {
      return in.unpackString().equals("Goodbye") ? new Incoming.Goodbye() : new Incoming.Ignored();
    }
    String kind = values.variant();
    if (PAIRS.contains(kind)) {
      pair();
    }
    return switch (kind) {
      case "Hello" -> hello();
      case "Call" -> call(in.unpackLong());
      case "EngineCallResponse" -> engineResponse(in.unpackLong());
      case "Data" -> data(in.unpackLong());
      case "End" -> new Incoming.EndOfStream(in.unpackLong());
      case "Signal" ->
          values.raw().equals(ValueFactory.newString("Interrupt"))
              ? new Incoming.Interrupt()
              : new Incoming.Ignored();
      default -> {
        in.skipValue();
        yield new Incoming.Ignored();
      }
    };
  }

  private void pair() throws IOException {
    int size = in.unpackArrayHeader();
    if (size != 2) {
      throw new ProtocolException("expected a pair, got " + size + " items");
    }
  }

  private Incoming hello() throws IOException {
    String[] version = {""};
    values.fields(
        name -> {
          if (name.equals("version")) {
            version[0] = in.unpackString();
          } else {
            in.skipValue();
          }
        });
    return new Incoming.Hello(version[0]);
  }

  private Incoming call(long id) throws IOException {
    if (textFollows()) {
      String kind = in.unpackString();
      return switch (kind) {
        case "Metadata" -> new Incoming.Metadata(id);
        case "Signature" -> new Incoming.Signatures(id);
        default -> new Incoming.UnknownCall(id, kind);
      };
    }
    String kind = values.variant();
    if (!kind.equals("Run")) {
      in.skipValue();
      return new Incoming.UnknownCall(id, kind);
    }
    RunBody body = new RunBody();
    values.fields(body::read);
    return new Incoming.Run(id, body.command, body.head, body.positional, body.named, body.input);
  }

  /** A call's fields, in whatever order they come. */
  private final class RunBody {
    private String command = "";
    private Span head = new Span(0, 0);
    private List<NuValue> positional = List.of();
    private final Map<String, NuValue> named = new HashMap<>(4);
    private PipelineData input = new PipelineData.Empty();

    void read(String field) throws IOException {
      switch (field) {
        case "name" -> command = values.name();
        case "call" -> values.fields(this::evaluated);
        case "input" -> input = pipeline();
        default -> in.skipValue();
      }
    }

    private void evaluated(String field) throws IOException {
      switch (field) {
        case "head" -> head = values.span();
        case "positional" -> positional = values.values();
        case "named" -> flags();
        default -> in.skipValue();
      }
    }

    private void flags() throws IOException {
      int count = in.unpackArrayHeader();
      for (int i = 0; i < count; i++) {
        pair();
        String[] flag = {""};
        values.fields(
            name -> {
              if (name.equals("item")) {
                flag[0] = values.name();
              } else {
                in.skipValue();
              }
            });
        if (!in.tryUnpackNil()) {
          named.put(flag[0], values.value());
        }
      }
    }
  }

  private Incoming engineResponse(long id) throws IOException {
    if (textFollows()) {
      in.skipValue();
      return new Incoming.EngineResult(id, new PipelineData.Empty());
    }
    return values.variant().equals("PipelineData")
        ? new Incoming.EngineResult(id, pipeline())
        : new Incoming.EngineError(id, values.raw());
  }

  private Incoming data(long stream) throws IOException {
    if (values.variant().equals("List")) {
      return new Incoming.Item(stream, values.value());
    }
    in.skipValue();
    return new Incoming.Chunk(stream);
  }

  private PipelineData pipeline() throws IOException {
    if (textFollows()) {
      in.skipValue();
      return new PipelineData.Empty();
    }
    String kind = values.variant();
    return switch (kind) {
      case "Value" -> {
        pair();
        NuValue value = values.value();
        in.skipValue();
        yield new PipelineData.Single(value);
      }
      case "ListStream", "ByteStream" -> stream(kind.equals("ListStream"));
      default -> throw new ProtocolException("unknown pipeline data " + kind);
    };
  }

  private PipelineData stream(boolean items) throws IOException {
    long[] id = {0};
    Span[] span = {new Span(0, 0)};
    values.fields(
        name -> {
          switch (name) {
            case "id" -> id[0] = in.unpackLong();
            case "span" -> span[0] = values.span();
            default -> in.skipValue();
          }
        });
    return items ? new PipelineData.Stream(id[0], span[0]) : new PipelineData.Bytes(id[0], span[0]);
  }
}

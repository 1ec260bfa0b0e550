package torchparity.engine.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.MessageWriter;
import torchparity.engine.tensor.Torch;

/**
 * Java's own share of a call: bytes of a call in, bytes of its answer out, without pipes. {@code
 * torch shape} computes nothing; {@code torch add} of one element has libtorch's own time in it,
 * which {@code add alone} shows by itself.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CallBenchmark {
  private static final int CALLS = 1000;

  @Param({"torch shape", "torch add", "add alone"})
  String command;

  private final Replay input = new Replay();
  private Session session;
  private Workspace workspace;
  private Torch torch;
  private torchparity.engine.tensor.Tensor one;

  /** Bytes of many calls, again and again, with an end after each round. */
  private static final class Replay extends InputStream {
    byte[] bytes = new byte[0];
    int at;

    @Override
    public int available() {
      return bytes.length - at;
    }

    @Override
    public int read() {
      return at < bytes.length ? bytes[at++] & 255 : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      int count = Math.min(length, bytes.length - at);
      System.arraycopy(bytes, at, to, offset, Math.max(count, 0));
      at += Math.max(count, 0);
      return count > 0 ? count : -1;
    }
  }

  @Setup
  public void open() throws IOException {
    torch = Torch.start(1, Dtype.FLOAT32);
    one = torch.tensor(java.util.List.of(1L), 1.0);
    one.retain();
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    Sink sink = new Sink(answers);
    workspace = new Workspace(() -> torch);
    session = new Session(new Inbox(input), new MessageWriter(sink), workspace, "0.1.0");
    play(packed(1, "torch ones", null));
    byte[] reply = answers.toByteArray();
    sink.to = OutputStream.nullOutputStream();
    String id;
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(reply)) {
      unpacker.readPayload(8);
      id = unpacker.unpackValue().toJson().replaceAll(".*\"(tensor-[0-9a-f]+-[0-9]+)\".*", "$1");
    }
    if (!command.equals("add alone")) {
      input.bytes = packed(CALLS, command, id);
    }
  }

  private static final class Sink extends OutputStream {
    OutputStream to;

    Sink(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) throws IOException {
      to.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      to.write(bytes, offset, length);
    }
  }

  private void play(byte[] calls) throws IOException {
    input.bytes = calls;
    input.at = 0;
    session.serve();
  }

  private static byte[] packed(int calls, String command, String id) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MessagePacker p = MessagePack.newDefaultPacker(bytes);
    for (int call = 0; call < calls; call++) {
      p.packMapHeader(1).packString("Call").packArrayHeader(2).packInt(call);
      p.packMapHeader(1).packString("Run").packMapHeader(3).packString("name").packString(command);
      p.packString("call").packMapHeader(3).packString("head");
      span(p);
      int arguments = command.equals("torch add") ? 2 : 1;
      p.packString("positional").packArrayHeader(arguments);
      for (int i = 0; i < arguments; i++) {
        p.packMapHeader(1).packString(id == null ? "Int" : "String").packMapHeader(2);
        p.packString("val");
        if (id == null) {
          p.packInt(1);
        } else {
          p.packString(id);
        }
        p.packString("span");
        span(p);
      }
      p.packString("named").packArrayHeader(0).packString("input").packString("Empty");
    }
    p.packString("Goodbye").flush();
    return bytes.toByteArray();
  }

  private static void span(MessagePacker p) throws IOException {
    p.packMapHeader(2).packString("start").packInt(123456).packString("end").packInt(123459);
  }

  @Benchmark
  @OperationsPerInvocation(CALLS)
  public void call() throws IOException {
    if (command.equals("add alone")) {
      for (int i = 0; i < CALLS; i++) {
        try (var scope = new torchparity.engine.tensor.Scope()) {
          torch.add(one, one);
        }
      }
    } else {
      long mark = workspace.registry().mark();
      input.at = 0;
      session.serve();
      workspace.registry().freeSince(mark, java.util.Set.of());
    }
  }
}

package torchparity.engine.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.Value;
import torchparity.engine.plugin.protocol.Incoming;
import torchparity.engine.plugin.protocol.MessageWriter;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.PipelineData;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.TorchException;

/**
 * One connection to Nushell: a loop that never waits inside a call. While a call's stream arrives,
 * or its block runs, other calls come in, and their answers must go out.
 */
final class Session {
  private final Inbox in;
  private final MessageWriter out;
  private final Attention attention;
  private final Workspace workspace;
  private final String version;
  private final Commands commands = new Commands();
  private final Map<Long, Collected> streams = new HashMap<>();
  private final Map<Long, Question> questions = new HashMap<>();
  private long lastQuestion;

  Session(Inbox in, MessageWriter out, Workspace workspace, String version) {
    this.in = in;
    this.out = out;
    this.attention = new Attention(in, out);
    this.workspace = workspace;
    this.version = version;
  }

  /** Items of a stream so far, the call they are for, and what to do with them at its end. */
  private record Collected(List<NuValue> items, Span span, long call, Receiver receiver) {}

  private interface Receiver {
    void accept(NuValue value) throws IOException;
  }

  /** A call that waits for Nushell's reply. */
  private record Question(long call, Span head, Response response) {}

  /** Serves calls until Nushell says goodbye or closes the connection. */
  void serve() throws IOException {
    Optional<Incoming> message = in.next();
    while (message.isPresent() && !(message.get() instanceof Incoming.Goodbye)) {
      handle(message.get());
      message = in.next();
    }
  }

  private void handle(Incoming message) throws IOException {
    if (message instanceof Incoming.Run run) {
      receive(run.call(), run.input(), run.head(), input -> run(run, input));
    } else if (message instanceof Incoming.Item item) {
      collect(item);
    } else if (message instanceof Incoming.Chunk chunk) {
      out.acknowledge(chunk.stream());
    } else if (message instanceof Incoming.EndOfStream end) {
      out.drop(end.stream());
      Collected stream = streams.remove(end.stream());
      if (stream != null) {
        stream.receiver.accept(new NuValue.Items(stream.items, stream.span));
      }
    } else if (message instanceof Incoming.EngineResult result) {
      Question question = questions.remove(result.engineCall());
      if (question != null) {
        receive(question.call, result.data(), question.head, value -> proceed(question, value));
      }
    } else if (message instanceof Incoming.EngineError error) {
      Question question = questions.remove(error.engineCall());
      if (question != null) {
        fail(question, error.raw());
      }
    } else if (message instanceof Incoming.Hello hello) {
      out.hello(hello.version());
      out.disableGarbageCollection();
    } else if (message instanceof Incoming.Metadata ask) {
      out.metadata(ask.call(), version);
    } else if (message instanceof Incoming.Signatures ask) {
      out.signatures(ask.call(), commands.signatures());
    } else if (message instanceof Incoming.UnknownCall unknown) {
      out.error(
          unknown.call(), "nu_plugin_torch does not serve calls of the kind " + unknown.kind());
    }
  }

  private void collect(Incoming.Item item) throws IOException {
    Collected stream = streams.get(item.stream());
    if (stream == null) {
      out.drop(item.stream());
      return;
    }
    try {
      stream.items.add(item.value());
      out.acknowledge(item.stream());
    } catch (OutOfMemoryError e) {
      streams.remove(item.stream());
      stream.items.clear();
      out.drop(item.stream());
      out.error(stream.call, outOfMemory(stream.span));
    }
  }

  private void receive(long call, PipelineData data, Span head, Receiver receiver)
      throws IOException {
    if (data instanceof PipelineData.Stream stream) {
      streams.put(stream.id(), new Collected(new ArrayList<>(), stream.span(), call, receiver));
    } else if (data instanceof PipelineData.Single single) {
      receiver.accept(single.value());
    } else if (data instanceof PipelineData.Bytes bytes) {
      out.drop(bytes.id());
      receiver.accept(new NuValue.Other("binary", bytes.span()));
    } else {
      receiver.accept(new NuValue.Nothing(head));
    }
  }

  private void run(Incoming.Run run, NuValue input) throws IOException {
    Invocation call =
        new Invocation(run.command(), run.head(), run.positional(), run.named(), input);
    NuValue.Failure failure = firstFailure(input);
    if (failure != null) {
      out.error(run.call(), failure.raw());
      return;
    }
    workspace.calledAt(run.head());
    answer(run.call(), run.head(), () -> commands.find(call).action().run(call, workspace));
  }

  private static NuValue.@Nullable Failure firstFailure(NuValue input) {
    for (NuValue item : Workspace.items(input)) {
      if (item instanceof NuValue.Failure failure) {
        return failure;
      }
    }
    return null;
  }

  private interface Step {
    Response run() throws NuException;
  }

  private void answer(long call, Span head, Step step) throws IOException {
    long mark = workspace.registry().mark();
    attention.begin(call, head);
    Response response = null;
    NuException refusal = null;
    try (Scope scope = workspace.scope()) {
      response = step.run();
    } catch (NuException e) {
      refusal = e;
    } catch (TorchException e) {
      refusal = Refusal.of(e, Origins.unknown(head));
    } catch (OutOfMemoryError e) {
      refusal = outOfMemory(head);
    } catch (LinkageError e) {
      refusal =
          new NuException(
              "Cannot load libtorch",
              String.valueOf(e.getMessage()),
              head,
              "It takes Linux on x86-64 with glibc 2.35 or newer.");
    } catch (RuntimeException | StackOverflowError e) {
      // A mistake of ours must cost this call, not the process and every tensor in it.
      e.printStackTrace();
      refusal = new NuException("Internal error of nu_plugin_torch", e.toString(), head);
    }
    if (!attention.end(call)) {
      workspace.registry().freeSince(mark, Set.of());
    } else if (refusal != null) {
      out.error(call, refusal);
    } else if (response != null) {
      reply(call, head, response);
    }
  }

  private static NuException outOfMemory(Span span) {
    return new NuException(
        "Out of memory",
        "more values than the plugin's memory holds",
        span,
        "`torch memory` tells what is in use; `torch free` and `torch tidy` give it back.");
  }

  private void reply(long call, Span head, Response response) throws IOException {
    if (response instanceof Response.Result result) {
      if (result.value() instanceof NuValue.Nothing) {
        out.nothing(call);
      } else {
        out.result(call, result.value());
      }
      return;
    }
    questions.put(++lastQuestion, new Question(call, head, response));
    if (response instanceof Response.Evaluate evaluate) {
      out.evaluate(call, lastQuestion, evaluate.closure(), evaluate.input());
    } else {
      out.currentDirectory(call, lastQuestion);
    }
  }

  private void proceed(Question question, NuValue reply) throws IOException {
    NuValue.Failure failure = firstFailure(reply);
    if (failure != null) {
      // An error in a block whose result is a stream comes as one of its items.
      fail(question, failure.raw());
      return;
    }
    answer(
        question.call,
        question.head,
        () -> {
          if (question.response instanceof Response.Evaluate evaluate) {
            return evaluate.then().apply(reply);
          }
          return ((Response.AskDirectory) question.response).then().apply(Conversions.text(reply));
        });
  }

  private void fail(Question question, Value raw) throws IOException {
    if (question.response instanceof Response.Evaluate evaluate) {
      evaluate.onError().run();
    }
    out.error(question.call, raw);
  }
}

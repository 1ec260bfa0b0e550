package torchparity.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.engine.plugin.EngineProcess.map;
import static torchparity.engine.plugin.EngineProcess.text;
import static torchparity.engine.plugin.EngineProcess.value;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** The connection: streams, Ctrl-C, gibberish, and the end. */
class SessionTest {
  private static final Value EMPTY = text("Empty");

  private static Value integer(long i) {
    return value("Int", ValueFactory.newInteger(i));
  }

  private static Value pair(Object first, Value second) {
    return ValueFactory.newArray(
        first instanceof Long l ? ValueFactory.newInteger(l) : (Value) first, second);
  }

  @Test
  void doesNotLoadLibtorchToDescribeItself() throws Exception {
    try (EngineProcess engine = new EngineProcess()) {
      engine.signatures();
      engine.call("torch devices", List.of(), Map.of(), EMPTY);
      engine.call("torch", List.of(), Map.of(), EMPTY);
      String maps = "/proc/" + engine.process.pid() + "/maps";

      assertThat(java.nio.file.Files.readString(java.nio.file.Path.of(maps)))
          .doesNotContain("libtorch_cpu");
      engine.call("torch ones", List.of(integer(2)), Map.of(), EMPTY);
      assertThat(java.nio.file.Files.readString(java.nio.file.Path.of(maps)))
          .contains("libtorch_cpu");
    }
  }

  @Test
  void takesAStreamOfAHundredThousandItemsWithCallsInBetween() throws Exception {
    int items = 100_000;
    try (EngineProcess engine = new EngineProcess()) {
      Value stream =
          map(
              "ListStream",
              map(
                  "id",
                  ValueFactory.newInteger(7),
                  "span",
                  EngineProcess.span(),
                  "metadata",
                  ValueFactory.newNil()));
      long call = engine.begin("torch tensor", List.of(), Map.of(), stream);
      for (int i = 0; i < items; i++) {
        engine.send(map("Data", pair(7L, map("List", integer(i)))));
        assertThat(engine.receive()).isEqualTo(map("Ack", ValueFactory.newInteger(7)));
        if (i % 10_000 == 0) {
          assertThat(engine.call("torch ones", List.of(integer(1)), Map.of(), EMPTY).toString())
              .contains("tensor-");
        }
      }
      engine.send(map("End", ValueFactory.newInteger(7)));
      assertThat(engine.receive()).isEqualTo(map("Drop", ValueFactory.newInteger(7)));
      Value id = engine.answer(call);
      Value piped = piped(id);

      assertThat(engine.call("torch shape", List.of(piped), Map.of(), EMPTY).toString())
          .contains(String.valueOf(items));
    }
  }

  @Test
  void answersCtrlCDuringALongOperation() throws Exception {
    try (EngineProcess engine = new EngineProcess()) {
      Value size = value("List", ValueFactory.newArray(integer(5000), integer(5000)));
      Value one =
          piped(
              engine.call(
                  "torch full",
                  List.of(size, value("Float", ValueFactory.newFloat(1.0))),
                  Map.of(),
                  EMPTY));
      long started = System.nanoTime();
      long call = engine.begin("torch mm", List.of(one, one), Map.of(), EMPTY);
      Thread.sleep(250);
      engine.send(map("Signal", text("Interrupt")));
      Value answer = engine.answer(call);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);

      assertThat(answer.toString()).contains("Interrupted");
      assertThat(seconds).isLessThan(2);
      assertThat(engine.call("torch shape", List.of(one), Map.of(), EMPTY).toString())
          .contains("5000");
    }
  }

  private static Value piped(Value answer) {
    return EngineProcess.at(answer, "PipelineData", "Value").asArrayValue().get(0);
  }

  @Test
  void saysThatATensorIsTooLargeAndLivesOn() throws Exception {
    try (EngineProcess engine = new EngineProcess()) {
      Value size = value("List", ValueFactory.newArray(integer(100_000), integer(100_000)));

      assertThat(engine.call("torch full", List.of(size, integer(1)), Map.of(), EMPTY).toString())
          .contains("Out of memory");
      assertThat(engine.call("torch ones", List.of(integer(2)), Map.of(), EMPTY).toString())
          .contains("tensor-");
    }
  }

  @Test
  void answersCallsThatItDoesNotServe() throws Exception {
    try (EngineProcess engine = new EngineProcess()) {
      engine.send(map("Call", pair(99L, map("GetCompletion", map("a", integer(1))))));

      assertThat(engine.answer(99).toString()).contains("does not serve");
      assertThat(engine.call("torch nonsense", List.of(), Map.of(), EMPTY).toString())
          .contains("Unknown command");
    }
  }

  @Test
  void endsWhenTheInputIsGibberishOrCutOffOrOver() throws Exception {
    byte[] gibberish = new byte[1000];
    new java.util.Random(1).nextBytes(gibberish);
    byte[] cut = {(byte) 0x81, (byte) 0xa4, 'C', 'a', 'l', 'l', (byte) 0x92, 1, (byte) 0x81};
    for (byte[] bytes : List.of(gibberish, cut, new byte[0])) {
      try (EngineProcess engine = new EngineProcess()) {
        engine.raw(bytes);
        engine.process.getOutputStream().close();

        assertThat(engine.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void endsAtGoodbye() throws Exception {
    try (EngineProcess engine = new EngineProcess()) {
      engine.send(text("Goodbye"));

      assertThat(engine.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(engine.process.exitValue()).isZero();
    }
  }
}

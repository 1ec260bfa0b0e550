package torchparity.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static torchparity.engine.plugin.EngineProcess.at;
import static torchparity.engine.plugin.EngineProcess.map;
import static torchparity.engine.plugin.EngineProcess.text;
import static torchparity.engine.plugin.EngineProcess.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/**
 * Random calls of every command, seeded: whatever comes, the process lives and answers each call
 * once and well-formed. {@code -Dfuzz.calls=20000} for the long run, {@code -Dfuzz.seed} for
 * another one.
 */
class FuzzTest {
  private static final int CALLS = Integer.getInteger("fuzz.calls", 2_000);
  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final long[] INTEGERS = {
    0,
    1,
    2,
    3,
    4,
    5,
    -1,
    -2,
    -7,
    64,
    1000,
    1L << 31,
    -(1L << 31),
    1L << 40,
    1L << 62,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };
  private static final double[] REALS = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    1e-300,
    1e300,
    -1e30,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY
  };
  private static final String[] WORDS = {
    "float32",
    "float64",
    "int32",
    "int64",
    "bool",
    "uint8",
    "cpu",
    "mean",
    "sum",
    "none",
    "",
    "xy",
    "nonsense",
    "\u0000"
  };

  private final Random random = new Random(SEED);
  private final List<String> ids = new ArrayList<>();
  private String last = "";

  private record Spec(String name, List<String> shapes, boolean rest, Map<String, String> flags) {}

  @Test
  void survivesRandomCalls() throws Exception {
    int[] seen = {0, 0, 0};
    try (EngineProcess engine = new EngineProcess()) {
      List<Spec> specs = specs(engine.signatures());
      assertThat(specs.size()).isGreaterThan(150);
      fill(engine);
      for (int i = 0; i < CALLS; i++) {
        Spec spec = specs.get(random.nextInt(specs.size()));
        String described = call(engine, spec, seen);
        assertThat(engine.process.isAlive())
            .as("call %d, seed %d: %s", i, SEED, described)
            .isTrue();
        if (ids.size() > 60 || i % 500 == 0) {
          ids.clear();
          fill(engine);
        }
      }
      Value last = engine.call("torch memory", List.of(), Map.of(), text("Empty"));
      assertThat(last.toString()).contains("tensors");
    }
    System.out.printf(
        "fuzz: %d calls, seed %d: %d answered with values, %d with errors, %d with questions%n",
        CALLS, SEED, seen[0], seen[1], seen[2]);
    assertThat(seen[0]).isGreaterThan(CALLS / 20);
    assertThat(seen[1]).isGreaterThan(CALLS / 20);
  }

  private String call(EngineProcess engine, Spec spec, int[] seen) throws Exception {
    List<Value> positional = new ArrayList<>();
    for (String shape : spec.shapes) {
      if (random.nextInt(8) > 0) {
        positional.add(argument(shape));
      }
    }
    for (int i = spec.rest ? random.nextInt(4) : 0; i > 0; i--) {
      positional.add(argument("Int"));
    }
    Map<String, Value> named = new HashMap<>();
    spec.flags.forEach(
        (name, shape) -> {
          if (random.nextInt(4) == 0) {
            named.put(name, argument(shape));
          }
        });
    Value input =
        random.nextBoolean()
            ? text("Empty")
            : map(
                "Value",
                ValueFactory.newArray(
                    random.nextInt(5) > 0 ? id() : any(2), ValueFactory.newNil()));
    String described = spec.name + " " + positional + " " + named + " < " + input;
    String before = last;
    last = described;
    Value answer;
    try {
      long id = engine.begin(spec.name, positional, named, input);
      Value message = engine.receive();
      while (message.asMapValue().map().containsKey(text("EngineCall"))) {
        seen[2]++;
        Value question = at(message, "EngineCall");
        Value number = at(question, "id");
        Value reply =
            question.toString().contains("GetCurrentDir")
                ? map(
                    "PipelineData",
                    map(
                        "Value",
                        ValueFactory.newArray(
                            value("String", text("/nowhere")), ValueFactory.newNil())))
                : map("Error", map("msg", text("refused")));
        engine.send(map("EngineCallResponse", ValueFactory.newArray(number, reply)));
        message = engine.receive();
      }
      Value body = at(message, "CallResponse");
      assertThat(body.asArrayValue().get(0).asIntegerValue().asLong()).isEqualTo(id);
      answer = body.asArrayValue().get(1);
    } catch (java.io.IOException e) {
      throw new AssertionError(
          "seed " + SEED + ", died of: " + described + "\nafter: " + before, e);
    }
    String kind = answer.asMapValue().keySet().iterator().next().toString();
    assertThat(kind).as(described).isIn("\"PipelineData\"", "PipelineData", "\"Error\"", "Error");
    assertThat(answer.toString()).as(described).doesNotContain("Internal error");
    seen[kind.contains("Error") ? 1 : 0]++;
    collectIds(answer);
    return described;
  }

  private void collectIds(Value answer) {
    java.util.regex.Matcher m =
        java.util.regex.Pattern.compile("tensor-[0-9a-f]+-[0-9]+").matcher(answer.toString());
    while (m.find() && ids.size() < 100) {
      ids.add(m.group());
    }
  }

  /** Tensors of every dtype and of several shapes. */
  private void fill(EngineProcess engine) throws Exception {
    assertThat(engine.process.isAlive()).as("alive after %s, seed %d", last, SEED).isTrue();
    List<Value> all = new ArrayList<>();
    ids.forEach(id -> all.add(value("String", text(id))));
    for (String dtype : List.of("float32", "float64", "int32", "int64", "bool", "uint8")) {
      for (long[] shape : new long[][] {{}, {0}, {3}, {2, 3}, {3, 2}, {2, 3, 4}}) {
        Value[] sizes = new Value[shape.length];
        for (int i = 0; i < shape.length; i++) {
          sizes[i] = value("Int", ValueFactory.newInteger(shape[i]));
        }
        Value answer =
            engine.call(
                "torch full",
                List.of(
                    value("List", ValueFactory.newArray(sizes)),
                    value("Int", ValueFactory.newInteger(random.nextInt(4)))),
                Map.of("dtype", value("String", text(dtype))),
                text("Empty"));
        collectIds(answer);
      }
    }
  }

  private Value id() {
    return value(
        "String",
        text(
            ids.isEmpty() || random.nextInt(20) == 0
                ? "tensor-00000000-1"
                : ids.get(random.nextInt(ids.size()))));
  }

  private Value argument(String shape) {
    if (random.nextInt(12) == 0) {
      return any(2);
    }
    if (shape.contains("List")) {
      int size = random.nextInt(4);
      Value[] items = new Value[size];
      for (int i = 0; i < size; i++) {
        items[i] = shape.contains("String") ? id() : integer();
      }
      return value("List", ValueFactory.newArray(items));
    }
    return shape.contains("Number") && random.nextBoolean()
        ? real()
        : shape.contains("Int") || (shape.contains("Number") && random.nextBoolean())
            ? integer()
            : shape.contains("Boolean")
                ? value("Bool", ValueFactory.newBoolean(random.nextBoolean()))
                : random.nextInt(3) == 0 ? word() : id();
  }

  private Value integer() {
    return value(
        "Int",
        ValueFactory.newInteger(
            random.nextInt(3) > 0
                ? random.nextInt(4) - 1
                : INTEGERS[random.nextInt(INTEGERS.length)]));
  }

  private Value real() {
    return value("Float", ValueFactory.newFloat(REALS[random.nextInt(REALS.length)]));
  }

  private Value word() {
    return value("String", text(WORDS[random.nextInt(WORDS.length)]));
  }

  private Value any(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> integer();
      case 1 -> real();
      case 2 -> word();
      case 3 -> value("Bool", ValueFactory.newBoolean(true));
      case 4 -> map("Nothing", map("span", EngineProcess.span()));
      case 5 -> id();
      case 6 -> value("Binary", ValueFactory.newArray(ValueFactory.newInteger(1)));
      case 7 -> value("Record", map("a", any(depth - 1)));
      default -> value("List", ValueFactory.newArray(any(depth - 1), any(depth - 1)));
    };
  }

  private static List<Spec> specs(Value answer) {
    List<Spec> specs = new ArrayList<>();
    for (Value signature : at(answer, "Signature").asArrayValue()) {
      Value sig = at(signature, "sig");
      List<String> shapes = new ArrayList<>();
      for (String field : List.of("required_positional", "optional_positional")) {
        at(sig, field).asArrayValue().forEach(p -> shapes.add(at(p, "shape").toString()));
      }
      Map<String, String> flags = new HashMap<>();
      for (Value flag : at(sig, "named").asArrayValue()) {
        flags.put(at(flag, "long").asStringValue().asString(), at(flag, "arg").toString());
      }
      String name = at(sig, "name").asStringValue().asString();
      specs.add(new Spec(name, shapes, !at(sig, "rest_positional").isNilValue(), flags));
    }
    return specs;
  }
}

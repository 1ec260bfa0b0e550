package torchparity.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import torchparity.cases.Dtype;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Signature;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Torch;

/** Commands in this JVM, without Nushell and without the codec. */
class CommandsTest {
  private static final Span HEAD = new Span(0, 9);
  private static final NuValue NOTHING = new NuValue.Nothing(HEAD);

  private final Commands commands = new Commands();
  private final Workspace workspace = new Workspace(() -> Torch.start(1, Dtype.FLOAT32));

  /** A word of the user's program at its own place. */
  private static NuValue text(String word, int place) {
    return new NuValue.Str(word, new Span(place, place + 1));
  }

  private static NuValue number(double value, int place) {
    return new NuValue.Real(value, new Span(place, place + 1));
  }

  private static NuValue whole(long value, int place) {
    return new NuValue.Int(value, new Span(place, place + 1));
  }

  private NuValue run(String command, NuValue input, NuValue... positional) throws NuException {
    return run(command, input, Map.of(), positional);
  }

  private NuValue run(
      String command, NuValue input, Map<String, NuValue> named, NuValue... positional)
      throws NuException {
    Invocation call = new Invocation(command, HEAD, List.of(positional), named, input);
    try (Scope unused = new Scope()) {
      return ((Response.Result) commands.find(call).action().run(call, workspace)).value();
    }
  }

  private NuException refusal(
      String command, NuValue input, Map<String, NuValue> named, NuValue... positional) {
    NuException refusal =
        catchThrowableOfType(NuException.class, () -> run(command, input, named, positional));
    assertThat(refusal).as(command).isNotNull();
    return refusal;
  }

  private NuValue tensor(double... values) throws NuException {
    List<NuValue> items = new java.util.ArrayList<>();
    for (double value : values) {
      items.add(number(value, 20));
    }
    return run("torch tensor", new NuValue.Items(items, HEAD));
  }

  private List<Double> value(NuValue id) throws NuException {
    return ((NuValue.Items) run("torch value", id))
        .values().stream().map(v -> ((NuValue.Real) v).value()).toList();
  }

  @Test
  void thereIsACommandForEveryOperation() {
    assertThat(commands.signatures().stream().map(Signature::name))
        .containsAll(OpCatalogue.all().stream().map(op -> "torch " + op.name()).toList())
        .doesNotHaveDuplicates();
  }

  @Test
  void tensorsComeThroughThePipelineAsArgumentsOrBothWays() throws Exception {
    NuValue a = tensor(1, 2);
    NuValue b = tensor(10, 20);

    assertThat(value(run("torch sub", NOTHING, a, b))).containsExactly(-9.0, -18.0);
    assertThat(value(run("torch sub", a, b))).containsExactly(-9.0, -18.0);
    assertThat(value(run("torch sub", new NuValue.Items(List.of(a, b), HEAD))))
        .containsExactly(-9.0, -18.0);
    assertThat(value(run("torch sub", a, Map.of("alpha", whole(2, 5)), b)))
        .containsExactly(-19.0, -38.0);
    assertThat(value(run("torch sub", a, number(0.5, 3)))).containsExactly(0.5, 1.5);
  }

  @Test
  void whatIsGivenTwiceOrNotAtAllIsRefused() throws Exception {
    NuValue a = tensor(1);

    assertThat(refusal("torch value", a, Map.of(), a).title()).isEqualTo("Conflicting input");
    assertThat(refusal("torch value", NOTHING, Map.of()).title()).isEqualTo("Missing input");
    assertThat(refusal("torch add", a, Map.of()).title()).isEqualTo("Invalid input count");
    assertThat(refusal("torch add", a, Map.of(), a, a).title()).isEqualTo("Invalid input count");
    assertThat(refusal("torch squeeze", NOTHING, Map.of(), whole(0, 1)).title())
        .isEqualTo("Missing input");
    assertThat(refusal("torch nonsense", NOTHING, Map.of()).title()).isEqualTo("Unknown command");
  }

  @Test
  void aRefusalStandsAtTheArgumentToBlame() throws Exception {
    NuValue a = tensor(1, 2, 3);

    assertThat(refusal("torch sum", a, Map.of("dim", whole(4, 77))).span())
        .isEqualTo(new Span(77, 78));
    assertThat(refusal("torch neg", NOTHING, Map.of(), text("gone", 42)).span())
        .isEqualTo(new Span(42, 43));
    assertThat(refusal("torch randn", NOTHING, Map.of("dtype", text("x", 31)), whole(2, 1)).span())
        .isEqualTo(new Span(31, 32));
    NuException reshape =
        refusal(
            "torch reshape",
            a,
            Map.of(),
            new NuValue.Items(List.of(whole(2, 51)), new Span(50, 53)));
    assertThat(reshape.title()).isEqualTo("Invalid shape");
    assertThat(reshape.label()).isEqualTo("shape '[2]' is invalid for input of size 3");
    assertThat(reshape.span()).isEqualTo(new Span(50, 53));
  }

  @Test
  void zeroGradAnswersWithAListAndLeavesWhatHasNoGradient() throws Exception {
    NuValue w = tensor(1);

    assertThat(((NuValue.Items) run("torch zero_grad", w)).values()).containsExactly(w);
    assertThat(run("torch grad", w)).isInstanceOf(NuValue.Nothing.class);
  }

  @Test
  void freedAndForeignIdsAreToldApart() throws Exception {
    NuValue a = tensor(1);
    run("torch free", a);

    assertThat(refusal("torch value", a, Map.of()).help()).contains("freed");
    assertThat(refusal("torch value", text("tensor-0-1", 1), Map.of()).help())
        .contains("another plugin process");
    assertThat(refusal("torch value", text("x", 1), Map.of()).help()).contains("torch tensor");
  }
}

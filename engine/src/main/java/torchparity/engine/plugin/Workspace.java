package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.LogWindow;
import torchparity.engine.oplog.CallSite;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** What lives between calls: the tensors, and torch with its default dtype. */
final class Workspace {
  private final Registry registry = new Registry();
  private final Supplier<Torch> start;
  private @Nullable Torch plain;
  private @Nullable Torch torch;
  private boolean exact;
  private @Nullable OpLogger log;
  private Optional<CallSite> caller = Optional.empty();
  private SourceFiles sources = SourceFiles.NONE;

  /** A workspace that calls {@code start}, which loads libtorch, when a command first needs it. */
  Workspace(Supplier<Torch> start) {
    this.start = start;
  }

  Torch torch() {
    Torch ready = torch;
    return ready == null ? use(start.get()) : ready;
  }

  Registry registry() {
    return registry;
  }

  /**
   * Owns what a command makes; nothing before libtorch is loaded. The command that loads it has no
   * tensor to compute with, so that it makes its result alone.
   */
  @Nullable Scope scope() {
    return torch == null ? null : new Scope();
  }

  void setDefaultDtype(Dtype dtype) {
    use(plain().withDefaultDtype(dtype));
  }

  /** From now on, matrix products are computed without BLAS, or again with it. */
  void setExactProducts(boolean exact) {
    this.exact = exact;
    use(plain());
  }

  /** From now on operations are logged in {@code folder}. */
  void startLog(Path folder, LogWindow window, SourceFiles files) throws IOException {
    stopLog();
    sources = files;
    log = new OpLogger(folder, window, () -> caller);
    use(plain());
  }

  /** Ends the log, if there is one. */
  void stopLog() throws IOException {
    if (log != null) {
      log.close();
      log = null;
      sources = SourceFiles.NONE;
      use(plain());
    }
  }

  /** Says where in the user's program the command stands that runs next. */
  void calledAt(Span head) {
    if (log != null) {
      caller = sources.find(head);
    }
  }

  /** Tells the log, if there is one, that a tensor was recorded. */
  void recorded(String probe, Tensor tensor) {
    if (log != null) {
      log.probe(probe, tensor);
    }
  }

  private Torch plain() {
    return plain == null ? start.get() : plain;
  }

  private Torch use(Torch started) {
    Torch ready = exact ? started.intercepted(new ExactProducts()) : started;
    ready = log == null ? ready : ready.intercepted(log);
    plain = started;
    torch = ready;
    return ready;
  }

  /** The id of {@code tensor} as a value; nothing for a gradient that does not exist. */
  NuValue id(Tensor tensor, Span span) {
    return tensor.isDefined()
        ? new NuValue.Str(registry.register(tensor), span)
        : new NuValue.Nothing(span);
  }

  /** The values of a list, or the value itself where one stands for a list of one. */
  static List<NuValue> items(NuValue value) {
    return value instanceof NuValue.Items items ? items.values() : List.of(value);
  }

  /** The tensors whose ids {@code value} holds: a list of ids, or one id. */
  List<Tensor> tensors(NuValue value) throws NuException {
    List<Tensor> tensors = new ArrayList<>();
    for (NuValue item : items(value)) {
      tensors.add(registry.find(item));
    }
    return tensors;
  }
}

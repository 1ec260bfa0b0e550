package torchparity.engine.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.LogWindow;
import torchparity.engine.oplog.CallSite;
import torchparity.engine.oplog.OpLogger;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/** What lives between calls: the tensors, and torch with its default dtype. */
final class Workspace {
  private final Registry registry = new Registry();
  private Torch plain;
  private Torch torch;
  private boolean exact;
  private @Nullable OpLogger log;
  private Optional<CallSite> caller = Optional.empty();
  private SourceFiles sources = SourceFiles.NONE;

  Workspace(Torch torch) {
    this.plain = torch;
    this.torch = torch;
  }

  Torch torch() {
    return torch;
  }

  Registry registry() {
    return registry;
  }

  void setDefaultDtype(Dtype dtype) {
    plain = plain.withDefaultDtype(dtype);
    assemble();
  }

  /** From now on, matrix products are computed without BLAS, or again with it. */
  void setExactProducts(boolean exact) {
    this.exact = exact;
    assemble();
  }

  /** From now on operations are logged in {@code folder}. */
  void startLog(Path folder, LogWindow window, SourceFiles files) throws IOException {
    stopLog();
    sources = files;
    log = new OpLogger(folder, window, () -> caller);
    assemble();
  }

  /** Ends the log, if there is one. */
  void stopLog() throws IOException {
    if (log != null) {
      log.close();
      log = null;
      sources = SourceFiles.NONE;
      assemble();
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

  private void assemble() {
    torch = exact ? plain.intercepted(new ExactProducts()) : plain;
    torch = log == null ? torch : torch.intercepted(log);
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

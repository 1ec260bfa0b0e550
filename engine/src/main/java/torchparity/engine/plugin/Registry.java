package torchparity.engine.plugin;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.engine.plugin.protocol.NuException;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.tensor.Tensor;

/**
 * The tensors that the user's program can name, by id. It owns them beyond the scope of the command
 * that made them, until they are freed.
 */
final class Registry {
  /** Ids of a process that was restarted must not be taken for its own by the next one. */
  private final String prefix = "tensor-" + random() + "-";

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<Tensor, String> ids = new HashMap<>();
  private long made;

  private record Entry(Tensor tensor, long number) {}

  private static String random() {
    byte[] bytes = new byte[4];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The id of {@code tensor}: its old one if it has one, as after an operation in place. */
  String register(Tensor tensor) {
    String known = ids.get(tensor);
    if (known != null) {
      return known;
    }
    String id = prefix + ++made;
    tensor.retain();
    entries.put(id, new Entry(tensor, made));
    ids.put(tensor, id);
    return id;
  }

  /**
   * The tensor that {@code value} names.
   *
   * @throws NuException if it is no id, or not one of this process
   */
  Tensor find(NuValue value) throws NuException {
    if (!(value instanceof NuValue.Str id)) {
      throw new NuException(
          "Invalid input",
          "expected the id of a tensor, got a value of type " + value.typeName(),
          value.span(),
          value instanceof NuValue.Int || value instanceof NuValue.Real
              ? "`torch tensor` makes a tensor of a number."
              : null);
    }
    Entry entry = entries.get(id.value());
    if (entry == null) {
      throw new NuException(
          "Tensor not found", "no tensor has this id", value.span(), adviceFor(id.value()));
    }
    return entry.tensor;
  }

  private @Nullable String adviceFor(String id) {
    if (id.startsWith(prefix)) {
      return "It was freed, by `torch free` or at the end of a `torch tidy` block.";
    }
    return id.startsWith("tensor-")
        ? "It belongs to another plugin process: tensors do not outlive the plugin."
        : "Ids come from commands such as `torch tensor`.";
  }

  /** Frees the tensor with this id. */
  void free(String id) {
    Entry entry = entries.remove(id);
    if (entry != null) {
      ids.remove(entry.tensor);
      entry.tensor.release();
    }
  }

  /** A moment in the order of creation, for {@link #freeSince}. */
  long mark() {
    return made;
  }

  /** Frees what was made after {@code mark}, except the ids in {@code kept}. */
  void freeSince(long mark, Set<String> kept) {
    for (long number = mark + 1; number <= made; number++) {
      String id = prefix + number;
      if (!kept.contains(id)) {
        free(id);
      }
    }
  }

  int size() {
    return entries.size();
  }

  /** Bytes of all tensors; memory that several share counts once. */
  long bytes() {
    Map<Long, Long> byAddress = new HashMap<>();
    for (Entry entry : entries.values()) {
      byAddress.merge(entry.tensor.memoryAddress(), entry.tensor.memoryBytes(), Math::max);
    }
    return byAddress.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All tensors by id, the oldest first. */
  Map<String, Tensor> all() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    entries.forEach((id, entry) -> all.put(id, entry.tensor));
    return all;
  }
}

package torchparity.engine.plugin;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import torchparity.engine.plugin.protocol.NuValue;
import torchparity.engine.plugin.protocol.Span;
import torchparity.engine.tensor.Parameter;

/**
 * Where a call's arguments stand in the user's program, to find the one that an error is about.
 *
 * @param parameters of the operation
 * @param values what was given for each of them; null for what was left out
 * @param call what was called
 */
record Origins(List<Parameter> parameters, List<@Nullable NuValue> values, Invocation call) {
  /** How PyTorch counts the tensors of a list that it refuses. */
  private static final Pattern ENTRY =
      Pattern.compile("tensor number (\\d+) in the list|at entry (\\d+)$");

  /** Nothing is known but the command, at {@code head}. */
  static Origins unknown(Span head) {
    Invocation call = new Invocation("", head, List.of(), Map.of(), new NuValue.Nothing(head));
    return new Origins(List.of(), List.of(), call);
  }

  /**
   * The token to blame: an item of a list that the reason counts, else an argument that it names,
   * else the first of {@code candidates} that was given, else the last argument, else the command.
   */
  Span place(String reason, List<String> candidates) {
    Span item = item(reason);
    if (item != null) {
      return item;
    }
    Span named = named(reason);
    if (named != null) {
      return named;
    }
    for (String name : candidates) {
      Span place = argument(name);
      if (place != null) {
        return place;
      }
    }
    return last();
  }

  private @Nullable Span item(String reason) {
    Matcher entry = ENTRY.matcher(reason);
    if (!entry.find()) {
      return null;
    }
    int index = Integer.parseInt(entry.group(1) != null ? entry.group(1) : entry.group(2));
    for (NuValue value : values) {
      if (value instanceof NuValue.Items items && index < items.values().size()) {
        return items.values().get(index).span();
      }
    }
    return null;
  }

  /** An argument whose parameter the reason names as a word, {@code target_id} as "target". */
  private @Nullable Span named(String reason) {
    for (int i = values.size() - 1; i >= 0; i--) {
      String name = parameters.get(i).name().replaceFirst("_id$", "");
      NuValue value = values.get(i);
      boolean telling = !name.equals("tensor") && !name.equals("size");
      if (value != null
          && telling
          && isArgument(value)
          && Pattern.compile("(?i)\\b" + Pattern.quote(name) + "\\b").matcher(reason).find()) {
        return value.span();
      }
    }
    return null;
  }

  private @Nullable Span argument(String name) {
    for (int i = 0; i < values.size(); i++) {
      NuValue value = values.get(i);
      if (value != null && parameters.get(i).name().equals(name)) {
        return value.span();
      }
    }
    return null;
  }

  private Span last() {
    for (int i = values.size() - 1; i >= 0; i--) {
      NuValue value = values.get(i);
      if (value != null && isArgument(value)) {
        return value.span();
      }
    }
    return call.head();
  }

  /** Whether a value stands behind the command, and did not come through the pipeline. */
  private boolean isArgument(NuValue value) {
    return call.positional().contains(value) || call.named().containsValue(value);
  }
}

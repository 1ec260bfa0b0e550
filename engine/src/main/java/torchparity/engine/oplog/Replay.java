package torchparity.engine.oplog;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Dtype;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpLogWriter;
import torchparity.cases.OpRecord;
import torchparity.cases.ReplayJob;
import torchparity.engine.tensor.Arguments;
import torchparity.engine.tensor.CastDraws;
import torchparity.engine.tensor.ExactProducts;
import torchparity.engine.tensor.NoGrad;
import torchparity.engine.tensor.Op;
import torchparity.engine.tensor.OpCatalogue;
import torchparity.engine.tensor.Parameter;
import torchparity.engine.tensor.ParameterType;
import torchparity.engine.tensor.Scope;
import torchparity.engine.tensor.Tensor;
import torchparity.engine.tensor.Torch;

/**
 * Carries out an op log as a program, with products free of BLAS: the same operations on the same
 * inputs, drawn anew from the same seed. Literals and given tensors come from the log; everything
 * else is computed. What it does is logged again, so that two logs can be compared.
 */
final class Replay {
  /** Attributes that change no value. */
  private static final Set<String> WITHOUT_EFFECT = Set.of("create_graph", OpRecord.OPAQUE);

  private final OpLog program;
  private final OpLogWriter out;
  private final List<@Nullable Tensor> results = new ArrayList<>();
  private final List<Boolean> changed = new ArrayList<>();
  private Torch torch;
  private final boolean promoted;
  private boolean wentBack;

  private Replay(OpLog program, OpLogWriter out, Torch torch, boolean promoted) {
    this.promoted = promoted;
    this.program = program;
    this.out = out;
    this.torch = torch;
  }

  /**
   * Replays a program, and leaves a log with the same line numbers.
   *
   * <p>It ends early where an operation fails, or is not known here and had other inputs than when
   * it was logged; the last line then carries the error.
   */
  static void run(ReplayJob.Program job) throws IOException {
    OpLog program =
        OpLog.read(job.log()).orElseThrow(() -> new IOException(job.log() + ": no op log"));
    try (OpLogWriter writer = new OpLogWriter(job.out());
        Scope scope = new Scope()) {
      Torch torch =
          job.promoted()
              ? Torch.start(1, Dtype.FLOAT64).intercepted(new CastDraws())
              : Torch.start(1, Dtype.FLOAT32);
      torch = torch.intercepted(new ExactProducts());
      torch.manualSeed(job.seed());
      new Replay(program, writer, torch, job.promoted()).run();
    }
  }

  private void run() throws IOException {
    for (int n = 0; n < program.records().size(); n++) {
      OpRecord record = program.records().get(n);
      try {
        Tensor result = record.noGrad() ? withoutGrad(n, record) : step(n, record);
        results.add(result);
        HostTensor value = result == null || !result.isDefined() ? null : result.toHost();
        changed.add(value != null && !OpLogWriter.digest(value).equals(record.digest()));
        OpRecord done = record.asLeaf(value != null && result != null && result.isLeafWithGrad());
        out.append(isKnown(record) ? done : done.opaque(), value);
      } catch (RuntimeException e) { // of this program alone: the job has others
        out.append(record.failed(String.valueOf(e.getMessage())), null);
        return;
      }
    }
  }

  private static boolean isKnown(OpRecord record) {
    return record.op().equals(OpRecord.PROBE)
        || clearsGrad(record)
        || operation(record).isPresent();
  }

  /** The operation, if all that it was called with has a place in its declaration. */
  private static Optional<Op> operation(OpRecord record) {
    return OpCatalogue.find(record.op()).filter(op -> takes(op, record));
  }

  private static boolean takes(Op op, OpRecord record) {
    long operands =
        op.parameters().stream()
            .filter(p -> p.isPiped() || p.form() == Parameter.Form.POSITIONAL)
            .filter(p -> isOperand(p) && p.type() != ParameterType.TENSORS)
            .count();
    return record.inputs().size() >= operands
        && record.inputs().stream().allMatch(i -> !i.has("number") || i.get("number").isNumber())
        && record.attributes().entrySet().stream()
            .allMatch(a -> WITHOUT_EFFECT.contains(a.getKey()) || takes(op, a));
  }

  private static boolean takes(Op op, Map.Entry<String, JsonNode> attribute) {
    JsonNode value = attribute.getValue();
    return op.parameters().stream()
        .filter(p -> p.name().equals(attribute.getKey()))
        .anyMatch(
            p ->
                switch (p.type()) {
                  case DTYPE, DEVICE, BOOLEAN, WORD -> true;
                  default -> value.isNumber() || value.isArray();
                });
  }

  private static boolean isOperand(Parameter p) {
    return p.isPiped() || p.type() == ParameterType.TENSOR;
  }

  /** {@code a.grad = None}, as optimizers do it. */
  private static boolean clearsGrad(OpRecord record) {
    return record.op().equals("set_grad") && record.inputs().size() == 1;
  }

  private @Nullable Tensor withoutGrad(int n, OpRecord record) {
    try (NoGrad unused = torch.noGrad()) {
      return step(n, record);
    }
  }

  private @Nullable Tensor step(int n, OpRecord record) {
    if (record.op().equals(OpRecord.PROBE)) {
      return null;
    }
    if (clearsGrad(record)) {
      input(record, 0).clearGrad();
      return null;
    }
    Optional<Op> op = operation(record);
    if (op.isEmpty()) {
      if (record.sources().anyMatch(changed::get)) {
        throw new IllegalArgumentException(
            "'%s' at %s is not known here, and its arguments changed"
                .formatted(record.op(), record.place()));
      }
      return record.hasResult() ? torch.tensor(logged(n, record), record.leaf()) : null;
    }
    Tensor result = torch.call(op.get(), arguments(op.get(), record));
    wentBack |= record.op().equals("backward");
    boolean lostGrad =
        record.op().equals("grad") && !result.isDefined() && record.hasResult() && !wentBack;
    if (lostGrad) {
      // The gradient is from before the log began.
      input(record, 0).setGrad(torch.tensor(logged(n, record), false));
      return torch.call(op.get(), arguments(op.get(), record));
    }
    return result;
  }

  /** The value in the log, for what cannot be computed from the log. */
  private HostTensor logged(int n, OpRecord record) {
    try {
      HostTensor value =
          program
              .value(n)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "'%s' at %s cannot be replayed: its value is not in the log"
                              .formatted(record.op(), record.place())));
      return promoted && value.dtype() == Dtype.FLOAT32 ? value.inDouble() : value;
    } catch (IOException e) {
      throw new IllegalArgumentException(e.toString(), e);
    }
  }

  private Arguments arguments(Op op, OpRecord record) {
    List<@Nullable Object> values = new ArrayList<>();
    int next = 0;
    for (Parameter p : op.parameters()) {
      if (p.type() == ParameterType.TENSORS) {
        List<Tensor> all = new ArrayList<>();
        while (next < record.inputs().size()) {
          all.add(input(record, next++));
        }
        values.add(all);
      } else if (isOperand(p)) {
        values.add(next < record.inputs().size() ? operand(p, record, next) : null);
        next++;
      } else {
        values.add(attribute(p, record));
      }
    }
    return Arguments.of(values.toArray());
  }

  private Object operand(Parameter p, OpRecord record, int i) {
    JsonNode input = record.inputs().get(i);
    if (!input.has("number")) {
      return input(record, i);
    }
    Number number = number(input.get("number"));
    return p.type() == ParameterType.TENSOR && !isInPlace(record) ? alone(number, record) : number;
  }

  /** Kernels that change a tensor wrap a number themselves. */
  private static boolean isInPlace(OpRecord record) {
    return record.op().endsWith("_");
  }

  /**
   * A number in a tensor's place, as the 1 of {@code 1 / x}: PyTorch gives it the other's dtype.
   */
  private Tensor alone(Number number, OpRecord record) {
    boolean isInteger =
        Dtype.ofTorchName(String.valueOf(record.dtype()))
            .filter(d -> !d.isFloatingPoint())
            .isPresent();
    if (number instanceof Long && isInteger) {
      return torch.tensor(HostTensor.ofLongs(List.of(), number.longValue()), false);
    }
    boolean isDouble = promoted || Dtype.FLOAT64.torchName().equals(record.dtype());
    return torch.tensor(
        isDouble
            ? HostTensor.ofDoubles(List.of(), number.doubleValue())
            : HostTensor.ofFloats(List.of(), number.floatValue()),
        false);
  }

  private Tensor input(OpRecord record, int i) {
    Tensor tensor = results.get(record.source(i).orElseThrow());
    if (tensor == null) {
      throw new IllegalArgumentException(
          "input %d of '%s' at %s is no tensor".formatted(i, record.op(), record.place()));
    }
    return tensor;
  }

  private @Nullable Object attribute(Parameter p, OpRecord record) {
    return switch (p.type()) {
      case DTYPE -> record.dtype() == null ? null : dtypeOf(p, record);
      case DEVICE -> null;
      case WORD ->
          record.attributes().containsKey(p.name())
              ? record.attributes().get(p.name()).asText()
              : null;
      case BOOLEAN ->
          p.name().equals("requires_grad")
              ? (Object) record.leaf()
              : record.attributes().containsKey(p.name())
                  ? record.attributes().get(p.name()).asBoolean()
                  : null;
      default -> {
        JsonNode value = record.attributes().get(p.name());
        yield value == null ? null : value.isArray() ? numbers(value) : number(value);
      }
    };
  }

  /** Creations take the dtype that was logged, others only what was asked for. */
  private @Nullable Dtype dtypeOf(Parameter p, OpRecord record) {
    boolean creation = record.inputs().isEmpty();
    JsonNode asked = record.attributes().get(p.name());
    String name = creation ? record.dtype() : asked == null ? null : asked.asText();
    if (name == null) {
      return null;
    } else if (promoted && creation && name.equals(Dtype.FLOAT32.torchName())) {
      return Dtype.FLOAT64;
    }
    return Dtype.ofTorchName(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s at %s is not known here".formatted(name, record.place())));
  }

  private static List<Number> numbers(JsonNode array) {
    List<Number> numbers = new ArrayList<>();
    array.forEach(item -> numbers.add(number(item)));
    return numbers;
  }

  private static Number number(JsonNode value) {
    if (!value.isNumber()) {
      throw new IllegalArgumentException("expected a number, got " + value);
    }
    return value.isIntegralNumber() ? (Number) value.longValue() : (Number) value.doubleValue();
  }
}

package torchparity.harness.diagnosis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.OpLog;
import torchparity.cases.OpLogWriter;
import torchparity.cases.OpRecord;

/** Logs that are written down line by line, or as text, with results that nobody computed. */
record WrittenLogs(Path folder) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A line of a log, and what came of it. */
  record Line(OpRecord call, @Nullable HostTensor result) {
    /** With a float32 result: a single number without dimensions, several in a row. */
    Line gives(double... values) {
      return gives(floats(values.length == 1 ? List.of() : List.of((long) values.length), values));
    }

    Line gives(HostTensor value) {
      return new Line(call, value);
    }

    /** With an argument that is no tensor. */
    Line with(String name, Object value) {
      Map<String, JsonNode> attributes = new LinkedHashMap<>(call.attributes());
      attributes.put(name, JSON.valueToTree(value));
      return new Line(call.withAttributes(attributes), result);
    }

    /** In line {@code line} of the program, and not in one of its own. */
    Line at(@Nullable Integer line) {
      return new Line(call.at("port.py", line), result);
    }

    Line leaf() {
      return new Line(call.asLeaf(true), result);
    }

    Line noGrad() {
      return new Line(call.withoutGrad(), result);
    }

    Line failed(String error) {
      return new Line(call.failed(error), null);
    }
  }

  /** A call; an int among its inputs is the line that made it, any other number is a number. */
  static Line line(String op, Number... inputs) {
    List<JsonNode> nodes =
        Stream.of(inputs)
            .<JsonNode>map(
                input -> JSON.valueToTree(input instanceof Integer ? input : number(input)))
            .toList();
    return new Line(OpRecord.of(op, nodes, Map.of()), null);
  }

  static HostTensor floats(List<Long> shape, double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return HostTensor.ofFloats(shape, floats);
  }

  private static Map<String, Number> number(Number number) {
    return Map.of("number", number);
  }

  static Line probe(String name, int input) {
    return line(OpRecord.PROBE, input).with("name", name);
  }

  /** A draw, as {@code torch.randn} makes it. */
  static Line draw(double... values) {
    return line("randn").gives(values);
  }

  /** A log of these lines, one to a line of the program where nothing else is said. */
  OpGraph graph(List<Line> lines) throws IOException {
    return read(placed(lines));
  }

  /** A log as {@link LogText} has it; lines of which nothing is said have no place. */
  OpGraph graph(String text) throws IOException {
    return read(LogText.lines(text));
  }

  Divergence between(List<Line> reference, List<Line> candidate) throws IOException {
    return Divergence.between(graph(reference), graph(candidate));
  }

  Divergence between(String reference, String candidate) throws IOException {
    return Divergence.between(graph(reference), graph(candidate));
  }

  private OpGraph read(List<Line> lines) throws IOException {
    Path log = Files.createTempDirectory(folder, "log");
    write(lines, log);
    return new OpGraph(OpLog.read(log).orElseThrow());
  }

  static List<Line> placed(List<Line> lines) {
    List<Line> placed = new ArrayList<>();
    for (Line line : lines) {
      placed.add(line.call.file() == null ? line.at(placed.size() + 1) : line);
    }
    return placed;
  }

  static void write(List<Line> lines, Path log) throws IOException {
    try (OpLogWriter writer = new OpLogWriter(log)) {
      for (Line line : lines) {
        writer.append(line.call, line.result);
      }
    }
  }
}

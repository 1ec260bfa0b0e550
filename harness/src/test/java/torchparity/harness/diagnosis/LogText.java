package torchparity.harness.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import torchparity.cases.HostTensor;
import torchparity.cases.OpRecord;
import torchparity.harness.diagnosis.WrittenLogs.Line;

/**
 * Logs as text, an operation a line: {@code sub_ 0 #0.1 dim=1 @a.py:7 leaf no_grad -> int64[3 4]}
 * is called on the result of line 0 and a number. Values are numbers such as {@code 5}, lists, or
 * rows as in {@code [1 2 / 3 4]}, of float32 unless they say otherwise; {@code !why} is an
 * operation that failed. No value has to be what the operation would give.
 */
final class LogText {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern VALUE =
      Pattern.compile("((?:float|int)\\d\\d)? ?(\\[?)([^\\]]*)\\]?");

  private LogText() {}

  static List<Line> lines(String text) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (String line : text.strip().split("\\s*[|\n]\\s*", -1)) {
      String[] sides = line.split("\\s*->\\s*", -1);
      OpRecord call = call(sides[0].split(" +", -1));
      lines.add(new Line(call, sides.length == 1 ? null : value(sides[1])));
    }
    return lines;
  }

  private static OpRecord call(String... words) throws IOException {
    List<JsonNode> inputs = new ArrayList<>();
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    for (String word : words) {
      if (word.matches("\\d+")) {
        inputs.add(JSON.numberNode(Integer.parseInt(word)));
      } else if (word.startsWith("#")) {
        inputs.add(JSON.objectNode().put("number", Double.parseDouble(word.substring(1))));
      } else if (word.matches("\\w+=.*")) {
        String[] sides = word.split("=", 2);
        attributes.put(sides[0], json(sides[1]));
      }
    }
    List<String> flags = List.of(words);
    OpRecord call = OpRecord.of(words[0], inputs, attributes).asLeaf(flags.contains("leaf"));
    call = flags.contains("no_grad") ? call.withoutGrad() : call;
    for (String word : words) {
      if (word.startsWith("@")) {
        String[] place = word.substring(1).split(":", -1);
        call = call.at(place[0], place.length == 1 ? null : Integer.valueOf(place[1]));
      } else if (word.startsWith("!")) {
        call = call.failed(word.substring(1));
      }
    }
    return call;
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.textNode(text);
    }
  }

  private static HostTensor value(String text) {
    Matcher parts = VALUE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(text);
    }
    double[] numbers =
        Stream.of(parts.group(3).split("[/ ]+"))
            .filter(number -> !number.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray();
    long rows = parts.group(3).chars().filter(c -> c == '/').count() + 1;
    long all = numbers.length;
    List<Long> shape =
        parts.group(2).isEmpty() ? List.of() : rows == 1 ? List.of(all) : List.of(rows, all / rows);
    return tensor(parts.group(1), shape, numbers);
  }

  private static HostTensor tensor(@Nullable String dtype, List<Long> shape, double... numbers) {
    if ("float64".equals(dtype)) {
      return HostTensor.ofDoubles(shape, numbers);
    } else if ("int64".equals(dtype)) {
      long[] longs = new long[numbers.length];
      for (int i = 0; i < longs.length; i++) {
        longs[i] = (long) numbers[i];
      }
      return HostTensor.ofLongs(shape, longs);
    }
    return WrittenLogs.floats(shape, numbers);
  }
}

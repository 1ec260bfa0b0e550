package torchparity.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.fuzz.Fuzz;
import torchparity.fuzz.Mutator;

/** The files of the contract, mutated: refused by name, or read, and then written alike. */
class ContractFuzzTest {
  @TempDir Path folder;

  private static Map<String, HostTensor> tensors() {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    tensors.put("train.w1", HostTensor.ofFloats(List.of(2L, 2L), Float.NaN, -0.0f, 1, 2));
    tensors.put("data.y", HostTensor.ofLongs(List.of(3L), 0, -1, Long.MAX_VALUE));
    tensors.put("scalar", HostTensor.ofDoubles(List.of(), 0.5));
    tensors.put("empty", HostTensor.ofFloats(List.of(0L, 7L)));
    return tensors;
  }

  private static void assertSame(Map<String, HostTensor> read, Map<String, HostTensor> written) {
    assertThat(read.keySet()).isEqualTo(written.keySet());
    written.forEach(
        (name, t) -> assertThat(requireNonNull(read.get(name)).bitEquals(t)).as(name).isTrue());
  }

  /** The same, but for halves of surrogate pairs, which UTF-8 cannot say, and kinds of numbers. */
  private static void assertAlike(Object read, Object written) {
    assertThat(read.toString().getBytes(UTF_8)).isEqualTo(written.toString().getBytes(UTF_8));
  }

  @Test
  void tensorFiles() throws Exception {
    Path file = folder.resolve("a.safetensors");
    Path again = folder.resolve("b.safetensors");
    Safetensors.write(file, tensors());
    byte[] several = Files.readAllBytes(file);
    Safetensors.write(file, Map.of("x", HostTensor.ofFloats(List.of(2L), 1, 2)));
    Mutator texts =
        Mutator.ofTexts(
            List.of(new String(several, ISO_8859_1), Files.readString(file, ISO_8859_1)));
    Mutator files =
        new Mutator(
            List.of(several, Files.readAllBytes(file)), texts.words(), texts.nests(), Headers::fit);

    new Fuzz("safetensors", MalformedFileException.class, 1 << 20, 500)
        .run(
            files,
            5_000,
            bytes -> Safetensors.read(Fuzz.write(file, bytes)),
            read -> {
              Safetensors.write(again, read);
              assertSame(Safetensors.read(again), read);
              Map<String, HostTensor> mapped = new LinkedHashMap<>();
              Safetensors.map(file)
                  .forEach(
                      (name, m) ->
                          mapped.put(name, HostTensor.copyOf(m.dtype(), m.shape(), m.bytes())));
              assertSame(mapped, read);
            });
  }

  /** Four in five headers are given the length that they have, so that what is in them is read. */
  private static final class Headers {
    static byte[] fit(byte[] file, int choice) {
      int end = new String(file, ISO_8859_1).lastIndexOf('}') + 1;
      if (choice % 5 == 0 || end < Long.BYTES) {
        return file;
      }
      while (end < file.length && file[end] == ' ') {
        end++;
      }
      byte[] fitted = file.clone();
      for (int i = 0; i < Long.BYTES; i++) {
        fitted[i] = (byte) ((long) (end - Long.BYTES) >> (8 * i));
      }
      return fitted;
    }
  }

  @Test
  void traceSummaries() throws Exception {
    new Trace("blobs.seed-1", tensors(), Map.of("runtime", "test", "threads", "2")).write(folder);
    Path file = folder.resolve("trace.json");

    new Fuzz("trace.json", MalformedFileException.class, 1 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(Files.readString(file))),
            2_000,
            bytes -> {
              Fuzz.write(file, bytes);
              assertThat(Trace.isComplete(folder)).isTrue();
              return Trace.read(folder);
            },
            read -> {
              assertSame(read.probes(), tensors());
              ContractJson.write(
                  file, new Trace.Summary(Trace.FORMAT, read.instance(), read.provenance()));
              assertThat(Trace.read(folder).provenance()).isEqualTo(read.provenance());
            });
  }

  @Test
  void traceIndexes() throws Exception {
    new Trace("blobs.seed-1", tensors(), Map.of("runtime", "test")).write(folder);
    Path file = folder.resolve("probes.jsonl");

    new Fuzz("probes.jsonl", MalformedFileException.class, 1 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(Files.readString(file))),
            3_000,
            bytes -> {
              Fuzz.write(file, bytes);
              assertThat(Trace.bytes(folder)).isLessThan(10_000);
              return Trace.readProbes(folder);
            },
            read -> assertThat(tensors().keySet()).containsAll(read.keySet()));
  }

  @Test
  void events() throws Exception {
    Path file = folder.resolve("events.jsonl");
    Path again = folder.resolve("again.jsonl");
    for (Event event :
        List.of(
            Event.started("a.seed-1"),
            Event.step("a.seed-1", 10, 3000, 0.69),
            Event.step("a.seed-1", 20, 3000, Double.NaN),
            Event.finished("a.seed-1"),
            Event.failed("b", "no \u00e9\n"),
            Event.notRun("c", "why"))) {
      ContractJson.appendLine(file, event);
    }

    new Fuzz("events", MalformedFileException.class, 1 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(Files.readString(file))),
            5_000,
            bytes -> ContractJson.readLines(Fuzz.write(file, bytes), Event.class),
            read -> {
              Files.deleteIfExists(again);
              for (Event event : read) {
                ContractJson.appendLine(again, event);
              }
              assertAlike(read.isEmpty() ? read : ContractJson.readLines(again, Event.class), read);
            });
  }

  @Test
  void jobs() throws Exception {
    Path file = folder.resolve("job.json");
    Path again = folder.resolve("again.json");
    Job.Instance plain =
        new Job.Instance(
            "a",
            "sum",
            "float32",
            42,
            JsonNodeFactory.instance.objectNode().put("n", 3).put("lr", 0.1),
            Path.of("/tmp/a"),
            null,
            null,
            null,
            null,
            null);
    Job.Instance full =
        new Job.Instance(
            "b",
            "sum",
            "float64",
            Long.MAX_VALUE,
            JsonNodeFactory.instance.objectNode(),
            Path.of("b"),
            Products.BLAS,
            Path.of("in.safetensors"),
            new Job.Noise(1, 4, true),
            "float32",
            new LogWindow(1, 20));
    ContractJson.write(
        file,
        new Job(Job.FORMAT, Path.of("events.jsonl"), 2, List.of(plain, full), List.of("a:b")));

    new Fuzz("job", MalformedFileException.class, 1 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(Files.readString(file))),
            5_000,
            bytes -> ContractJson.readChecking(Fuzz.write(file, bytes), Job.class),
            read -> {
              ContractJson.write(again, read);
              assertAlike(ContractJson.readChecking(again, Job.class), read);
            });
  }

  @Test
  void opLogs() throws Exception {
    List<HostTensor> values = new ArrayList<>(tensors().values());
    try (OpLogWriter writer = new OpLogWriter(folder)) {
      for (int i = 0; i < values.size(); i++) {
        writer.append(
            OpRecord.of(
                "op",
                i == 0 ? List.of() : List.of(IntNode.valueOf(i - 1)),
                Map.of("dim", IntNode.valueOf(i))),
            values.get(i));
      }
    }
    Path file = folder.resolve(OpLog.INDEX);

    new Fuzz("op log", MalformedFileException.class, 1 << 20, 500)
        .run(
            Mutator.ofTexts(List.of(Files.readString(file))),
            3_000,
            bytes -> {
              Fuzz.write(file, bytes);
              OpLog log = OpLog.read(folder).orElseThrow();
              for (int i = 0; i < Math.min(log.records().size(), 10); i++) {
                log.value(i);
              }
              return log;
            },
            log -> {
              Files.delete(file);
              for (OpRecord record : log.records()) {
                ContractJson.appendLine(file, record);
              }
              assertAlike(log.records().isEmpty() ? log : OpLog.read(folder).orElseThrow(), log);
            });
  }
}

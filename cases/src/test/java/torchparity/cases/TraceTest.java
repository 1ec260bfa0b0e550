package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
  @TempDir Path folder;

  @BeforeEach
  void writeATrace() throws IOException {
    Map<String, HostTensor> probes = new LinkedHashMap<>();
    probes.put("data.y", HostTensor.ofLongs(List.of(2L), 0, 2));
    probes.put("data.X", HostTensor.ofDoubles(List.of(1L, 1L), -0.0));
    new Trace("blobs.seed-1", probes, Map.of("runtime", "test")).write(folder);
  }

  @Test
  void comesBackInTheOrderOfTheProbes() throws IOException {
    Trace trace = Trace.read(folder);

    assertThat(Trace.isComplete(folder)).isTrue();
    assertThat(Trace.isUnfinished(folder)).isFalse();
    assertThat(trace.instance()).isEqualTo("blobs.seed-1");
    assertThat(trace.probes().keySet()).containsExactly("data.y", "data.X");
    assertThat(trace.provenance()).containsEntry("runtime", "test");
  }

  @Test
  void isNotCompleteWithoutItsSummary() throws IOException {
    Files.delete(folder.resolve("trace.json"));

    assertThat(Trace.isComplete(folder)).isFalse();
    assertThat(Trace.isUnfinished(folder)).isTrue();
    assertThat(Trace.readProbes(folder)).containsOnlyKeys("data.y", "data.X");
  }

  @Test
  void isNotBegunWithoutItsIndex() throws IOException {
    Files.delete(folder.resolve("trace.json"));
    Files.delete(folder.resolve("probes.jsonl"));

    assertThat(Trace.isUnfinished(folder)).isFalse();
  }

  @Test
  void leavesOutALineThatIsStillBeingWritten() throws IOException {
    Files.writeString(
        folder.resolve("probes.jsonl"), "{\"probe\":\"data.Z", StandardOpenOption.APPEND);

    assertThat(Trace.readProbes(folder)).containsOnlyKeys("data.y", "data.X");
  }

  @Test
  void refusesAnIndexThatDisagreesWithTheTensors() throws IOException {
    edit("probes.jsonl", "\"data.X\"", "\"data.Z\"");

    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("probe 'data.Z' has no file");
  }

  @Test
  void refusesAFileThatHoldsAnotherTensor() throws IOException {
    Files.copy(folder.resolve("data.X.safetensors"), folder.resolve("data.Z.safetensors"));
    edit("probes.jsonl", "\"data.X\"", "\"data.Z\"");

    assertThatThrownBy(() -> Trace.read(folder)).hasMessageContaining("no tensor 'data.Z'");
  }

  @Test
  void refusesToRecordAProbeTwice() throws IOException {
    TraceWriter writer = new TraceWriter(folder.resolve("fresh"), "blobs.seed-1");
    writer.probe("data.y", HostTensor.ofLongs(List.of(1L), 0));

    assertThatThrownBy(() -> writer.probe("data.y", HostTensor.ofLongs(List.of(1L), 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("probe 'data.y' was recorded twice");
    assertThatThrownBy(() -> new TraceWriter(folder, "blobs.seed-1"))
        .hasMessageContaining("holds a trace already");
  }

  @Test
  void refusesAProbeThatStandsTwice() throws IOException {
    edit("probes.jsonl", "\"data.X\"", "\"data.y\"");

    assertThatThrownBy(() -> Trace.read(folder)).hasMessageContaining("'data.y' stands twice");
  }

  @Test
  void refusesAProbeNameThatLeavesTheFolder() throws IOException {
    edit("probes.jsonl", "\"data.X\"", "\"../data.X\"");

    assertThatThrownBy(() -> Trace.read(folder)).hasMessageContaining("is not a probe name");
  }

  @Test
  void namesTheLineOfABrokenIndex() throws IOException {
    edit("probes.jsonl", "\"probe\":\"data.X\"", "\"prob\":\"data.X\"");

    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("probes.jsonl: line 2: ");
  }

  @Test
  void namesTheLineOfABrokenSummary() throws IOException {
    edit("trace.json", "\"instance\"", "\"instanec\"");

    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("trace.json: line ")
        .hasMessageContaining("'instance'");
  }

  @Test
  void refusesNullInThePlaceOfAnObject() throws IOException {
    edit("probes.jsonl", "{\"probe\":\"data.X\"}", "null");
    assertThatThrownBy(() -> Trace.readProbes(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("probes.jsonl: line 2: is null");

    Files.writeString(folder.resolve("trace.json"), "null");
    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("trace.json: is null");
  }

  @Test
  void refusesNullInTheProvenance() throws IOException {
    edit("trace.json", "\"test\"", "null");

    assertThatThrownBy(() -> Trace.provenance(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("'provenance.runtime' is null");
  }

  @Test
  void readsNoTextsThatAreLongerThanTheyCanBe() throws IOException {
    extend("trace.json", (1 << 20) + 1);
    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("trace.json: has 1048577 bytes; at most 1048576 are read");

    extend("probes.jsonl", (16 << 20) + 1);
    assertThatThrownBy(() -> Trace.files(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("probes.jsonl: has 16777217 bytes");
  }

  private void extend(String file, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[1]), bytes - 1);
    }
  }

  @Test
  void tellsFilesBytesAndProvenanceWithoutReadingTensors() throws IOException {
    Path first = folder.resolve("data.y.safetensors");
    Path second = folder.resolve("data.X.safetensors");

    assertThat(Trace.files(folder).values()).containsExactly(first, second);
    assertThat(Trace.provenance(folder)).isEqualTo(Map.of("runtime", "test"));
    assertThat(Trace.bytes(folder)).isEqualTo(Files.size(first) + Files.size(second));
    Files.delete(first);
    assertThat(Trace.bytes(folder)).isEqualTo(Files.size(second));
  }

  @Test
  void refusesAnotherFormat() throws IOException {
    edit("trace.json", "torch-parity-trace/1", "torch-parity-trace/2");

    assertThatThrownBy(() -> Trace.read(folder))
        .hasMessageContaining("format is 'torch-parity-trace/2', expected 'torch-parity-trace/1'");
  }

  private void edit(String file, String from, String to) throws IOException {
    Path index = folder.resolve(file);
    String text = Files.readString(index);
    assertThat(text).contains(from);
    Files.writeString(index, text.replace(from, to));
  }
}

package torchparity.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    assertThat(trace.instance()).isEqualTo("blobs.seed-1");
    assertThat(trace.probes().keySet()).containsExactly("data.y", "data.X");
    assertThat(trace.provenance()).containsEntry("runtime", "test");
  }

  @Test
  void isNotCompleteWithoutItsIndex() throws IOException {
    Files.delete(folder.resolve("index.json"));

    assertThat(Trace.isComplete(folder)).isFalse();
  }

  @Test
  void refusesAnIndexThatDisagreesWithTheTensors() throws IOException {
    edit("\"data.X\"", "\"data.Z\"");

    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("probe 'data.Z' is not in tensors.safetensors");
  }

  @Test
  void refusesAProbeThatStandsTwice() throws IOException {
    edit("\"data.X\"", "\"data.y\"");

    assertThatThrownBy(() -> Trace.read(folder)).hasMessageContaining("'data.y' stands twice");
  }

  @Test
  void namesTheLineOfABrokenIndex() throws IOException {
    edit("\"instance\"", "\"instanec\"");

    assertThatThrownBy(() -> Trace.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("index.json: line ")
        .hasMessageContaining("'instance'");
  }

  private void edit(String from, String to) throws IOException {
    Path index = folder.resolve("index.json");
    String text = Files.readString(index);
    assertThat(text).contains(from);
    Files.writeString(index, text.replace(from, to));
  }
}

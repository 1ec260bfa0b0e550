package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.cases.ContractJson;
import torchparity.cases.OpLog;
import torchparity.cases.OpRecord;
import torchparity.cases.ReplayJob;
import torchparity.engine.oplog.Main;

/** What the op log of a real PyTorch program holds, and that the engine can carry it out. */
class PythonOpLogTest {
  private static final long SEED = 7;

  @TempDir Path folder;
  private OpLog logged = new OpLog(Path.of(""), List.of());

  @BeforeEach
  void runTheProgram() throws Exception {
    Path out = Files.createDirectory(folder.resolve("python"));
    Path program = ParityProcess.ROOT.resolve("harness/src/test/resources/ports/idioms.py");
    PythonProcess.run(folder, 60, program.toString(), out.toString());
    logged = OpLog.read(out).orElseThrow();
  }

  @Test
  void givesTheSameBitsInTheEngineHoweverItIsWritten() throws Exception {
    Path out = folder.resolve("engine");
    Path job = folder.resolve("replay.json");
    ReplayJob.Program program = new ReplayJob.Program(logged.folder(), out, SEED);
    ContractJson.write(job, new ReplayJob(List.of(program)));

    Main.main(new String[] {job.toString()});

    OpLog again = OpLog.read(out).orElseThrow();
    assertThat(probes(again)).isEqualTo(probes(logged)).hasSize(9);
    List<String> unknown = new ArrayList<>();
    again.records().stream().filter(OpRecord::isOpaque).forEach(r -> unknown.add(r.op()));
    assertThat(unknown)
        .containsOnly(
            "tensor",
            "written_",
            "setitem_",
            "getitem",
            "rdiv",
            "fill_",
            "_set_grad_enabled",
            "sparse_coo_tensor",
            "to_dense");
  }

  @Test
  void knowsThatAPartThatChangesChangesTheWhole() {
    int written = lines("written_").get(0);
    int set = lines("setitem_").get(0);
    OpRecord changed = logged.records().get(logged.records().get(written).source(1).orElseThrow());

    assertThat(changed.op()).isEqualTo("add_");
    assertThat(changed.shape()).containsExactly(4L);
    assertThat(logged.records().get(set).source(0)).hasValue(written);
    assertThat(logged.records().get(set).shape()).containsExactly(4L, 3L);
    assertThat(logged.records().get(set).digest())
        .isEqualTo(logged.records().get(written).digest());
  }

  private List<Integer> lines(String op) {
    List<Integer> lines = new ArrayList<>();
    for (int n = 0; n < logged.records().size(); n++) {
      if (logged.records().get(n).op().equals(op)) {
        lines.add(n);
      }
    }
    return lines;
  }

  /** The digest of what was recorded, by name. */
  private static Map<String, String> probes(OpLog log) {
    Map<String, String> probes = new LinkedHashMap<>();
    for (OpRecord record : log.records()) {
      if (record.op().equals(OpRecord.PROBE)) {
        OpRecord recorded = log.records().get(record.source(0).orElseThrow());
        probes.put(
            record.attributes().get("name").asText(), Objects.requireNonNull(recorded.digest()));
      }
    }
    return probes;
  }
}

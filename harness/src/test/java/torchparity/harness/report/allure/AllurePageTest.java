package torchparity.harness.report.allure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import torchparity.harness.ParityException;
import torchparity.harness.report.HostileRun;
import torchparity.harness.report.SavedRun;

class AllurePageTest {
  @TempDir Path folder;

  @Test
  void handsOnNoSecret() throws Exception {
    SavedRun run = HostileRun.write(folder.resolve("run"));
    Path program = folder.resolve("harness/pages/node_modules/allure-commandline/dist/bin/allure");
    Files.createDirectories(program.resolveSibling("."));
    Files.writeString(program, "#!/bin/sh\nenv | sed 's/=.*//'\nexit 1\n");
    program.toFile().setExecutable(true);

    assertThatThrownBy(() -> new AllurePage(folder, folder.resolve("kept")).write(run))
        .isInstanceOf(ParityException.class)
        .hasMessageContaining("Allure ended with exit code 1");

    List<String> given = Files.readAllLines(run.folder().resolve("allure.txt"));
    assertThat(given)
        .contains("PATH", "JAVA_HOME", "ALLURE_NO_ANALYTICS")
        .allMatch(
            name ->
                name.matches(
                    "PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|TZ|TERM|JAVA_HOME|PWD|OLDPWD|SHLVL|_"
                        + "|ALLURE_NO_ANALYTICS|(LD|DYLD)_LIBRARY_PATH|LC_[A-Z]+"
                        + "|(OMP|KMP|GOMP|MKL|OPENBLAS|ATEN|TORCH_PARITY|CUDA)_[A-Z0-9_]+"));
  }
}

package torchparity.harness.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the plugin's process lives and ends with the real nu. */
class PluginLifeTest {
  /** An operation that takes far longer than a test may. */
  private static final String LONG = "let a = torch ones 12000 12000; print ready; torch mm $a $a";

  @TempDir Path folder;

  @Test
  void endsWhenNushellIsKilled() throws Exception {
    Running running = start("let a = torch ones 2; print ready; sleep 60sec");

    running.nu.destroyForcibly();

    assertThat(running.engineEndsWithin(10)).isTrue();
  }

  @Test
  void endsWhenNushellIsKilledDuringALongOperation() throws Exception {
    Running running = start(LONG);
    Thread.sleep(1000);

    running.nu.destroyForcibly();

    assertThat(running.engineEndsWithin(10)).isTrue();
  }

  @Test
  void ctrlCEndsAScriptDuringALongOperation() throws Exception {
    Running running = start(LONG);
    Thread.sleep(1000);
    Instant pressed = Instant.now();

    new ProcessBuilder("kill", "-INT", String.valueOf(running.nu.pid())).start().waitFor();

    assertThat(running.nu.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Duration.between(pressed, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(Files.readString(running.output)).containsIgnoringCase("interrupted");
    assertThat(running.engineEndsWithin(10)).isTrue();
  }

  @Test
  void tensorsOutliveTheCollectorOfIdlePlugins() throws Exception {
    assertThat(
            NuProcess.run(
                folder,
                """
                let policy = {enabled: true stop_after: 100ms}
                $env.config.plugin_gc = {default: $policy plugins: {torch: $policy}}
                let a = torch tensor [1.5]
                sleep 1500ms
                print (torch value $a | to nuon)
                """,
                60))
        .contains("[1.5]");
  }

  @Test
  void takesLongStreamsWithCallsInThem() throws Exception {
    assertThat(
            NuProcess.run(
                folder,
                """
                print (1..100000 | each {|i| $i } | torch tensor | torch shape | to nuon)
                print (1..2000 | each {|i| [$i] | torch tensor | torch neg } | torch cat | torch sum | torch value)
                """,
                120))
        .contains("[100000]")
        .contains("-2001000");
  }

  @Test
  void tensorsTooLargeForTheMachineAreErrors() throws Exception {
    assertThat(
            NuProcess.run(
                folder,
                """
                let a = torch ones 1000000
                try { torch outer $a $a } catch {|e| print $e.msg }
                try { $a | torch repeat 100000000 } catch {|e| print $e.msg }
                try { torch zeros 4000000000 4000000000 } catch {|e| print $e.msg }
                print (torch shape $a | to nuon)
                """,
                60))
        .containsPattern("(Out of memory\\n){3}\\[1000000]");
  }

  @Test
  void theLimitOfAControlGroupCountsToo() throws Exception {
    Files.writeString(folder.resolve("meminfo"), "MemTotal: 9000 kB\nMemAvailable: 8000 kB\n");
    assertThat(freeKilobytes()).isEqualTo("8000");
    Path group = Files.createDirectory(folder.resolve("memory"));
    Files.writeString(group.resolve("memory.limit_in_bytes"), "7168000\n");
    Files.writeString(group.resolve("memory.usage_in_bytes"), "2048000\n");
    Files.writeString(group.resolve("memory.stat"), "cache 1\ntotal_inactive_file 1024000\n");
    assertThat(freeKilobytes()).isEqualTo("6000");
    Files.writeString(folder.resolve("memory.max"), "max\n");
    assertThat(freeKilobytes()).isEqualTo("8000");
    Files.writeString(folder.resolve("memory.max"), "5120000\n");
    Files.writeString(folder.resolve("memory.current"), "1024000\n");
    assertThat(freeKilobytes()).isEqualTo("4000");
  }

  private String freeKilobytes() throws Exception {
    Process shell =
        new ProcessBuilder(
                "sh",
                "-c",
                ". \"$1\"; free_kilobytes \"$2\" \"$2\"",
                "sh",
                ParityProcess.ROOT.resolve("engine/free_memory.sh").toString(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new String(
            shell.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  private record Running(Process nu, ProcessHandle engine, Path output) {
    boolean engineEndsWithin(int seconds) throws InterruptedException {
      Instant deadline = Instant.now().plusSeconds(seconds);
      while (engine.isAlive() && Instant.now().isBefore(deadline)) {
        Thread.sleep(50);
      }
      boolean ended = !engine.isAlive();
      engine.destroyForcibly();
      return ended;
    }
  }

  /** Runs {@code script} until it has printed "ready". */
  private Running start(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("script.nu"), script);
    Path output = folder.resolve("output.txt");
    Process nu =
        new ProcessBuilder(
                List.of(
                    NuProcess.program().toString(),
                    "-n",
                    "--plugins",
                    NuProcess.PLUGIN.toString(),
                    file.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Instant deadline = Instant.now().plusSeconds(60);
    while (!Files.readString(output).contains("ready") && Instant.now().isBefore(deadline)) {
      Thread.sleep(50);
    }
    assertThat(Files.readString(output)).contains("ready");
    return new Running(nu, nu.children().findFirst().orElseThrow(), output);
  }
}

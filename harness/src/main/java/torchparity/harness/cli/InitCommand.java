package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;

/** Makes a project: a small program, its port with a planted bug, and a case. */
@Command(
    name = "init",
    description = "Makes a folder with a case, a program and a port of it to begin from.",
    mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
  private final Path checkout;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder: a new one, or an empty one.")
  private Path folder = Path.of("");

  InitCommand(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target) && !isEmptyFolder(target)) {
      throw new ParityException(
          Code.USAGE, "%s is there already; name a new folder, or an empty one".formatted(folder));
    }
    Path skeleton = checkout.resolve("harness/skeleton");
    try (Stream<Path> files = Files.walk(skeleton)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        Path name = skeleton.relativize(file);
        // A .gitignore of its own would hide files from the checkout's git.
        Path to = target.resolve(name.endsWith("gitignore") ? Path.of(".gitignore") : name);
        Files.createDirectories(to.resolveSibling("."));
        Files.write(to, Files.readAllBytes(file));
      }
    }
    List.of(
            "made " + folder + ": ridge.py and its port ridge.nu, with a planted bug.",
            "Find it: cd " + Options.quoted(folder.toString()) + " && parity run")
        .forEach(spec.commandLine().getOut()::println);
    spec.commandLine().getOut().flush();
    return ExitCode.PARITY;
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }
}

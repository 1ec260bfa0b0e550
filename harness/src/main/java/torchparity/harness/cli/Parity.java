package torchparity.harness.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import torchparity.cases.MalformedFileException;
import torchparity.harness.ParityException;

/** The command line. {@code -Dparity.root} names the project's folder; the launcher sets it. */
@Command(
    name = "parity",
    description =
        "Runs the same computation in several runtimes and says where the numbers differ.",
    subcommands = {
      RunCommand.class,
      ListCommand.class,
      MutantsCommand.class,
      ValidateCommand.class,
      CompareCommand.class,
      BaselineCommand.class
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:parity",
      "1:divergence",
      "2:wrong usage, or a case file that breaks its format",
      "3:a port crashed, failed or ran out of time (also when others diverge)",
      "4:set-up missing"
    },
    footer = {
      "",
      "The launcher also knows `parity set-up` and `parity doctor`, which looks at every component."
    })
public final class Parity implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Path root = Path.of(System.getProperty("parity.root", ".")).toAbsolutePath().normalize();
    System.exit(commandLine(root).execute(args));
  }

  static CommandLine commandLine(Path root) {
    return new CommandLine(new Parity(), new Factory(root))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Parity::explain);
  }

  /** Gives each command the project's folder. */
  private record Factory(Path root) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == RunCommand.class) {
        return type.cast(new RunCommand(root));
      }
      if (type == MutantsCommand.class) {
        return type.cast(new MutantsCommand(root));
      }
      if (type == BaselineCommand.class) {
        return type.cast(new BaselineCommand(root));
      }
      if (type == ValidateCommand.class) {
        return type.cast(new ValidateCommand(root));
      }
      return type == ListCommand.class
          ? type.cast(new ListCommand(root))
          : CommandLine.defaultFactory().create(type);
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Say what to do: run, list or mutants.");
    }
  }

  private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof ParityException parity) {
      commandLine.getErr().println("parity: " + parity.getMessage());
      return parity.code() == ParityException.Code.USAGE ? ExitCode.USAGE : ExitCode.SET_UP_MISSING;
    }
    if (e instanceof MalformedFileException malformed) {
      commandLine.getErr().println("parity: " + malformed.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof IOException) {
      commandLine.getErr().println("parity: a file cannot be read or written: " + e);
      return ExitCode.SET_UP_MISSING;
    }
    throw e;
  }
}

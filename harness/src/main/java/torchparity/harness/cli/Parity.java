package torchparity.harness.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import torchparity.cases.MalformedFileException;
import torchparity.cases.PlainText;
import torchparity.harness.ParityException;

/** The command line. {@code -Dparity.root} names the project's folder; the launcher sets it. */
@Command(
    name = "parity",
    description =
        "Runs the same computation in several runtimes and says where the numbers differ.",
    subcommands = {
      RunCommand.class,
      InitCommand.class,
      ListCommand.class,
      ExplainCommand.class,
      ShrinkCommand.class,
      ReportCommand.class,
      DiffCommand.class,
      MutantsCommand.class,
      ValidateCommand.class,
      CompareCommand.class,
      BaselineCommand.class
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The launcher also knows `parity set-up` and `parity doctor`, which looks at every component."
    })
public final class Parity implements Runnable {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    Path root = Path.of(System.getProperty("parity.root", ".")).toAbsolutePath().normalize();
    int code;
    try {
      code = commandLine(Workplace.of(root, Path.of(""))).execute(args);
    } catch (Error e) {
      // picocli hands on what is no exception; the JVM would end with 1, which means divergence.
      code = Mistake.report(e, root, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    }
    System.exit(code);
  }

  static CommandLine commandLine(Workplace place) {
    CommandLine commandLine =
        new CommandLine(new Parity(), new Factory(place))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(Parity::explainUsage)
            .setExecutionExceptionHandler((e, command, parsed) -> explain(e, command, place));
    ExitCode.describe(commandLine);
    ExitCode.describe(Objects.requireNonNull(commandLine.getSubcommands().get("run")));
    return commandLine;
  }

  /** Tells each command where it works. */
  private record Factory(Workplace place) implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      if (type == RunCommand.class) {
        return type.cast(new RunCommand(place));
      }
      if (type == ShrinkCommand.class) {
        return type.cast(new ShrinkCommand(place));
      }
      if (type == InitCommand.class) {
        return type.cast(new InitCommand(place.checkout()));
      }
      if (type == DiffCommand.class) {
        return type.cast(new DiffCommand(place.folder()));
      }
      if (type == ReportCommand.class) {
        return type.cast(new ReportCommand(place));
      }
      if (type == ExplainCommand.class) {
        return type.cast(new ExplainCommand(place.folder()));
      }
      if (type == MutantsCommand.class) {
        return type.cast(new MutantsCommand(place.checkout()));
      }
      if (type == BaselineCommand.class) {
        return type.cast(new BaselineCommand(place.folder()));
      }
      if (type == ValidateCommand.class) {
        return type.cast(new ValidateCommand(place.shipped()));
      }
      return type == ListCommand.class
          ? type.cast(new ListCommand(place))
          : CommandLine.defaultFactory().create(type);
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Say what to do: run, list or mutants.");
    }
  }

  /** One line, and where the whole help is: a page of options would scroll the line away. */
  private static int explainUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(command, e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, command.getErr());
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("See ./%s --help".formatted(name));
    return ExitCode.USAGE;
  }

  /** A message may quote what a stranger wrote. */
  private static void say(CommandLine command, @Nullable String message) {
    command.getErr().println(PlainText.of("parity: " + message));
  }

  private static int explain(Exception e, CommandLine command, Workplace place) {
    if (e instanceof ParityException parity) {
      say(command, parity.getMessage());
      return parity.code() == ParityException.Code.USAGE ? ExitCode.USAGE : ExitCode.SET_UP_MISSING;
    }
    if (e instanceof MalformedFileException malformed) {
      say(command, malformed.getMessage());
      return ExitCode.USAGE;
    }
    if (e instanceof IOException) {
      say(command, "a file cannot be read or written: " + e);
      return ExitCode.SET_UP_MISSING;
    }
    return Mistake.report(e, place.folder(), command.getErr());
  }
}

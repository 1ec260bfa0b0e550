package torchparity.engine.oplog;

import java.io.IOException;
import java.nio.file.Path;
import torchparity.cases.ContractJson;
import torchparity.cases.MalformedFileException;
import torchparity.cases.ReplayJob;

/** Replays op logs: {@code replay FILE}, where the file is a {@link ReplayJob}. */
public final class Main {
  private Main() {}

  /** Replays every program of the job, each into its own folder. */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      System.err.println("usage: replay FILE");
      System.exit(2);
    }
    try {
      ReplayJob job = ContractJson.read(Path.of(args[0]), ReplayJob.class);
      for (ReplayJob.Program program : job.programs()) {
        Replay.run(program);
      }
    } catch (MalformedFileException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }
}

package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import torchparity.cases.ContractJson;
import torchparity.cases.Event;
import torchparity.cases.MalformedFileException;
import torchparity.cases.Trace;
import torchparity.cases.WholeFile;

/**
 * What an earlier start of a port left in its folder. That is kept for a run that is resumed, but
 * for what is no longer whole.
 *
 * @param events the port's event file
 * @param ended how the port ended, as we wrote it down
 */
record EarlierStart(Path folder, Path events, Path ended) {

  /** Forgets what cannot be read or is gone, so that it is run again. */
  void mend(List<Instance> instances) throws IOException {
    if (Files.exists(ended) && !hasReadableEnd()) {
      Files.delete(ended);
    }
    if (!Files.exists(events)) {
      return;
    }
    List<Event> said;
    try {
      said = ContractJson.readLines(events, Event.class);
    } catch (MalformedFileException e) {
      return; // the port wrote it, and is told so
    }
    Set<String> finished = new HashSet<>();
    said.stream()
        .filter(e -> e.event().equals("finished"))
        .forEach(e -> finished.add(e.instance()));
    Set<String> gone = new HashSet<>();
    for (Instance instance : instances) {
      if (finished.contains(instance.id()) && !Trace.isComplete(folder.resolve(instance.id()))) {
        gone.add(instance.id());
      }
    }
    if (!gone.isEmpty()) {
      forget(gone, said);
    }
  }

  private boolean hasReadableEnd() throws IOException {
    try {
      return ContractJson.readChecking(ended, End.class) != null;
    } catch (MalformedFileException e) {
      return false;
    }
  }

  private void forget(Set<String> gone, List<Event> said) throws IOException {
    List<String> lines = Files.readAllLines(events);
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < said.size(); i++) {
      if (!gone.contains(said.get(i).instance())) {
        kept.append(lines.get(i)).append("\n");
      }
    }
    WholeFile.write(events, kept.toString());
    Files.deleteIfExists(ended);
  }
}

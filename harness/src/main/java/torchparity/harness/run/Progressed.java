package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import torchparity.cases.Event;
import torchparity.cases.MalformedFileException;
import torchparity.cases.PlainText;
import torchparity.harness.port.Port;

/** How far a port is with each instance of its job, as its events say. */
final class Progressed {
  private final Path file;
  private final EventTail events;
  private final Set<String> asked;
  private final Map<String, Event> last = new LinkedHashMap<>();

  Progressed(Path file, List<Instance> instances) {
    this.file = file;
    this.events = new EventTail(file);
    this.asked = instances.stream().map(Instance::id).collect(Collectors.toSet());
  }

  /**
   * Reads what is new, about a megabyte of it, and tells {@code progress} of it.
   *
   * @return whether there is more
   * @throws MalformedFileException if a line is no event, or one that cannot come here
   */
  boolean read(Port port, ProgressListener progress) throws IOException {
    List<Event> fresh = events.next();
    for (Event event : fresh) {
      check(event);
      last.put(event.instance(), event);
      progress.on(port, event);
    }
    return !fresh.isEmpty() && events.isCutOff();
  }

  /** Reads until there is no more, and then answers true, or until {@code stop} says so. */
  boolean readAll(Port port, ProgressListener progress, BooleanSupplier stop) throws IOException {
    boolean more = read(port, progress);
    while (more && !stop.getAsBoolean()) {
      more = read(port, progress);
    }
    return !more;
  }

  private void check(Event event) {
    if (!asked.contains(event.instance())) {
      throw new MalformedFileException(
          file,
          "'%s' of instance '%s', which is not in the job"
              .formatted(event.event(), PlainText.line(shortened(event.instance()))));
    }
    if (hasEnded(event.instance())) {
      throw new MalformedFileException(
          file, "'%s' of instance '%s' after its end".formatted(event.event(), event.instance()));
    }
  }

  private static String shortened(String name) {
    return name.length() > 100 ? name.substring(0, 100) + "..." : name;
  }

  /** The last event of an instance, or null. */
  @Nullable Event last(String instance) {
    return last.get(instance);
  }

  /** True if the port has said how the instance ended. */
  boolean hasEnded(String instance) {
    Event event = last.get(instance);
    return event != null && !event.event().equals("started") && !event.event().equals("step");
  }

  /** True if the event file ends in the middle of a line. */
  boolean isCutOff() throws IOException {
    return events.isCutOff();
  }

  /** Where in the file the first line begins that was not read. */
  long position() {
    return events.position();
  }

  /** Takes {@code instance} for one that was never begun. */
  void forget(String instance) {
    last.remove(instance);
  }
}

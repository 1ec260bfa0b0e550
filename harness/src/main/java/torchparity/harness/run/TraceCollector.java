package torchparity.harness.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import torchparity.cases.Event;
import torchparity.cases.MalformedFileException;
import torchparity.cases.PlainText;
import torchparity.cases.Trace;

/** Reads what a port left in its folder, whatever that is. */
final class TraceCollector {
  private static final int LONGEST_MESSAGE = 4000;
  private static final String CONTRACT = "; cases/FORMATS.md says what a trace is";

  private final Path folder;
  private final Progressed events;
  private final End end;

  /** Bytes that this port's traces may still take: we hold all of them at once. */
  private long room = TraceRoom.bytes();

  TraceCollector(Path folder, Progressed events, End end) {
    this.folder = folder;
    this.events = events;
    this.end = end;
  }

  /** What became of {@code instance}. */
  Outcome outcome(Instance instance) {
    Event event = events.last(instance.id());
    Path trace = folder.resolve(instance.id());
    if (event == null || !events.hasEnded(instance.id())) {
      return end.interrupted()
          ? new Outcome.NotRun("the run was interrupted before this was done")
          : failed(trace, unfinished(event != null));
    }
    String message = message(event);
    return switch (event.event()) {
      case "not_run" -> new Outcome.NotRun(message);
      case "failed" -> failed(trace, message);
      default -> finished(instance, trace);
    };
  }

  private static String message(Event event) {
    String text = String.valueOf(event.message());
    String shortened =
        text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) + " ..." : text;
    return String.join("\n", shortened.lines().map(PlainText::line).toList());
  }

  private Outcome finished(Instance instance, Path trace) {
    try {
      if (!Trace.isComplete(trace)) {
        return failed(trace, "it says it finished, but left no whole trace" + CONTRACT);
      }
      long bytes = Trace.bytes(trace);
      if (bytes > room) {
        return failed(
            trace,
            "its traces take more memory than there is: %d bytes here, %d left. Record less, or give Java more (JAVA_TOOL_OPTIONS=-Xmx...)"
                .formatted(bytes, room));
      }
      room -= bytes;
      Trace read = Trace.read(trace);
      return read.instance().equals(instance.id())
          ? new Outcome.Traced(read)
          : failed(
              trace,
              "its trace.json is of instance '%s', not of '%s'"
                      .formatted(PlainText.line(read.instance()), instance.id())
                  + CONTRACT);
    } catch (MalformedFileException e) {
      return failed(trace, e.getMessage() + CONTRACT);
    } catch (IOException e) {
      return failed(trace, "its trace cannot be read: " + e);
    }
  }

  private String unfinished(boolean started) {
    String when = started ? " in this instance" : " before this instance";
    return end.isBad()
        ? end.said(when)
        : "it ended" + when + " without saying so; an event must tell how each ended" + end.tails();
  }

  /** A failure of a port that came through: what it printed may say why. */
  private Outcome failed(Path trace, String reason) {
    String tails = reason.endsWith(end.tails()) ? "" : end.tails();
    return new Outcome.Failed(reason + tails, recorded(trace));
  }

  private static List<String> recorded(Path trace) {
    try (Stream<Path> files = Files.isDirectory(trace) ? Files.list(trace) : Stream.empty()) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".safetensors"))
          .map(f -> f.substring(0, f.length() - ".safetensors".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}

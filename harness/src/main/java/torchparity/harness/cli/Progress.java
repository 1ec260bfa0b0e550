package torchparity.harness.cli;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import torchparity.cases.Event;
import torchparity.harness.port.Port;
import torchparity.harness.run.ProgressListener;

/**
 * Tells people on standard error how far a run is: on a terminal a bar for each port, with what it
 * is at, else a line now and then.
 */
final class Progress implements ProgressListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;
  private static final int NAME_WIDTH = 10;

  private final Map<String, ProgressBar> bars = new LinkedHashMap<>();
  private final Map<String, Integer> asked = new HashMap<>();
  private final boolean isTerminal;
  private final boolean quiet;
  private long done;
  private long lastLine = System.nanoTime();

  /**
   * Progress of a run that has not begun.
   *
   * @param isTerminal whether standard error is a terminal
   */
  Progress(boolean isTerminal, boolean quiet) {
    this.isTerminal = isTerminal;
    this.quiet = quiet;
  }

  /** Steps from the reference's states are asked for when the reference has answered. */
  @Override
  public synchronized void asked(Port port, int instances) {
    int all = asked.merge(port.name(), instances, Integer::sum);
    ProgressBar bar = bars.get(port.name());
    if (bar != null) {
      bar.maxHint(all);
    }
  }

  @Override
  public synchronized void on(Port port, Event event) {
    boolean ended = !event.event().equals("started") && !event.event().equals("step");
    done += ended ? 1 : 0;
    if (quiet) {
      return;
    }
    if (isTerminal) {
      show(bars.computeIfAbsent(port.name(), this::bar), ended, event);
    } else if (System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      int all = asked.values().stream().mapToInt(n -> n).sum();
      System.err.printf("running: %d of %d done; %s: %s%n", done, all, port.name(), text(event));
    }
  }

  private ProgressBar bar(String port) {
    return new ProgressBarBuilder()
        .setTaskName(String.format(Locale.ROOT, "%-" + NAME_WIDTH + "s", port))
        .setInitialMax(asked.getOrDefault(port, 0))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(200)
        .continuousUpdate() // epoch and loss change more often than what is done
        .clearDisplayOnFinish()
        .build();
  }

  private static void show(ProgressBar bar, boolean ended, Event event) {
    if (ended) {
      bar.step();
    }
    bar.setExtraMessage(" " + text(event));
  }

  private static String text(Event event) {
    if (event.epoch() == null || event.epochs() == null) {
      return event.instance();
    }
    String loss =
        event.loss() == null ? "" : String.format(Locale.ROOT, "loss %.4f, ", event.loss());
    return "epoch %d/%d, %s%s".formatted(event.epoch(), event.epochs(), loss, event.instance());
  }

  @Override
  public synchronized void close() {
    bars.values().forEach(ProgressBar::close);
  }
}

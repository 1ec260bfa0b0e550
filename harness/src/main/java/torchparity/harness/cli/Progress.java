package torchparity.harness.cli;

import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import torchparity.cases.Event;
import torchparity.harness.port.Port;
import torchparity.harness.run.ProgressListener;

/** Tells people on standard error how far a run is: a bar on a terminal, else lines. */
final class Progress implements ProgressListener, AutoCloseable {
  private static final long LINE_EVERY_NANOS = 10_000_000_000L;

  private final ProgressBar bar;
  private final boolean isTerminal;
  private final boolean quiet;
  private long total;
  private long done;
  private long lastLine = System.nanoTime();

  Progress(boolean isTerminal, boolean quiet, long total) {
    this.isTerminal = isTerminal;
    this.quiet = quiet;
    this.total = total;
    ProgressBarBuilder builder =
        new ProgressBarBuilder()
            .setTaskName("running")
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .clearDisplayOnFinish();
    this.bar =
        isTerminal && !quiet
            ? builder.setConsumer(new ConsoleProgressBarConsumer(System.err)).build()
            : builder.setConsumer(new Silent()).build();
  }

  /** Draws nothing. */
  private static final class Silent implements ProgressBarConsumer {
    @Override
    public int getMaxRenderedLength() {
      return 1;
    }

    @Override
    public void accept(String rendered) {}

    @Override
    public void close() {}
  }

  @Override
  public synchronized void on(Port port, Event event) {
    boolean ended = !event.event().equals("started") && !event.event().equals("step");
    done += ended ? 1 : 0;
    total = Math.max(total, done); // steps from the reference's states are known late
    bar.maxHint(total);
    bar.stepTo(done);
    String text = "%s: %s".formatted(port.name(), event.instance()) + epoch(event);
    bar.setExtraMessage(" " + text);
    if (!isTerminal && !quiet && System.nanoTime() - lastLine > LINE_EVERY_NANOS) {
      lastLine = System.nanoTime();
      System.err.printf("running: %d of %d done; %s%n", done, total, text);
    }
  }

  private static String epoch(Event event) {
    if (event.epoch() == null || event.epochs() == null) {
      return "";
    }
    String loss =
        event.loss() == null ? "" : String.format(Locale.ROOT, ", loss %.4f", event.loss());
    return " epoch %d/%d%s".formatted(event.epoch(), event.epochs(), loss);
  }

  @Override
  public void close() {
    bar.close();
  }
}

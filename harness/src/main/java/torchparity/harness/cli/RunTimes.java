package torchparity.harness.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.run.PortRun;

/** Where the time of a run goes. */
final class RunTimes {
  private final long start = System.nanoTime();
  private final String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

  /**
   * The times of a run that ends now.
   *
   * @param explaining how long the diagnosis took
   */
  ResultDocument.Times upToNow(List<PortRun> runs, Duration allowances, Duration explaining) {
    Map<String, Double> ports = new LinkedHashMap<>();
    runs.forEach(r -> ports.put(r.port().name(), seconds(r.wall())));
    Duration all = Duration.ofNanos(System.nanoTime() - start);
    return new ResultDocument.Times(
        started, ports, seconds(allowances), seconds(explaining), seconds(all));
  }

  /** To the millisecond. */
  private static double seconds(Duration duration) {
    return Math.round(duration.toNanos() / 1e6) / 1e3;
  }

  /** A line for people. */
  static String text(ResultDocument.Times times) {
    String ports =
        times.ports().entrySet().stream()
            .map(e -> String.format(Locale.ROOT, "%s %.1f s", e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "time: %s, allowances %.1f s (side by side); diagnosis %.1f s; %.1f s in all%n",
        ports,
        times.allowances(),
        times.diagnosis(),
        times.all());
  }
}

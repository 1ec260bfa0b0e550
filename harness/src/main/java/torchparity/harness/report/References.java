package torchparity.harness.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import torchparity.cases.Case;
import torchparity.harness.report.ResultDocument.CaseEntry;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;

/** What one part of a document says of another, which reports look up. */
final class References {
  private References() {}

  /** The first that leads nowhere, with its field, or empty. */
  static Optional<String> broken(ResultDocument document) {
    Set<String> ports = document.ports().stream().map(PortEntry::name).collect(Collectors.toSet());
    Set<String> cases = document.cases().stream().map(CaseEntry::name).collect(Collectors.toSet());
    int i = 0;
    for (Comparison c : document.comparisons()) {
      String at = "comparisons." + i++;
      Optional<String> unknown = unknown(at, List.of(c.reference(), c.candidate()), ports);
      if (unknown.isPresent()) {
        return unknown;
      }
      if (!cases.contains(c.caseName())) {
        return Optional.of("%s: there is no case '%s'".formatted(at, c.caseName()));
      }
    }
    i = 0;
    for (Explanation d : document.diagnoses()) {
      String at = "diagnoses." + i++;
      Optional<String> unknown = unknown(at, List.of(d.reference(), d.candidate()), ports);
      if (unknown.isPresent()) {
        return unknown;
      }
    }
    return plot(document).or(() -> time(document.times().started()));
  }

  private static Optional<String> unknown(String at, List<String> names, Set<String> ports) {
    return names.stream()
        .filter(name -> !ports.contains(name))
        .findFirst()
        .map(name -> "%s: there is no port '%s'".formatted(at, name));
  }

  private static Optional<String> plot(ResultDocument document) {
    for (CaseEntry question : document.cases()) {
      for (Case.Plot plot : question.plots()) {
        int needed =
            switch (plot.kind()) {
              case CURVE, DIFFERENCES -> 1;
              case POINTS -> 2;
              case REGIONS -> 5;
            };
        if (plot.probes().size() < needed) {
          return Optional.of(
              "case '%s': a plot of kind %s needs %d probes"
                  .formatted(question.name(), plot.kind(), needed));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> time(String started) {
    return isTime(started)
        ? Optional.empty()
        : Optional.of("times.started: '%s' is no time in UTC".formatted(started));
  }

  /** Whether it is one, and can be counted in milliseconds, as Allure does. */
  private static boolean isTime(String text) {
    try {
      Instant time = Instant.parse(text);
      return time.isAfter(Instant.ofEpochMilli(Long.MIN_VALUE))
          && time.isBefore(Instant.ofEpochMilli(Long.MAX_VALUE));
    } catch (DateTimeException e) {
      return false;
    }
  }
}

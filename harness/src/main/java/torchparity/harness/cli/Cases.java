package torchparity.harness.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import torchparity.cases.Case;
import torchparity.cases.CaseFolder;
import torchparity.harness.ParityException;

/** The cases that a command line chooses. */
final class Cases {
  private Cases() {}

  static List<Case> all(Workplace place) throws IOException {
    return new CaseFolder(place.project().cases(), place.caseSchema()).readAll();
  }

  /**
   * The cases called {@code names}, in that order; all of them if there are no names.
   *
   * @throws ParityException if there is no such case
   */
  static List<Case> named(Workplace place, List<String> names) throws IOException {
    List<Case> all = all(place);
    if (names.isEmpty()) {
      return all;
    }
    List<Case> chosen = new ArrayList<>();
    for (String name : names) {
      chosen.add(
          all.stream()
              .filter(c -> c.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ParityException(
                          ParityException.Code.USAGE,
                          "there is no case '%s'. There are: %s."
                              .formatted(
                                  name,
                                  all.stream()
                                      .map(Case::name)
                                      .collect(Collectors.joining(", "))))));
    }
    return chosen;
  }
}

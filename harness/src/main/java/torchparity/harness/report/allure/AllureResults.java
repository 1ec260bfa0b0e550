package torchparity.harness.report.allure;

import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.Label;
import io.qameta.allure.model.Parameter;
import io.qameta.allure.model.Stage;
import io.qameta.allure.model.StatusDetails;
import io.qameta.allure.model.StepResult;
import io.qameta.allure.model.TestResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.Explanation;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.ResultDocument.Probe;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.ci.ShortStory;

/**
 * A run for Allure: a test for each case and pair, its steps the stages. Identifiers come from what
 * was compared, so that the same run gives the same files and a test keeps its history.
 */
public final class AllureResults {
  private final SavedRun saved;
  private final ResultDocument run;
  private final ShortStory story;

  public AllureResults(SavedRun saved) {
    this.saved = saved;
    this.run = saved.document();
    this.story = new ShortStory(run);
  }

  /** Writes the results into {@code folder}, which is empty or new. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    AllureResultsWriter writer = new FileSystemResultsWriter(folder);
    Attachments attachments = new Attachments(writer, saved, story);
    for (Comparison c : run.comparisons()) {
      writer.write(result(c, attachments));
    }
    Files.writeString(folder.resolve("categories.json"), Outcome.categories());
    Files.writeString(folder.resolve("environment.properties"), Environment.text(run));
  }

  private TestResult result(Comparison c, Attachments attachments) {
    String place = c.instance() + " " + c.pair();
    Outcome outcome = Outcome.of(c);
    long start = Instant.parse(run.times().started()).toEpochMilli();
    return new TestResult()
        .setUuid(uuid(saved.folder().getFileName() + run.times().started() + place))
        .setHistoryId(uuid(place))
        .setTestCaseId(uuid(place))
        .setFullName(place)
        .setName(c.pair())
        .setLabels(labels(c))
        .setParameters(
            List.of(
                new Parameter().setName("seed").setValue(String.valueOf(c.seed())),
                new Parameter().setName("dtype").setValue(c.dtype())))
        .setStatus(outcome.status())
        .setStatusDetails(details(c, outcome))
        .setStage(Stage.FINISHED)
        .setSteps(steps(c))
        .setAttachments(attachments.of(c))
        .setStart(start)
        .setStop(start + Math.round(1000 * seconds(c)));
  }

  private StatusDetails details(Comparison c, Outcome outcome) {
    return outcome.isGood()
        ? new StatusDetails()
        : new StatusDetails()
            .setMessage(outcome.title() + ": " + ShortStory.line(c))
            .setTrace(story.text(c));
  }

  private static List<Label> labels(Comparison c) {
    return List.of(
        label("framework", "torch-parity"),
        label("parentSuite", c.caseName()),
        label("suite", c.dtype() + ", " + c.tier() + ", " + c.start()),
        label("subSuite", c.instance()),
        label("feature", c.caseName()),
        label("runtime", c.candidate()),
        label("reference", c.reference()),
        label("dtype", c.dtype()),
        label("seed", String.valueOf(c.seed())),
        label("tag", c.tier()),
        label("tag", c.dtype()));
  }

  private static Label label(String name, String value) {
    return new Label().setName(name).setValue(value);
  }

  /** The stages: each port's run, the comparison probe by probe, the diagnosis. */
  private List<StepResult> steps(Comparison c) {
    List<StepResult> steps = new ArrayList<>();
    for (String name : List.of(c.reference(), c.candidate())) {
      PortEntry port = run.port(name);
      boolean failed = port.failed() && c.probes().isEmpty();
      steps.add(step("run " + name, failed ? Outcome.CRASHED : Outcome.MATCH));
    }
    if (!c.probes().isEmpty()) {
      boolean match = c.probes().stream().allMatch(Probe::matches);
      steps.add(
          step("compare %d probes".formatted(c.probes().size()), of(match))
              .setSteps(
                  c.probes().stream()
                      .map(p -> step("%s: %s".formatted(p.probe(), p.text()), of(p.matches())))
                      .toList()));
    }
    story.why(c).map(this::diagnosis).ifPresent(steps::add);
    return steps;
  }

  private StepResult diagnosis(Explanation d) {
    return step("diagnose: " + d.status().name(), Outcome.MATCH)
        .setSteps(d.story().lines().map(line -> step(line, Outcome.MATCH)).toList());
  }

  private static Outcome of(boolean match) {
    return match ? Outcome.MATCH : Outcome.MISMATCH;
  }

  private static StepResult step(String name, Outcome outcome) {
    return new StepResult().setName(name).setStatus(outcome.status()).setStage(Stage.FINISHED);
  }

  private double seconds(Comparison c) {
    return run.times().ports().getOrDefault(c.candidate(), 0.0);
  }

  static String uuid(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}

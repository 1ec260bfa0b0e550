package torchparity.harness.report.allure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.qameta.allure.AllureResultsWriter;
import io.qameta.allure.model.Attachment;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import torchparity.harness.report.CurvePlots;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.report.ResultDocument.PortEntry;
import torchparity.harness.report.SavedRun;
import torchparity.harness.report.ci.ShortStory;

/** What hangs on a test; a file is named by its content, and written once. */
final class Attachments {
  private final AllureResultsWriter writer;
  private final SavedRun saved;
  private final ShortStory story;
  private final Set<String> written = new HashSet<>();

  Attachments(AllureResultsWriter writer, SavedRun saved, ShortStory story) {
    this.writer = writer;
    this.saved = saved;
    this.story = story;
  }

  List<Attachment> of(Comparison c) {
    ResultDocument run = saved.document();
    List<Attachment> all = new ArrayList<>();
    all.add(attach("difference", "text/plain", "txt", story.text(c)));
    all.add(attach("tensors", "application/json", "json", json(c.probes())));
    String curves = new CurvePlots(saved).of(c);
    if (!curves.isBlank()) {
      all.add(attach("loss curves", "text/plain", "txt", curves));
    }
    for (String name : List.of(c.reference(), c.candidate())) {
      PortEntry port = run.port(name);
      all.add(attach(name + ": command", "text/plain", "txt", String.join(" ", port.command())));
      String log = saved.logTail(port);
      all.add(attach(name + ": output", "text/plain", "txt", log.isBlank() ? "(none)" : log));
    }
    return all;
  }

  private Attachment attach(String name, String type, String extension, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String source = AllureResults.uuid(text) + "-attachment." + extension;
    if (written.add(source)) {
      writer.write(source, new ByteArrayInputStream(bytes));
    }
    return new Attachment()
        .setName(name)
        .setType(type)
        .setSource(source)
        .setSize((long) bytes.length);
  }

  private static String json(Object value) {
    try {
      return new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values can always be written", e);
    }
  }
}

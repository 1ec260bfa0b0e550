package torchparity.harness.report.ci;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import torchparity.harness.report.Matrix;
import torchparity.harness.report.ResultDocument;
import torchparity.harness.report.ResultDocument.Comparison;
import torchparity.harness.verdict.Verdict;

/**
 * A run as JUnit XML: a suite for each case, tier and dtype, a test case for each seed and pair.
 * The text of a failure is its short story.
 *
 * <p>Source: the schema that Jenkins' xUnit plugin publishes ({@code junit-10.xsd}), which GitLab
 * and GitHub actions read, too.
 */
public final class JUnitXml {
  private final ResultDocument run;
  private final ShortStory story;

  public JUnitXml(ResultDocument run) {
    this.run = run;
    this.story = new ShortStory(run);
  }

  /** The document. */
  public String render() {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml);
      xml.writeStartElement("testsuites");
      counts(xml, run.comparisons());
      attribute(xml, "name", "Torch Parity");
      attribute(xml, "time", seconds(run.times().all()));
      line(xml);
      for (Matrix.Row row : Matrix.of(run).rows()) {
        suite(xml, row);
      }
      if (!run.unmet().isEmpty() || run.ports().stream().anyMatch(p -> p.problem() != null)) {
        others(xml);
      }
      xml.writeEndElement();
      line(xml);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("a string can always be written to", e);
    }
    return text.toString();
  }

  private void suite(XMLStreamWriter xml, Matrix.Row row) throws XMLStreamException {
    List<Comparison> all = row.cells().values().stream().flatMap(List::stream).toList();
    xml.writeStartElement("testsuite");
    attribute(xml, "name", "%s, %s, %s".formatted(row.title(), row.dtype(), row.tier()));
    counts(xml, all);
    line(xml);
    for (Comparison c : all) {
      testCase(xml, c);
    }
    xml.writeEndElement();
    line(xml);
  }

  private void testCase(XMLStreamWriter xml, Comparison c) throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "classname", "parity." + c.instance());
    attribute(xml, "name", c.pair());
    switch (c.verdict()) {
      case FAILED -> outcome(xml, "error", c);
      case MISMATCH, NON_DETERMINISTIC, DEAD -> outcome(xml, "failure", c);
      case NOT_RUN, KNOWN_DIFFERENCE -> {
        xml.writeEmptyElement("skipped");
        attribute(xml, "message", c.reason() == null ? c.verdict().name() : c.reason());
      }
      case TOO_SHORT, MATCH -> {
        // Nothing more to say.
      }
    }
    xml.writeEndElement();
    line(xml);
  }

  private void outcome(XMLStreamWriter xml, String kind, Comparison c) throws XMLStreamException {
    xml.writeStartElement(kind);
    attribute(xml, "type", c.verdict().name().toLowerCase(Locale.ROOT));
    attribute(xml, "message", ShortStory.line(c));
    xml.writeCharacters(clean(story.text(c)));
    xml.writeEndElement();
  }

  /** What belongs to no comparison: a port's end after its last instance, expectations unmet. */
  private void others(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeStartElement("testsuite");
    attribute(xml, "name", "ports");
    line(xml);
    for (ResultDocument.PortEntry port : run.ports()) {
      if (port.problem() != null) {
        single(xml, port.name(), "ends well", "error", port.problem());
      }
    }
    for (ResultDocument.Expectation u : run.unmet()) {
      single(xml, u.port() + "." + u.instance(), u.probe(), "failure", u.problem());
    }
    xml.writeEndElement();
    line(xml);
  }

  private static void single(
      XMLStreamWriter xml, String classname, String name, String kind, String text)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    attribute(xml, "classname", "parity." + classname);
    attribute(xml, "name", name);
    xml.writeStartElement(kind);
    attribute(xml, "message", text.lines().findFirst().orElse(""));
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
    xml.writeEndElement();
    line(xml);
  }

  private static void counts(XMLStreamWriter xml, List<Comparison> all) throws XMLStreamException {
    attribute(xml, "tests", String.valueOf(all.size()));
    attribute(xml, "errors", count(all, List.of(Verdict.FAILED)));
    attribute(
        xml,
        "failures",
        count(all, List.of(Verdict.MISMATCH, Verdict.NON_DETERMINISTIC, Verdict.DEAD)));
    attribute(xml, "skipped", count(all, List.of(Verdict.NOT_RUN, Verdict.KNOWN_DIFFERENCE)));
  }

  private static String count(List<Comparison> all, List<Verdict> verdicts) {
    return String.valueOf(all.stream().filter(c -> verdicts.contains(c.verdict())).count());
  }

  private static void attribute(XMLStreamWriter xml, String name, String value)
      throws XMLStreamException {
    xml.writeAttribute(name, clean(value));
  }

  private static void line(XMLStreamWriter xml) throws XMLStreamException {
    xml.writeCharacters("\n");
  }

  /** Without what XML 1.0 cannot hold, however it is escaped. */
  private static String clean(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .map(
            c ->
                c == '\n'
                        || c == '\t'
                        || (c >= 0x20 && c < 0xD800)
                        || (c >= 0xE000 && c < 0xFFFE)
                        || c >= 0x10000
                    ? c
                    : 0xFFFD)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}

package torchparity.harness.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import torchparity.harness.ParityException;
import torchparity.harness.ParityException.Code;
import torchparity.harness.report.SavedRun;

/**
 * One HTML page for a run. It needs no network, and its policy admits no script but its own two, by
 * their hashes. The same run gives the same bytes.
 */
public final class HtmlReport {
  private static final String PLOTLY =
      "harness/pages/node_modules/plotly.js-cartesian-dist-min/plotly-cartesian.min.js";

  /** The package that the build compiles templates into. */
  private static final String TEMPLATES = "torchparity.harness.report.pages";

  private final Path root;

  /**
   * A report.
   *
   * @param root the project's folder, in which the set-up put Plotly
   */
  public HtmlReport(Path root) {
    this.root = root;
  }

  /**
   * The page.
   *
   * @throws ParityException if Plotly is not there
   */
  public String render(SavedRun run) throws IOException {
    Page page = new PageBuilder(run).build(assets());
    StringOutput output = new StringOutput(1 << 21);
    TemplateEngine.createPrecompiled(null, ContentType.Html, null, TEMPLATES)
        .render("html/page.jte", page, output);
    return output.toString();
  }

  private Page.Assets assets() throws IOException {
    Path file = root.resolve(PLOTLY);
    if (!Files.isRegularFile(file)) {
      throw new ParityException(
          Code.SET_UP_MISSING, PLOTLY + " is not there. ./parity set-up fetches it.");
    }
    String plotly = script(Files.readString(file), PLOTLY);
    String script = script(resource("page.js"), "page.js");
    String policy =
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src '%s' '%s'"
            .formatted(hash(plotly), hash(script));
    return new Page.Assets(plotly, script, resource("page.css"), policy);
  }

  /** Text that may stand in a script element. */
  private static String script(String text, String name) {
    if (text.toLowerCase(Locale.ROOT).contains("</script") || text.contains("<!--")) {
      throw new IllegalStateException(name + " would end the element that it stands in");
    }
    return text.replace("\r\n", "\n");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

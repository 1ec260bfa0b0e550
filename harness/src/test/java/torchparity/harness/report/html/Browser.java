package torchparity.harness.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real, headless Chromium with one tab, spoken to over its DevTools protocol. It remembers every
 * complaint of the console and every request that leaves the file.
 */
public final class Browser implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
  private static final long SECONDS = 30;

  private final Process process;
  private final WebSocket socket;
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();
  private int id;

  /** The browser of this machine, or empty if there is none. */
  public static Optional<Path> program() {
    return Stream.concat(Stream.ofNullable(System.getenv("PARITY_CHROMIUM")), PROGRAMS.stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts the browser.
   *
   * @param profile an empty folder
   */
  public Browser(Path profile) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                program().orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile())
            .start();
    socket = connect(profile.resolve("DevToolsActivePort"));
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", new JsonMapper().createObjectNode());
    }
  }

  private WebSocket connect(Path ports) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!Files.exists(ports) || Files.readAllLines(ports).size() < 2) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        throw new IOException("the browser does not start; see browser.log");
      }
      Thread.sleep(20);
    }
    String port = Files.readAllLines(ports).get(0);
    HttpClient client = HttpClient.newHttpClient();
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"));
    String tabs =
        client.send(request.build(), java.net.http.HttpResponse.BodyHandlers.ofString()).body();
    for (JsonNode tab : new JsonMapper().readTree(tabs)) {
      if (tab.path("type").asText().equals("page")) {
        return client
            .newWebSocketBuilder()
            .buildAsync(URI.create(tab.path("webSocketDebuggerUrl").asText()), new Ear())
            .join();
      }
    }
    throw new IOException("the browser has no tab");
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder partial = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  JsonNode call(String method, ObjectNode parameters) throws IOException, InterruptedException {
    ObjectNode message = new JsonMapper().createObjectNode();
    message.put("id", ++id).put("method", method).set("params", parameters);
    socket.sendText(message.toString(), true).join();
    while (true) {
      JsonNode answer = next(method);
      if (answer.path("id").asInt() == id) {
        if (answer.has("error")) {
          throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.path("result");
      }
    }
  }

  private JsonNode next(String waitingFor) throws IOException, InterruptedException {
    String text = messages.poll(SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new IOException("no answer to " + waitingFor);
    }
    JsonNode message = new JsonMapper().readTree(text);
    JsonNode of = message.path("params");
    switch (message.path("method").asText()) {
      case "Runtime.consoleAPICalled" -> complaints.add(of.path("args").toString());
      case "Runtime.exceptionThrown" -> complaints.add(of.path("exceptionDetails").toString());
      case "Log.entryAdded" -> complaints.add(of.path("entry").path("text").asText());
      case "Network.requestWillBeSent" -> requests.add(of.path("request").path("url").asText());
      default -> {
        // Not of interest.
      }
    }
    return message;
  }

  /** Opens {@code file} in a window of this size, and waits until its script is through. */
  public void open(Path file, int width, int height, boolean dark) throws Exception {
    ObjectNode size = new JsonMapper().createObjectNode();
    size.put("width", width).put("height", height).put("deviceScaleFactor", 1);
    call("Emulation.setDeviceMetricsOverride", size.put("mobile", width < 640));
    ObjectNode media = new JsonMapper().createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", media);
    complaints.clear();
    requests.clear();
    call("Page.navigate", new JsonMapper().createObjectNode().put("url", file.toUri().toString()));
    await("document.documentElement?.dataset.ready === 'true'");
  }

  /** What a JavaScript expression gives; of a promise, what it is kept with. */
  public JsonNode evaluate(String expression) throws IOException, InterruptedException {
    ObjectNode parameters = new JsonMapper().createObjectNode();
    parameters.put("expression", expression).put("returnByValue", true).put("awaitPromise", true);
    JsonNode answer = call("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void await(String expression) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!evaluate(expression).asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IOException("still not so: " + expression + "; console: " + complaints);
      }
      Thread.sleep(20);
    }
  }

  /** Takes a picture of what is in the window. */
  public void screenshot(Path file) throws IOException, InterruptedException {
    JsonNode answer = call("Page.captureScreenshot", new JsonMapper().createObjectNode());
    Files.write(file, Base64.getDecoder().decode(answer.path("data").asText()));
  }

  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Requests for anything but a file or data within the page. */
  public List<String> networkRequests() {
    return requests.stream()
        .filter(url -> !url.startsWith("file:") && !url.startsWith("data:"))
        .filter(url -> !url.startsWith("blob:"))
        .toList();
  }

  /** Waits for every process of it: one that still writes would be in the way of who cleans up. */
  @Override
  public void close() {
    socket.abort();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      each.onExit().completeOnTimeout(each, SECONDS, TimeUnit.SECONDS).join();
    }
  }
}

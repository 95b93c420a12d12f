package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A page in a Chromium without a window, looked at and typed into over its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int SHIFT = 8;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final Process process;
  private final WebSocket socket;
  private int last;

  private Browser(Process process, String port) throws Exception {
    this.process = process;
    HttpRequest pages =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    String list = http.send(pages, HttpResponse.BodyHandlers.ofString()).body();
    String address = "";
    for (JsonNode page : JSON.readTree(list)) {
      if (page.path("type").asText().equals("page")) {
        address = page.path("webSocketDebuggerUrl").asText();
      }
    }
    this.socket = http.newWebSocketBuilder().buildAsync(URI.create(address), new Answers()).join();
  }

  /**
   * Opens a page; a test that asks for it is skipped where there is no Chromium that runs.
   *
   * @param folder for what it keeps
   */
  static Browser open(Path folder, URI page) throws Exception {
    Optional<Path> program =
        Stream.of("chromium", "chromium-browser", "google-chrome")
            .flatMap(
                name ->
                    Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .map(dir -> Path.of(dir, name)))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(program.isPresent(), "there is no Chromium to look at the page with");
    Path profile = Files.createTempDirectory(folder, "browser");
    Process process =
        new ProcessBuilder(
                program.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--use-fake-device-for-media-stream", // a microphone that beeps
                "--use-fake-ui-for-media-stream", // and that every page may use
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    boolean opened = false;
    try {
      Browser browser = connect(process, profile.resolve("DevToolsActivePort"));
      opened = true;
      return browser;
    } finally {
      if (!opened) {
        process.destroyForcibly();
      }
    }
  }

  private static Browser connect(Process process, Path port) throws Exception {
    waitFor(() -> !process.isAlive() || Files.exists(port));
    assumeTrue(process.isAlive(), "Chromium does not run here");
    waitFor(() -> lines(port) >= 2);
    Browser browser = new Browser(process, Files.readAllLines(port).get(0));
    browser.waitUntil( // there is an empty page first
        "location.protocol !== 'about:' && document.readyState === 'complete'");
    return browser;
  }

  private static int lines(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      return 0; // it is being written
    }
  }

  /** Waits until something is so. */
  static void waitFor(BooleanSupplier so) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time that this may take").isLessThan(deadline);
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Waits until an expression of the page's script is true. */
  void waitUntil(String expression) {
    waitFor(() -> evaluate(expression).asBoolean());
  }

  /** The value of an expression of the page's script. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        ask(
            "Runtime.evaluate",
            JSON.createObjectNode().put("expression", expression).put("returnByValue", true));
    assertThat(answer.has("exceptionDetails")).as("%s: %s", expression, answer).isFalse();
    return answer.path("result").path("value");
  }

  /** Chooses a file in an input of the page. */
  void choose(String selector, Path file) {
    JsonNode root = ask("DOM.getDocument", JSON.createObjectNode()).at("/root/nodeId");
    ObjectNode query = JSON.createObjectNode().put("selector", selector);
    query.set("nodeId", root);
    ObjectNode files = JSON.createObjectNode();
    files.set("nodeId", ask("DOM.querySelector", query).get("nodeId"));
    files.putArray("files").add(file.toString());
    ask("DOM.setFileInputFiles", files);
  }

  /** Makes the page so wide. */
  void resize(int width, int height) {
    ask(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
  }

  /** Types characters where the focus is. */
  void type(String text) {
    text.chars().forEach(it -> press(String.valueOf((char) it), it, String.valueOf((char) it), 0));
  }

  void tab() {
    press("Tab", 9, "", 0);
  }

  void shiftTab() {
    press("Tab", 9, "", SHIFT);
  }

  void enter() {
    press("Enter", 13, "\r", 0);
  }

  private void press(String key, int code, String text, int modifiers) {
    ObjectNode event =
        JSON.createObjectNode()
            .put("type", "keyDown")
            .put("key", key)
            .put("windowsVirtualKeyCode", code)
            .put("modifiers", modifiers);
    if (!text.isEmpty()) {
      event.put("text", text);
    }
    ask("Input.dispatchKeyEvent", event);
    event.remove("text");
    ask("Input.dispatchKeyEvent", event.put("type", "keyUp"));
  }

  private synchronized JsonNode ask(String method, ObjectNode parameters) {
    int id = ++last;
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode question = JSON.createObjectNode().put("id", id).put("method", method);
    question.set("params", parameters);
    socket.sendText(question.toString(), true).join();
    return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  private final class Answers implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        try {
          JsonNode answer = JSON.readTree(text.toString());
          CompletableFuture<JsonNode> waiting = asked.remove(answer.path("id").asInt());
          if (waiting != null) { // not an event
            waiting.complete(answer.path("result"));
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    waitFor(() -> !process.isAlive()); // it writes into its folder until then
  }
}

package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.json;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.serve.ServerOptions;

/** Tests of the server's HTTP: methods, paths, encodings, headers, other origins. */
@Timeout(300)
final class ServeHttpTest {
  private static final String TRANSLATE = "/v1/translate";

  @TempDir static Path folder;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    run = ToyRun.write(folder.resolve("toy"));
    ServerOptions plain = ServedModels.options(50, Duration.ofSeconds(20), Optional.empty());
    served =
        new ServedModels(
            new ServerOptions(
                plain.host(),
                0,
                plain.token(),
                Set.of("https://example.org"),
                true,
                plain.limits(),
                plain.connections(),
                Duration.ZERO,
                false),
            run);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpResponse<String> method(String method, String path, String... headers)
      throws IOException {
    HttpRequest.Builder request = served.request(path).method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return served.send(request.build());
  }

  private static HttpResponse<String> post(byte[] body, String... headers) throws IOException {
    return served.send(
        served.request(TRANSLATE).headers(headers).POST(BodyPublishers.ofByteArray(body)).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/health", "/ready", "/metrics", "/openapi.json", "/v1/models", "/languages"})
  void headIsAnsweredWhereverGetIs(String path) throws IOException {
    HttpResponse<String> get = served.get(path);
    HttpResponse<String> head = method("HEAD", path);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Type"))
        .isEqualTo(get.headers().firstValue("Content-Type"));
    if (!path.equals("/metrics")) { // which grow
      assertThat(head.headers().firstValueAsLong("Content-Length"))
          .hasValue(get.body().getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, /v1/translate, 204, 'POST, OPTIONS'",
    "OPTIONS, /v1/models, 204, 'GET, HEAD, OPTIONS'",
    "DELETE, /v1/models/toy, 405, 'GET, HEAD, OPTIONS'",
    "HEAD, /v1/translate, 405, 'POST, OPTIONS'",
    "GET, /v1/models/toy/reload, 405, 'POST, OPTIONS'",
  })
  void otherMethodsAreToldWhatIsAllowed(String method, String path, int status, String allowed)
      throws IOException {
    HttpResponse<String> answer = method(method, path);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void generateIsAnotherNameOfTranslate() throws IOException {
    String text = "{\"text\": \"abc\"}";
    assertThat(served.post("/v1/generate", text).body())
        .isEqualTo(served.post(TRANSLATE, text).body());
  }

  @Test
  void aSlashAtTheEndMeansNothing() throws IOException {
    assertThat(served.get("/v1/models/").body()).isEqualTo(served.get("/v1/models").body());
    assertThat(served.post("/v1/translate/", "{\"text\": \"a\"}").statusCode()).isEqualTo(200);
    assertThat(served.get("/health/up").statusCode()).isEqualTo(404);
  }

  @Test
  void gzipIsUnpackedWithinTheLimits() throws IOException {
    byte[] body = "{\"text\": \"abc\"}".getBytes(StandardCharsets.UTF_8);
    String[] headers = {"Content-Type", "application/json", "Content-Encoding", "gzip"};
    HttpResponse<String> packed = post(gzip(body), headers);
    assertThat(packed.statusCode()).as(packed.body()).isEqualTo(200);
    assertThat(packed.body()).isEqualTo(served.post(TRANSLATE, "{\"text\": \"abc\"}").body());
    assertThat(post(gzip(new byte[1_000_000]), headers).statusCode()).isEqualTo(413);
    assertThat(post(body, headers).body()).contains("the body is not in gzip format");
    byte[] cut = gzip(body);
    assertThat(post(Arrays.copyOf(cut, cut.length - 9), headers).body())
        .contains("the body is incomplete");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @Test
  void whatCannotBeUnpackedIsRefusedWithWhatCan() throws IOException {
    byte[] body = "{\"text\": \"abc\"}".getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> brotli =
        post(body, "Content-Type", "application/json", "Content-Encoding", "br");
    assertThat(brotli.statusCode()).isEqualTo(415);
    assertThat(brotli.headers().firstValue("Accept-Encoding")).contains("gzip, identity");
    assertThat(json(brotli).at("/error/message").asText())
        .isEqualTo("expected a body as it is or Content-Encoding: gzip, got br");
    HttpResponse<String> wide = post(body, "Content-Type", "application/json; charset=utf-16");
    assertThat(wide.statusCode()).isEqualTo(415);
    assertThat(json(wide).at("/error/message").asText())
        .isEqualTo("expected a body in UTF-8, got charset=utf-16");
    assertThat(post(body, "Content-Type", "application/json; charset=\"UTF-8\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void longAnswersArePackedForThoseWhoAskForIt() throws Exception {
    String body =
        "{\"texts\": [%s]}".formatted(String.join(", ", Collections.nCopies(20, "\"abc\"")));
    HttpRequest request =
        served
            .request(TRANSLATE)
            .headers("Content-Type", "application/json", "Accept-Encoding", "gzip;q=0.5")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> packed =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(packed.headers().allValues("Vary")).contains("Accept-Encoding");
    String unpacked =
        new String(
            new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(unpacked).isEqualTo(served.post(TRANSLATE, body).body());
    assertThat(method("GET", "/metrics", "Accept-Encoding", "gzip;q=0").headers().map())
        .doesNotContainKey("content-encoding");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\": \"a\", \"text\": \"b\"} | text: this key occurs twice",
        "{\"text\": \"a\", \"search\": {\"size\": 1, \"size\": 2}} | search.size: this key occurs twice",
        "{\"text\": \"a \\ud83d c\"} | text: \\ud83d at position 2 is half of a character (a lone surrogate)",
        "{\"texts\": [\"a\", \"\\ude00\"]} | texts[1]: \\ude00 at position 0 is half of a character (a lone surrogate)",
        "{\"text\": \"a\"} {} | the body is not JSON: it goes on after the end of the object",
      })
  void theKeyIsNamed(String body, String message) throws IOException {
    HttpResponse<String> answer = served.post(TRANSLATE, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asText()).isEqualTo(message);
  }

  @Test
  void aPairOfSurrogatesIsACharacter() throws IOException {
    HttpResponse<String> answer = served.post(TRANSLATE, "{\"text\": \"a \\ud83d\\ude00\"}");
    assertThat(json(answer).at("/translations/0/source").asText()).isEqualTo("a 😀");
    assertThat(json(answer).at("/translations/0/unknown_tokens/1").asText()).isEqualTo("😀");
  }

  @Test
  void nothingIsStoredOnTheWayAndAStreamIsNotHeldBack() throws IOException {
    HttpResponse<String> stream = served.post(TRANSLATE, "{\"text\": \"abc\", \"stream\": true}");
    assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
    for (HttpResponse<String> answer : List.of(stream, served.get("/v1/models"))) {
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }
  }

  @Test
  void aRequestKeepsItsIdOrGetsOne() throws IOException {
    assertThat(
            method("GET", "/health", "X-Request-Id", "abc-1").headers().firstValue("X-Request-Id"))
        .contains("abc-1");
    String made =
        method("GET", "/health", "X-Request-Id", "a b\"")
            .headers()
            .firstValue("X-Request-Id")
            .get();
    assertThat(made).matches("[0-9a-f-]{36}");
  }

  @Test
  void pagesOfNamedOriginsMayReadAnswers() throws Exception {
    // the client of the JDK cannot set Origin
    String allowed = raw("OPTIONS", "https://example.org", "Access-Control-Request-Method: POST");
    assertThat(allowed)
        .startsWith("HTTP/1.1 204")
        .contains("Access-Control-Allow-Origin: https://example.org")
        .contains("Access-Control-Allow-Methods: POST, OPTIONS")
        .contains("Access-Control-Allow-Headers: Authorization, Content-Type, X-Request-Id");
    assertThat(raw("POST", "https://example.org", "Content-Type: application/json"))
        .contains("Access-Control-Allow-Origin: https://example.org");
    assertThat(raw("OPTIONS", "https://example.com", "Access-Control-Request-Method: POST"))
        .startsWith("HTTP/1.1 204")
        .doesNotContain("Access-Control-Allow");
  }

  private static String raw(String method, String origin, String header) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              String.join(
                      "\r\n",
                      method + " " + TRANSLATE + " HTTP/1.1",
                      "Host: x",
                      "Origin: " + origin,
                      header,
                      "Connection: close",
                      "Content-Length: 0",
                      "",
                      "")
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theLogTellsWhatWasAskedForButNotTheTexts() throws IOException {
    String body = "{\"texts\": [\"secretsecret\", \"b\"]}";
    served.send(
        served
            .request(TRANSLATE)
            .headers("Content-Type", "application/json", "X-Request-Id", "log-1")
            .headers("X-Forwarded-For", "198.51.100.1, 203.0.113.9")
            .POST(BodyPublishers.ofString(body))
            .build());
    served.get("/a%0Ab");
    assertThat(served.log())
        .allSatisfy(
            line -> {
              assertThat(line.get("level").asText()).isIn("info", "warn", "error");
              assertThat(line.has("time")).isTrue();
            });
    var line =
        served.log().stream()
            .filter(one -> one.path("request_id").asText().equals("log-1"))
            .findFirst()
            .orElseThrow();
    assertThat(line.get("client").asText()).isEqualTo("203.0.113.9");
    assertThat(line.get("path").asText()).isEqualTo(TRANSLATE);
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("model").asText()).isEqualTo("toy");
    assertThat(line.get("texts").asInt()).isEqualTo(2);
    assertThat(line.get("model_seconds").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(line.get("seconds").asDouble());
    assertThat(line.get("queue_seconds").asDouble()).isNotNegative();
    assertThat(served.logged()).doesNotContain("secretsecret").doesNotContainPattern("\\dE-\\d");
  }

  /** Errors of Jetty itself have the form of all errors, also in the log. */
  @Test
  void aRequestThatIsNoneIsLoggedLikeOthers() throws IOException {
    int port = served.server.address().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write("GET / HTTP/9.9\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"code\":\"malformed\"");
    }
    assertThat(served.log()).anyMatch(line -> line.path("code").asText().equals("malformed"));
  }
}

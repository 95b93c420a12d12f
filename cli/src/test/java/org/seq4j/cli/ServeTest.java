package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.seq4j.cli.ServedModels.JSON;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.SearchTrace;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/** What the server answers, and what it refuses. */
@Timeout(300)
final class ServeTest {
  @TempDir static Path folder;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    run = ToyRun.write(folder.resolve("toy"));
    served =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void translationsAreThoseOfTheModel() throws IOException {
    SearchConfig search =
        SearchConfig.beam(4)
            .with("n_best", 3)
            .with("rules.required", List.of("d"))
            .with("rules.repetition_penalty", 1.2);
    HttpResponse<String> answer =
        served.post(
            "/v1/translate",
            """
            {"texts": ["abc", "", "dada"], "attention": true, "search": {"type": "beam",
             "size": 4, "n_best": 3, "rules": {"required": ["d"], "repetition_penalty": 1.2}}}
            """);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode translations = json(answer).get("translations");
    try (Translator model = Translator.load(run)) {
      List<Translation> expected = model.translate(List.of("abc", "", "dada"), search, true);
      for (int i = 0; i < 3; i++) {
        JsonNode hypotheses = translations.get(i).get("hypotheses");
        assertThat(hypotheses).hasSize(expected.get(i).candidates().size());
        for (int k = 0; k < hypotheses.size(); k++) {
          Translation.Candidate candidate = expected.get(i).candidates().get(k);
          assertThat(hypotheses.get(k).get("text").asText()).isEqualTo(candidate.text());
          assertThat(hypotheses.get(k).get("score").asDouble())
              .isCloseTo(candidate.score(), within(1e-4));
          assertThat(hypotheses.get(k).get("attention")).hasSize(candidate.attention().length);
        }
      }
      SearchTrace tree = model.explore("abc", SearchConfig.beam(4).withNBest(4));
      JsonNode told =
          json(served.post(
                  "/v1/translate",
                  """
                      {"text": "abc", "tree": true,
                       "search": {"type": "beam", "size": 4, "n_best": 4}}
                      """))
              .get("translations")
              .get(0)
              .get("tree");
      assertThat(told).hasSameSizeAs(tree.steps());
      assertThat(told.get(0).get("token").asText()).isEqualTo(tree.steps().get(0).token());
      double[] scores = model.score(List.of("ab", "c"), List.of("ba", "dd"));
      JsonNode scored =
          json(served.post(
                  "/v1/score",
                  """
                      {"model": "toy", "alignment": true, "pairs": [
                        {"source": "ab", "target": "ba"}, {"source": "c", "target": "dd"}]}
                      """))
              .get("scores");
      for (int i = 0; i < 2; i++) {
        assertThat(scored.get(i).get("score").asDouble()).isCloseTo(scores[i], within(1e-4));
        assertThat(scored.get(i).get("alignment").asText()).matches("\\d-0 \\d-1");
      }
    }
  }

  @Test
  void textsInARequestAreTextsWhateverTheyLookLike() throws IOException {
    HttpResponse<String> answer =
        served.post(
            "/v1/translate",
            """
            {"text": "${HOME} ../../etc/passwd \\u0000 \\"", "search": {"rules": {"required": ["${HOME}"]}}}
            """);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/error/message").asText())
        .isEqualTo("search: '${HOME}' contains the token '$', which the model cannot generate");
    assertThat(
            served.post("/v1/translate", "{\"text\": \"${HOME} ../../etc/passwd\"}").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "translate | {                                     | 400 | the body is not JSON at line 1",
        "translate | [1]                                   | 400 | expected a JSON object, got [1]",
        "translate | {\"text\": \"a\"} x                   | 400 | the body is not JSON",
        "translate | {\"text\": \"a\", \"text\": \"b\"}    | 400 | text: this key occurs twice",
        "translate | {}                                    | 400 | expected either text or texts",
        "translate | {\"text\": 1}                         | 400 | text: expected a text, got 1",
        "translate | {\"texts\": []}                       | 400 | texts: expected a list of texts",
        "translate | {\"texts\": [\"a\", null]}            | 400 | texts[1]: expected a text, got null",
        "translate | {\"text\": \"a\", \"beam\": 3}        | 400 | beam: unknown key. Known: attention,",
        "translate | {\"text\": \"a\", \"tree\": 1}        | 400 | tree: expected true or false, got 1",
        "translate | {\"text\": \"a\", \"model\": \"../x\"} | 404 | model: there is no '../x'. Known: toy",
        "translate | {\"text\": \"a\", \"search\": 3}      | 400 | search: expected an object, got 3",
        "translate | {\"text\": \"a\", \"search\": {\"sise\": 3}}  | 400 | search.sise: unknown key.",
        "translate | {\"text\": \"a\", \"search\": {\"size\": 0}}  | 400 | search.size: expected a whole number from 1 to 1000, got 0",
        "translate | {\"text\": \"a\", \"search\": {\"type\": \"x\"}}  | 400 | search.type: expected",
        "translate | {\"text\": \"a\", \"search\": {\"type\": \"beam\", \"size\": 9}} | 422 | search: expected at most 8 hypotheses for a text, got 9",
        "translate | {\"text\": \"a\", \"search\": {\"n_best\": 3}} | 400 | search: n_best is 3, but a greedy search has one",
        "translate | {\"text\": \"a\", \"search\": {\"constraints\": [{\"type\": \"x\", \"file\": \"/etc/passwd\"}]}} | 400 | search.constraints: not allowed in requests",
        "translate | {\"text\": \"a\", \"search\": {\"rules\": {\"required_from_source\": \"(a*)*b\"}}} | 400 | search.rules.required_from_source: not allowed in requests",
        "translate | {\"text\": \"a\", \"search\": {\"length_penalty\": 1}} | 400 | search.length_penalty: this key is now search.ranking.length_penalty",
        "translate | {\"text\": \"a\", \"search\": {\"length\": 3}} | 400 | search.length: expected a map with the keys min,",
        "translate | {\"text\": \"a\", \"search\": {\"length.max\": 3}} | 400 | search.length.max: unknown key.",
        "translate | {\"texts\": \"a\"} | 400 | texts: expected a list of texts, got \"a\"",
        "translate | {\"texts\": [\"a\", 1]} | 400 | texts[1]: expected a text, got 1",
        "translate | {\"text\": true} | 400 | text: expected a text, got true",
        "translate | {\"text\": \"a\", \"tree\": \"yes\"} | 400 | tree: expected true or false, got \"yes\"",
        "translate | {\"text\": \"a\", \"search\": {\"length\": {\"max\": 1000000}}} | 400 | search.length.max: expected a whole number from 1 to 100000, got 1000000",
        "translate | {\"text\": \"a\", \"search\": {\"length\": {\"max\": 100000}}} | 422 | search.length: expected targets of at most 2000 tokens, got 100000",
        "score | {\"pairs\": [{\"source\": \"a\"}]}         | 400 | pairs[0]: expected {\"source\": ..., \"target\": ...}, got {\"source\":\"a\"}",
        "score | {} | 400 | pairs: expected a list of {\"source\": ..., \"target\": ...}, got nothing",
        "score | {\"pairs\": [{\"source\": \"a\", \"target\": \"b\", \"x\": 1}]} | 400 | pairs[0]: expected {\"source\": ..., \"target\": ...}, got {\"source\":\"a\"",
        "score | {\"pairs\": [{\"source\": \"a\", \"target\": 1}]} | 400 | pairs[0].target: expected a text, got 1",
        "score | {\"pairs\": [{\"source\": null, \"target\": \"b\"}]} | 400 | pairs[0].source: expected a text, got null",
        "score | {\"pairs\": [null]} | 400 | pairs[0]: expected {\"source\": ..., \"target\": ...}, got null",
        "score | {\"pairs\": 1}                            | 400 | pairs: expected a list of",
      })
  void whatIsWrongIsSaid(String path, String body, int status, String message) throws IOException {
    HttpResponse<String> answer = served.post("/v1/" + path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).at("/error/status").asInt()).isEqualTo(status);
    assertThat(json(answer).at("/error/message").asText()).startsWith(message);
  }

  @Test
  void limitsHaveAStatusEach() throws IOException {
    assertThat(served.post("/v1/translate", "{\"text\": \"" + "a".repeat(201) + "\"}").statusCode())
        .isEqualTo(422);
    String many = String.join(", ", Collections.nCopies(41, "\"a\""));
    assertThat(served.post("/v1/translate", "{\"texts\": [" + many + "]}").statusCode())
        .isEqualTo(422);
    assertThat(served.post("/v1/translate", " ".repeat(20_001)).statusCode()).isEqualTo(413);
    assertThat(
            served
                .send(
                    served
                        .request("/v1/translate")
                        .header("Content-Type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build())
                .statusCode())
        .isEqualTo(415);
    assertThat(served.get("/v1/translate").statusCode()).isEqualTo(405);
    assertThat(served.get("/v1/translate").headers().firstValue("Allow")).contains("POST, OPTIONS");
    assertThat(served.get("/../toy/config.yaml").statusCode()).isIn(400, 404);
    assertThat(served.get("/toy/config.yaml").statusCode()).isEqualTo(404);
    byte[] notText = {'{', '"', 't', (byte) 0xff, '"', '}'};
    assertThat(
            json(served.send(
                    served
                        .request("/v1/translate")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(notText))
                        .build()))
                .at("/error/message")
                .asText())
        .isEqualTo("the body is not UTF-8");
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws IOException {
    try (ServedModels guarded =
        new ServedModels(
            ServedModels.options(9, Duration.ofSeconds(20), Optional.of("open sesame")), run)) {
      assertThat(guarded.get("/health").statusCode()).isEqualTo(200);
      assertThat(guarded.get("/").statusCode()).isEqualTo(200);
      assertThat(guarded.get("/metrics").statusCode()).isEqualTo(401);
      assertThat(guarded.get("/v1/models").headers().firstValue("WWW-Authenticate"))
          .contains("Bearer");
      assertThat(guarded.post("/v1/models/toy/reload", "").statusCode()).isEqualTo(401);
      assertThat(guarded.post("/v1/translate", "{\"text\": \"a\"}").statusCode()).isEqualTo(401);
      for (String token : List.of("open sesame", "Open sesame", "open sesam")) {
        HttpRequest request =
            guarded.request("/v1/models").header("Authorization", "Bearer " + token).build();
        assertThat(guarded.send(request).statusCode())
            .isEqualTo(token.equals("open sesame") ? 200 : 401);
      }
    }
  }

  @Test
  void anAnswerComesLineByLineIfThatIsAskedFor() throws Exception {
    String body =
        """
        {"text": "abc", "stream": true, "search": {"type": "greedy", "length": {"min": 5, "max": 5}}}
        """;
    HttpResponse<String> answer = served.post("/v1/translate", body);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/x-ndjson");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(6);
    String whole = JSON.readTree(lines.get(5)).at("/translations/0/hypotheses/0/text").asText();
    for (int i = 0; i < 5; i++) {
      assertThat(JSON.readTree(lines.get(i)).get("so_far").asText())
          .isEqualTo(whole.substring(0, i + 1));
    }
    assertThat(served.post("/v1/translate", body.replace("\"abc\"", "1")).statusCode())
        .isEqualTo(400);
    assertThat(served.post("/v1/translate", "{\"texts\": [\"a\", \"b\"], \"stream\": true}").body())
        .contains("stream: requires a single text");
  }

  /** Hanging up stops the search: the server has nothing left to do. */
  @Test
  void whoHangsUpStopsTheSearch() throws Exception {
    String body =
        "{\"text\": \"abc\", \"stream\": true, \"search\":"
            + " {\"type\": \"greedy\", \"length\": {\"min\": 1999, \"max\": 1999}}}";
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), served.server.address().getPort())) {
      socket
          .getOutputStream()
          .write(
              String.format(
                      Locale.ROOT,
                      "POST /v1/translate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                          + "Content-Length: %d\r\n\r\n%s",
                      body.length(),
                      body)
                  .getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().readNBytes(400)).hasSize(400);
      socket.setSoLinger(true, 0); // at once
    }
    long begun = System.nanoTime();
    while (!served.get("/metrics").body().contains("seq4j_requests_in_progress 0.0")) {
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(20));
    }
  }

  @Test
  void aStopFinishesWhatWasTaken() throws Exception {
    ServedModels stopping =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run);
    String slow = // sampled to a great length: about a second
        "{\"texts\": [%s], \"search\": {\"type\": \"beam\", \"size\": 8, \"length\": {\"min\": 190, \"max\": 190}}}"
            .formatted(String.join(", ", Collections.nCopies(40, "\"abc\"")));
    CompletableFuture<Integer> taken =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stopping.post("/v1/translate", slow).statusCode();
              } catch (IOException e) {
                return 0;
              }
            });
    while (!stopping.get("/metrics").body().contains("seq4j_requests_in_progress 1.0")) {
      assertThat(taken).isNotDone();
    }
    stopping.close();
    assertThat(taken.get(1, TimeUnit.MINUTES)).isEqualTo(200);
  }

  @Test
  void whatTakesTooLongIsGivenUp() throws IOException {
    try (ServedModels hasty =
        new ServedModels(ServedModels.options(50, Duration.ofMillis(100), Optional.empty()), run)) {
      HttpResponse<String> late =
          hasty.post(
              "/v1/translate",
              "{\"texts\": [%s], \"search\": {\"type\": \"beam\", \"size\": 8, \"length\": {\"min\": 190, \"max\": 190}}}"
                  .formatted(String.join(", ", Collections.nCopies(40, "\"abc\""))));
      assertThat(late.statusCode()).as(late.body()).isEqualTo(504);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--port 99999, --port: expected a number from 0 to 65535",
    "--queue 0, --queue: expected a number of at least 1",
    "--batch-size 1 --batch-wait 5, --batch-wait: with a --batch-size of 1 there is nothing to wait for",
  })
  void optionsAreChecked(String words, String message) {
    List<Object> all = new ArrayList<>(List.of("serve", run));
    all.addAll(List.of(words.split(" ", -1)));
    CommandRun refused = CommandRun.of(all.toArray());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains(message);
  }

  @Test
  void whatCannotBeServedIsSaid() throws IOException {
    assertThat(CommandRun.of("serve", folder.resolve("nothing")).status()).isEqualTo(1);
    assertThat(CommandRun.of("serve", run, run).err())
        .contains("there are two models called 'toy'; write NAME=");
    assertThat(CommandRun.of("serve", "pair=" + run + ",").err())
        .contains("pair=" + run + ",': expected [NAME=]RUN[:WEIGHT][,RUN[:WEIGHT]]...");
    Path token = Files.writeString(folder.resolve("token"), "short\n");
    assertThat(CommandRun.of("serve", run, "--token-file", token).err())
        .contains("expected a token of at least 8 characters");
    int taken = served.server.address().getPort();
    CommandRun busy = CommandRun.of("serve", run, "--port", taken);
    assertThat(busy.status()).isEqualTo(1);
    assertThat(busy.err()).contains("cannot listen at 127.0.0.1, port " + taken);
  }
}

package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.seq4j.cli.ServedModels.JSON;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.serve.ServerOptions;

/** A server of a model whose sources are sounds: its endpoint, and its page. */
@Timeout(300)
final class ServedSpeechTest {
  private static final String PATH = "/v1/transcribe";
  private static final String ANSWER = "document.querySelector('#answer')";

  @TempDir static Path folder;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    run = Tones.trainedRun(folder);
    Path toy = ToyRun.write(folder.resolve("toy"));
    served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(60), Optional.empty()), run, toy);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpResponse<String> post(String query, String type, byte[] body)
      throws IOException {
    return served.send(
        served
            .request(PATH + query)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] sound() throws IOException {
    return Files.readAllBytes(folder.resolve("dev0.wav"));
  }

  @Test
  void itAnswersAsTheCommandAndAsDescribed() throws IOException {
    HttpResponse<String> answer = post("", "audio/wav", sound());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    CommandRun command = CommandRun.of("transcribe", run, folder.resolve("dev0.wav"), "--json");
    ObjectNode expected = (ObjectNode) JSON.readTree(command.out());
    expected.remove("source");
    ObjectNode given = (ObjectNode) json(answer);
    assertThat(given.remove("model").asText()).isEqualTo("run");
    assertThat(given.at("/text")).isEqualTo(expected.at("/text"));
    assertThat(given.at("/words")).isEqualTo(expected.at("/words"));
    assertThat(given.at("/parts/0/score").asDouble())
        .isCloseTo(expected.at("/parts/0/score").asDouble(), within(1e-4));
    ObjectNode description = (ObjectNode) json(served.get("/openapi.json"));
    ServeDescriptionTest.valid(
        description, description.at("/components/schemas/Transcript"), json(answer));
  }

  @Test
  void theModelIsListedAsOneOfFiles() throws IOException {
    assertThat(json(served.get("/v1/models/run")).get("source").asText()).isEqualTo("files");
  }

  @Test
  void theQueryDividesTheSound() throws IOException {
    short[] samples = new short[Tones.RATE];
    System.arraycopy(Tones.tone(true), 0, samples, 0, Tones.LENGTH);
    System.arraycopy(Tones.tone(true), 0, samples, Tones.RATE * 3 / 4, Tones.LENGTH);
    Path file = folder.resolve("two.wav");
    Tones.write(file, samples);
    byte[] sound = Files.readAllBytes(file);
    assertThat(json(post("", "audio/wav", sound)).get("parts")).hasSize(1);
    JsonNode two = json(post("?model=run&max_part=0.5", "application/octet-stream", sound));
    assertThat(two.get("parts")).hasSize(2);
  }

  private static String search(String keys) {
    return "?search=" + URLEncoder.encode(keys, StandardCharsets.UTF_8);
  }

  @Test
  void theQueryChangesTheSearch() throws IOException {
    HttpResponse<String> answer =
        post(search("{\"type\": \"beam\", \"size\": 4, \"n_best\": 3}"), "audio/wav", sound());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode part = json(answer).at("/parts/0");
    assertThat(part.get("hypotheses")).hasSize(3);
    assertThat(part.at("/hypotheses/0/text")).isEqualTo(part.get("text"));
    assertThat(part.at("/hypotheses/0/score")).isEqualTo(part.get("score"));
    assertThat(part.at("/hypotheses/1/score").asDouble())
        .isLessThanOrEqualTo(part.get("score").asDouble());
    ObjectNode description = (ObjectNode) json(served.get("/openapi.json"));
    ServeDescriptionTest.valid(
        description, description.at("/components/schemas/Transcript"), json(answer));
    HttpResponse<String> plain = post("", "audio/wav", sound());
    assertThat(json(plain).at("/parts/0").has("hypotheses")).isFalse();
  }

  @Test
  void aRuleOfTheQueryIsKeptOrReported() throws IOException {
    JsonNode kept =
        json(post(search("{\"rules\": {\"prefix\": \"low high\"}}"), "audio/wav", sound()));
    assertThat(kept.get("text").asText()).startsWith("low high");
    assertThat(kept.has("warnings")).isFalse();
    JsonNode useless =
        json(post(search("{\"rules\": {\"forbidden\": [\"noon\"]}}"), "audio/wav", sound()));
    assertThat(useless.at("/warnings/0").asText()).contains("noon");
  }

  /** The same settings are refused with the same words where texts are translated. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 400 | search: expected an object, got 3",
        "{\"sise\": 3} | 400 | search.sise: unknown key.",
        "{\"size\": \"3\"} | 400 | search.size: expected a whole number",
        "{\"size\": 1, \"size\": 2} | 400 | search.size: this key occurs twice",
        "{\"type\": \"beam\", \"size\": 9} | 422 | search: expected at most 8 hypotheses for a text, got 9",
        "{\"constraints\": []} | 400 | search.constraints: not allowed in requests",
        "{\"language_model\": {\"run\": \"/srv\"}} | 400 | search.language_model.run: not allowed",
        "{\"language_model\": {\"run\": null}} | 400 | search.language_model.run: not allowed",
        "{\"language_model.run\": \"/srv\"} | 400 | search.language_model.run: unknown key.",
        "{\"languageModel\": {\"run\": \"/srv\"}} | 400 | search.languageModel: unknown key.",
        "{\"language_model\": {\"Run\": \"/srv\"}} | 400 | search.language_model.Run: unknown key.",
        "{\"language_model\": {\"weight\": 1}} | 400 | search.language_model.run: ",
        "{\"ctc\": {\"weight\": 0.3}} | 400 | search: ctc.weight needs a model trained with",
      })
  void whatIsWrongWithASearchIsSaid(String keys, int status, String message) throws IOException {
    HttpResponse<String> sound = post(search(keys), "audio/wav", sound());
    assertThat(sound.statusCode()).as(sound.body()).isEqualTo(status);
    assertThat(json(sound).at("/error/message").asText()).startsWith(message);
    HttpResponse<String> text =
        served.post(
            "/v1/translate", "{\"model\": \"toy\", \"text\": \"a\", \"search\": " + keys + "}");
    assertThat(text.statusCode()).as(text.body()).isEqualTo(status);
    assertThat(json(text).at("/error/message").asText()).startsWith(message);
  }

  @Test
  void aSearchThatIsNoJsonIsRefused() throws IOException {
    assertThat(
            json(post(search("{\"size\": 3"), "audio/wav", sound())).at("/error/message").asText())
        .isEqualTo("search is not JSON at line 1, column 11");
  }

  @ParameterizedTest
  @CsvSource({
    "'', text/plain, 415, 'expected Content-Type: audio/wav or '",
    "?model=toy, audio/wav, 400, 'model: the sources of ''toy'' are not files'",
    "?model=none, audio/wav, 404, 'model: there is no ''none'''",
    "?path=/etc/passwd, audio/wav, 400, 'the query has an unknown key ''path'''",
    "?pause=x, audio/wav, 400, 'pause: expected a number of seconds, got x'",
    "?pause=-1, audio/wav, 400, 'pause: expected a number of seconds above 0, got -1.0'",
    "?max_part=60, audio/wav, 400, 'max_part: expected at most 5.00 seconds'",
  })
  void whatIsWrongIsSaid(String query, String type, int status, String message) throws IOException {
    HttpResponse<String> answer = post(query, type, sound());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).at("/error/message").asText()).startsWith(message);
  }

  @Test
  void whatIsNoSoundOrTooLargeIsRefused() throws IOException {
    HttpResponse<String> text = post("", "audio/wav", "dev0.wav".getBytes(StandardCharsets.UTF_8));
    assertThat(text.statusCode()).isEqualTo(400);
    assertThat(json(text).at("/error/message").asText())
        .startsWith("body: not a sound file that Seq4j reads (it begins with 'dev0')");
    HttpResponse<String> large = post("", "audio/wav", new byte[20_001]);
    assertThat(large.statusCode()).isEqualTo(413);
    HttpResponse<String> path = served.post("/v1/translate", "{\"text\": \"dev0.wav\"}");
    assertThat(path.statusCode()).isEqualTo(400);
    assertThat(json(path).at("/error/message").asText())
        .isEqualTo("text: expected the content of a file, got text; transcribe reads files");
  }

  @Test
  void aFileIsChosenOnThePage() throws Exception {
    try (Browser page = Browser.open(folder, served.at("/"))) {
      page.waitUntil("!document.getElementById('sound').hidden");
      assertThat(page.evaluate("document.getElementById('written').hidden").asBoolean()).isTrue();
      page.choose("#file", folder.resolve("dev0.wav"));
      page.waitUntil(ANSWER + ".textContent.startsWith('Text')");
      page.waitUntil("document.getElementById('player').duration > 0");
      assertThat(page.evaluate("document.getElementById('player').duration").asDouble())
          .isCloseTo(
              Tones.read(folder.resolve("dev0.wav")).length / (double) Tones.RATE, within(0.01));
      assertThat(page.evaluate("document.getElementById('problem').textContent").asText())
          .isEmpty();
      page.choose("#file", folder.resolve("tones.yaml"));
      page.waitUntil("document.getElementById('problem').textContent.length > 0");
      assertThat(page.evaluate("document.getElementById('problem').textContent").asText())
          .isEqualTo("The browser cannot read this file as a sound.");
      page.evaluate("document.getElementById('model').value = 'toy'");
      page.evaluate("document.getElementById('model').dispatchEvent(new Event('change'))");
      page.waitUntil("document.getElementById('sound').hidden");
      assertThat(page.evaluate("document.getElementById('written').hidden").asBoolean()).isFalse();
    }
  }

  @Test
  void theMicrophoneIsRecorded() throws Exception {
    try (ServedModels larger =
            new ServedModels(
                ServerOptions.of(
                    "127.0.0.1",
                    0,
                    Optional.empty(),
                    new ServerOptions.Limits(1_000_000, 200, 40, 8, 50, Duration.ofSeconds(60))),
                run);
        Browser page = Browser.open(folder, larger.at("/"))) {
      page.waitUntil("!document.getElementById('sound').hidden");
      page.evaluate("document.getElementById('record').click()");
      page.waitUntil("document.getElementById('record').textContent === 'Stop'");
      Thread.sleep(1500); // of recording
      page.evaluate("document.getElementById('record').click()");
      page.waitUntil(ANSWER + ".textContent.startsWith('Text')");
      page.waitUntil("document.getElementById('player').duration > 0.5");
      assertThat(page.evaluate("document.getElementById('record').textContent").asText())
          .isEqualTo("Record");
    }
  }
}

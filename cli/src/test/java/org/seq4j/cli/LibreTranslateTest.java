package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.translate.Translator;

/** The API of LibreTranslate, as its clients call it. */
@Timeout(300)
final class LibreTranslateTest {
  private static final String TOKEN = "open sesame";

  @TempDir static Path folder;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    run = ToyRun.write(folder.resolve("toy"));
    served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.of(TOKEN)),
            "en-de=" + run,
            "en-pt_BR=" + run,
            "fr-pt_BR=" + run,
            "toy=" + run);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpResponse<String> ask(String fields) throws IOException {
    return served.post(
        "/translate", "{\"api_key\": \"%s\", %s}".formatted(TOKEN, fields.replace('\'', '"')));
  }

  @Test
  void languagesAreThoseInTheNamesOfModels() throws IOException {
    assertThat(json(served.get("/languages")).toString())
        .isEqualTo(
            "[{\"code\":\"en\",\"name\":\"English\",\"targets\":[\"de\",\"pt_BR\"]},"
                + "{\"code\":\"fr\",\"name\":\"French\",\"targets\":[\"pt_BR\"]}]");
  }

  @Test
  void aTextIsTranslatedLineByLine() throws IOException {
    JsonNode answer = json(ask("'q': 'ab\\n\\ncd', 'source': 'en', 'target': 'de'"));
    try (Translator model = Translator.load(run)) {
      assertThat(answer.get("translatedText").asText())
          .isEqualTo(model.translate("ab").text() + "\n\n" + model.translate("cd").text());
    }
    assertThat(answer.size()).isEqualTo(1);
  }

  @Test
  void aListOfTextsHasAListOfTranslations() throws IOException {
    JsonNode answer =
        json(
            ask(
                "'q': ['ab', 'cd'], 'source': 'en', 'target': 'de', 'format': 'text',"
                    + " 'alternatives': 2"));
    assertThat(answer.get("translatedText")).hasSize(2);
    assertThat(answer.get("alternatives")).hasSize(2);
    assertThat(answer.get("alternatives").get(1)).hasSize(2);
  }

  @Test
  void aFormIsReadAsWell() throws IOException {
    HttpResponse<String> answer =
        served.send(
            served
                .request("/translate")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "q=a+b%20c&source=en&target=de&api_key=open+sesame"))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).get("translatedText").isTextual()).isTrue();
  }

  /** As Python's deep-translator asks: all fields in the query, and neither a body nor a type. */
  @Test
  void fieldsMayBeInTheQuery() throws IOException {
    HttpResponse<String> answer =
        served.send(
            served
                .request("/translate?q=a+b%0Ac&source=en&target=de&format=text&api_key=open+sesame")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).get("translatedText").asText().lines()).hasSize(2);
  }

  private static HttpResponse<String> parts(String type, String body) throws IOException {
    return served.send(
        served
            .request("/translate")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body.replace("\n", "\r\n")))
            .build());
  }

  private static String part(String disposition, String text) {
    return "--b1\nContent-Disposition: form-data; " + disposition + "\n\n" + text + "\n";
  }

  /** As {@code curl -F} and a page's FormData ask. */
  @Test
  void aFormInPartsIsReadAsWell() throws IOException {
    String fields =
        part("name=\"q\"", "äb\ncd")
            + part("name=\"source\"", "en")
            + part("name=\"target\"", "de")
            + part("name=\"api_key\"", TOKEN);
    HttpResponse<String> answer = parts("multipart/form-data; boundary=b1", fields + "--b1--\n");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (Translator model = Translator.load(run)) {
      assertThat(json(answer).get("translatedText").asText())
          .isEqualTo(model.translate("äb").text() + "\n" + model.translate("cd").text());
    }
  }

  @Test
  void aFormInPartsThatIsBrokenIsRefused() throws IOException {
    String text = part("name=\"q\"", "ab");
    String file = part("name=\"q\"; filename=\"a.txt\"", "ab") + "--b1--\n";
    for (List<String> wrong :
        List.of(
            List.of("multipart/form-data", text, "expected a boundary in the Content-Type"),
            List.of(
                "multipart/form-data; boundary=b1", text, "the body is not multipart/form-data"),
            List.of(
                "multipart/form-data; boundary=b1", file, "expected texts, got the file a.txt"))) {
      HttpResponse<String> answer = parts(wrong.get(0), wrong.get(1));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
      assertThat(json(answer).get("error").asText()).startsWith(wrong.get(2));
    }
  }

  @Test
  void languagesAreNotDetected() throws IOException {
    HttpResponse<String> answer = served.post("/detect", "{\"q\": \"ab\"}");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("error").asText())
        .isEqualTo("languages are not detected here; source expects a code from /languages");
  }

  /** Nothing is detected, so the source has to be the only one. */
  @Test
  void automaticIsTheOnlySourceOfATarget() throws IOException {
    JsonNode answer = json(ask("'q': 'ab', 'source': 'auto', 'target': 'de'"));
    assertThat(answer.at("/detectedLanguage/language").asText()).isEqualTo("en");
    HttpResponse<String> refused = ask("'q': 'ab', 'source': 'auto', 'target': 'pt_BR'");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("error").asText())
        .isEqualTo("source: the language is not detected here; expected one of [en, fr]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'source': 'en', 'target': 'de' | 400 | q: expected a text or a list of texts, got nothing",
        "'q': 1, 'source': 'en', 'target': 'de' | 400 | q: expected a text or a list of texts, got 1",
        "'q': 'a', 'source': 'en' | 400 | target: expected the code of a language, got nothing",
        "'q': 'a', 'source': 'de', 'target': 'en' | 400 | there is no model from de to en; /languages has the languages",
        "'q': 'a', 'source': 'en', 'target': 'de', 'format': 'html' | 400 | format: expected text, got html",
        "'q': 'a', 'source': 'en', 'target': 'de', 'alternatives': 9 | 422 | search: expected at most 8 hypotheses for a text, got 10",
      })
  void whatIsWrongIsSaidInItsForm(String fields, int status, String message) throws IOException {
    HttpResponse<String> answer = ask(fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("error").asText()).isEqualTo(message);
  }

  @Test
  void theKeyIsTheTokenOfTheServer() throws IOException {
    String body = "{\"q\": \"a\", \"source\": \"en\", \"target\": \"de\", \"api_key\": \"%s\"}";
    assertThat(served.post("/translate", body.formatted("wrong")).statusCode()).isEqualTo(403);
    assertThat(served.post("/translate", body.formatted(TOKEN)).statusCode()).isEqualTo(200);
    for (String key : List.of("Bearer " + TOKEN, "Bearer no")) {
      assertThat(
              served
                  .send(
                      served
                          .request("/translate")
                          .headers("Content-Type", "application/json", "Authorization", key)
                          .POST(HttpRequest.BodyPublishers.ofString(body.formatted("")))
                          .build())
                  .statusCode())
          .isEqualTo(key.endsWith(TOKEN) ? 200 : 403);
    }
  }
}

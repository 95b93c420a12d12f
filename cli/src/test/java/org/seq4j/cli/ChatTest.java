package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.json;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.runtime.translate.Translator;

/** A model of dialogues: its replies on the command line and over HTTP, its baseline and metric. */
@Timeout(300)
final class ChatTest {
  private static final String CONFIG =
      """
      name: talk
      data:
        train: {file: talk.tsv, source: [1, 2], separator: ' <actions> ', target: 3}
        dev: {file: talk.tsv, source: [1, 2], separator: ' <actions> ', target: 3}
        test: {file: talk.tsv, source: [1, 2], separator: ' <actions> ', target: 3}
      source:
        history: {separator: ' <turn> ', turns: 3, column_separator: ' <actions> '}
      model:
        embedding: {source: 4, target: 4}
        encoder: {type: rnn, cell: gru, units: 8}
        decoder: {type: rnn, cell: gru, units: 8, attention: luong}
      training: {batch: {size: 4}, max_steps: 2}
      search: {type: greedy, length: {max: 4}}
      evaluation: {metrics: [slot-error]}
      """;

  @TempDir static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    run = folder.resolve("run");
    Files.writeString(
        folder.resolve("talk.tsv"),
        """
        1_1\tFood!\tREQUEST city\tWhere do you want to eat?
        1_1\tFood! <turn> Where do you want to eat? <turn> Bath\tOFFER name = Lion ; OFFER city = Bath\tThe Lion in Bath.
        1_1\tBath <turn> The Lion in Bath. <turn> Has it a garden?\tINFORM garden = False\tNo, it has none.
        1_2\tA pub in York\tOFFER name = Bear ; OFFER city = York\tThe Bear in York.
        """);
    Path config = Files.writeString(folder.resolve("talk.yaml"), CONFIG);
    CommandRun trained = CommandRun.of("train", config, "--run", run);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  private static List<String> replies(String... sources) {
    try (Translator model = Translator.load(run)) {
      List<String> replies = new ArrayList<>();
      model.translate(List.of(sources)).forEach(it -> replies.add(it.best().text()));
      return replies;
    }
  }

  @Test
  void aReplyIsThatToTheLastTurnsAndTheColumns() {
    String first = replies("Food! <actions> REQUEST city").get(0);
    String second = replies("Food! <turn> " + first + " <turn> Bath").get(0);
    String third =
        replies("Bath <turn> " + second + " <turn> Thanks <actions> GOODBYE <actions> x").get(0);
    CommandRun chat =
        CommandRun.withInput("Food!\tREQUEST city\nBath\nThanks\tGOODBYE\tx\n", "chat", run);
    assertThat(chat.out()).isEqualTo(first + "\n" + second + "\n" + third + "\n");
    assertThat(chat.err()).isEmpty(); // stdin is no terminal: no prompt
    assertThat(chat.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"''", "' '", "/reset"})
  void aDialogueCanBeginAnew(String line) {
    String reply = replies("Food!").get(0);
    CommandRun chat = CommandRun.withInput("Food!\n" + line + "\nFood!\n", "chat", run);
    assertThat(chat.out()).isEqualTo(reply + "\n\n" + reply + "\n");
    assertThat(chat.status()).isZero();
  }

  @Test
  void aLineThatIsNotTextIsReportedAndForgotten() {
    byte[] lines = "Food!\nX\nFood!\n".getBytes(StandardCharsets.UTF_8);
    lines[6] = (byte) 0xff;
    String first = replies("Food!").get(0);
    String second = replies("Food! <turn> " + first + " <turn> Food!").get(0);
    CommandRun chat = CommandRun.withInput(lines, "chat", run);
    assertThat(chat.out()).isEqualTo(first + "\n\n" + second + "\n");
    assertThat(chat.err()).startsWith("seq4j: stdin, line 2, byte 1").hasLineCount(1);
    assertThat(chat.status()).isEqualTo(1);
  }

  @Test
  void columnsOfAModelWithoutThemAreReported() throws IOException {
    Path other = copyWithout("\n *column_separator: [^\n]*", "plain");
    CommandRun chat = CommandRun.withInput("Food!\tREQUEST city\nFood!\n", "chat", other);
    assertThat(chat.err())
        .isEqualTo(
            "seq4j: stdin, line 1: after a tab, there are further columns, but this model's sources consist of turns alone (source.history.column_separator)\n");
    assertThat(chat.out()).isEqualTo("\n" + replies("Food!").get(0) + "\n");
  }

  @Test
  void aModelWithoutAHistoryIsToldWhatToAdd() throws IOException {
    Path other = copyWithout("\n  history:\n(    [^\n]*\n)+", "no");
    CommandRun chat = CommandRun.withInput("Food!\n", "chat", other);
    assertThat(chat.status()).isEqualTo(1);
    assertThat(chat.err())
        .isEqualTo(
            "seq4j: %s: its config does not tell how the turns of a dialogue are joined: add the key history to the section source of %s as in the training data, for example history: {separator: ' <turn> ', turns: 3}\n"
                .formatted(other, other.resolve("config.yaml")));
    try (ServedModels served = served(other)) {
      HttpResponse<String> refused =
          served.post("/v1/generate", "{\"text\": \"Food!\", \"history\": []}");
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(json(refused).at("/error/message").asText())
          .startsWith("history: the config of this model has no source.history");
    }
  }

  private static ServedModels served(Path run) throws IOException {
    return new ServedModels(
        ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run);
  }

  /** Copies the run, without a part of its config. */
  private static Path copyWithout(String pattern, String name) throws IOException {
    Path copy = folder.resolve(name);
    CommandRun exported = CommandRun.of("export", run, "--format", "run", "--output", copy);
    assertThat(exported.status()).as(exported.err()).isZero();
    String config = Files.readString(copy.resolve("config.yaml"));
    String shorter = config.replaceFirst(pattern, "\n");
    assertThat(shorter).as(config).isNotEqualTo(config);
    Files.writeString(copy.resolve("config.yaml"), shorter);
    return copy;
  }

  @Test
  void theServerJoinsTheHistoryThatTheClientKeeps() throws IOException {
    List<String> expected =
        replies(
            "Where? <turn> Here. <turn> Thanks <actions> GOODBYE",
            "Thanks",
            "a <turn> b <turn> c\tINFORM x = y");
    try (ServedModels served = served(run)) {
      for (String path : List.of("/v1/generate", "/v1/translate")) {
        assertThat(
                text(
                    served.post(
                        path,
                        "{\"text\": \"Thanks\\tGOODBYE\", \"history\": [\"Hi\", \"Where?\", \"Here.\"]}")))
            .isEqualTo(expected.get(0));
      }
      assertThat(text(served.post("/v1/generate", "{\"text\": \"Thanks\", \"history\": []}")))
          .isEqualTo(expected.get(1));
      // without the key, a text is a whole source
      assertThat(
              text(
                  served.post(
                      "/v1/generate", "{\"text\": \"a <turn> b <turn> c\\tINFORM x = y\"}")))
          .isEqualTo(expected.get(2));
    }
  }

  private static String text(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer).at("/translations/0/hypotheses/0/text").asText();
  }

  @Test
  void theServersLimitsAreThoseOfTheHistoryToo() throws IOException {
    try (ServedModels served = served(run)) {
      refused(served, 400, "history: requires text", "{\"texts\": [\"a\"], \"history\": []}");
      refused(
          served,
          400,
          "history[0]: expected a text, got null",
          "{\"text\": \"a\", \"history\": [null]}");
      String many = "[" + "\"a\", ".repeat(40) + "\"a\"]"; // more than --max-texts
      refused(
          served, 422, "history: expected at most", "{\"text\": \"a\", \"history\": " + many + "}");
      String half = "b".repeat(150); // two are more than --max-text
      refused(
          served,
          422,
          "text, with its history: expected at most 200 characters, got 308",
          "{\"text\": \"%s\", \"history\": [\"%s\"]}".formatted(half, half));
    }
  }

  private static void refused(ServedModels served, int status, String message, String body)
      throws IOException {
    HttpResponse<String> answer = served.post("/v1/generate", body);
    assertThat(json(answer).at("/error/message").asText()).startsWith(message);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  @Test
  void theTemplateIsABaselineAndTheSlotErrorItsMeasure() {
    CommandRun evaluation = CommandRun.of("evaluate", run, "--baseline", "template,copy");
    assertThat(evaluation.status()).as(evaluation.err()).isZero();
    assertThat(evaluation.out()).containsPattern("\ntemplate +0.00 %\n");
  }

  @Test
  void columnsJoinedByASpaceHaveNoActions() throws IOException {
    Path other = folder.resolve("spaces");
    Path config =
        Files.writeString(
            folder.resolve("spaces.yaml"),
            CONFIG
                .replace("separator: ' <actions> ', target", "target")
                .replace(", column_separator: ' <actions> '", ", column_separator: ' '"));
    assertThat(CommandRun.of("train", config, "--run", other).status()).isZero();
    CommandRun refused = CommandRun.of("evaluate", other, "--baseline", "template");
    assertThat(refused.err())
        .isEqualTo(
            "seq4j: the baseline template needs to know where the actions in a source begin, but data.train joins columns with ' ': expected one separator that does not occur in other texts, such as data.train.separator: ' <actions> '\n");
    assertThat(refused.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "column_separator: ' <actions> ' # column_separator: ' <act> ' # source.history.column_separator: data.train joins columns with ' <actions> ', so expected the same text",
        "history: # type: vectors, depth: 2, history: # history is for dialogues of text: remove it, or type: vectors",
        "turns: 3 # turns: 0 # source.history.turns: expected",
        "' <turn> ' # '' # history: expected texts as separators, such as ' <turn> ', got an empty one",
        "model: # target: {history: {separator: ' <turn> '}}~model: # target.history: only a source has a history of turns. Write it under source",
        "model: # target: {on_too_long: cut}~model: # target.on_too_long: only a source can be cut",
      },
      quoteCharacter = '\u0001')
  void aConfigThatCannotBeMeantIsRefused(String part, String other, String message)
      throws IOException {
    String text =
        CONFIG
            .replace("source:\n  history: {", "source: {history: {")
            .replace(" '}\nmodel", " '}}\nmodel");
    assertThat(text).contains(part);
    Path config =
        Files.writeString(folder.resolve("bad.yaml"), text.replace(part, other.replace('~', '\n')));
    CommandRun check = CommandRun.of("check", config);
    assertThat(check.err()).contains(message);
    assertThat(check.status()).isEqualTo(3);
  }
}

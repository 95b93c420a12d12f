package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/** The server's page in a browser, used with the keyboard alone. */
@Timeout(300)
final class ServedPageTest {
  private static final String FOCUSED = "document.activeElement";
  private static final String WORDS = "document.querySelectorAll('.words')";

  @TempDir static Path folder;
  private static Path run;
  private static ServedModels served;

  @BeforeAll
  static void start() throws Exception {
    run = folder.resolve("toy");
    CommandRun.of(
        "train", ToyConfig.write(folder), "--run", run, "--set", "training.max_steps=300");
    served =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void itIsUsedWithTheKeyboard() throws Exception {
    Translation expected;
    try (Translator model = Translator.load(run)) {
      expected = model.translate(List.of("abcd"), SearchConfig.beam(5).withNBest(5), true).get(0);
    }
    try (Browser page = Browser.open(folder, served.at("/"))) {
      page.waitUntil("document.querySelectorAll('#model option').length === 1");
      assertThat(text(page, FOCUSED + ".id")).isEqualTo("text");
      page.type("abcd");
      page.waitUntil("document.querySelectorAll('#answer ol button').length === 5");
      for (int rank = 0; rank < 5; rank++) {
        String button =
            String.format(Locale.ROOT, "document.querySelectorAll('#answer ol button')[%d]", rank);
        page.tab();
        assertThat(page.evaluate(FOCUSED + " === " + button).asBoolean()).isTrue();
        assertThat(text(page, button + ".querySelector('.text').textContent"))
            .isEqualTo(shown(expected.candidates().get(rank).text()));
      }
      page.shiftTab();
      page.enter(); // the fourth answer
      assertThat(text(page, FOCUSED + ".getAttribute('aria-pressed')")).isEqualTo("true");
      assertThat(expected.candidates().get(3).tokens()).hasSizeGreaterThan(1);
      attention(page, expected.candidates().get(3));
      tree(page, expected);
    }
  }

  /** Each token that the focus comes to shades what it looks at, or what looks at it. */
  private static void attention(Browser page, Translation.Candidate chosen) {
    page.tab(); // the fifth answer; then the tokens of the fourth
    for (int row = 0; row < chosen.tokens().size(); row++) {
      page.tab();
      assertThat(text(page, FOCUSED + ".textContent")).isEqualTo(chosen.tokenTexts().get(row));
      assertThat(text(page, FOCUSED + ".getAttribute('aria-pressed')")).isEqualTo("true");
      for (int i = 0; i < 4; i++) {
        assertThat(percent(page, 1, i)).isCloseTo(100 * chosen.attention()[row][i], within(0.51));
      }
    }
    page.tab();
    page.tab(); // the second of the text's
    assertThat(text(page, FOCUSED + ".textContent")).isEqualTo("b");
    for (int row = 0; row < chosen.tokens().size(); row++) {
      assertThat(percent(page, 0, row)).isCloseTo(100 * chosen.attention()[row][1], within(0.51));
    }
    page.tab();
    page.tab();
  }

  private static double percent(Browser page, int line, int word) {
    String title =
        text(
            page,
            WORDS
                + String.format(
                    Locale.ROOT, "[%d].querySelectorAll('button')[%d].title", line, word));
    assertThat(title).endsWith(" %");
    return Double.parseDouble(title.replace(" %", ""));
  }

  /** The top line of the tree is the best answer; the tree can be scrolled with the keyboard. */
  private static void tree(Browser page, Translation expected) {
    page.tab();
    assertThat(text(page, FOCUSED + ".getAttribute('aria-label')")).isEqualTo("Beam");
    JsonNode best =
        page.evaluate(
            "[...document.querySelectorAll('.tree g.best text')]"
                + ".sort((a, b) => a.getAttribute('x') - b.getAttribute('x'))"
                + ".map(text => text.firstChild.textContent)");
    List<String> tokens = expected.best().tokenTexts();
    assertThat(best).hasSize(tokens.size() + 1);
    for (int i = 0; i < tokens.size(); i++) {
      assertThat(best.get(i).asText()).isEqualTo(tokens.get(i));
    }
    assertThat(best.get(tokens.size()).asText()).startsWith("■ 1. ");
    assertThat(page.evaluate("document.querySelectorAll('.tree g').length").asInt())
        .isGreaterThan(5 * tokens.size());
  }

  @Test
  void nothingIsWiderThanTheScreenAndProblemsAreSaid() throws Exception {
    try (Browser page = Browser.open(folder, served.at("/#" + "abcd".repeat(5)))) {
      page.waitUntil("document.querySelectorAll('.tree').length === 1");
      for (int width : new int[] {1000, 390}) {
        page.resize(width, 800);
        page.waitUntil("innerWidth === " + width);
        assertThat(page.evaluate("document.scrollingElement.scrollWidth").asInt())
            .isLessThanOrEqualTo(width);
      }
      page.type("x".repeat(200)); // more than the server takes
      page.waitUntil("document.getElementById('problem').textContent.length > 0");
      assertThat(text(page, "document.getElementById('problem').textContent"))
          .isEqualTo("text: expected at most 200 characters, got 220");
    }
  }

  /** A user without a token, or with a wrong one, is told so and asked again. */
  @Test
  void aTokenIsAskedForInWords() throws Exception {
    try (ServedModels guarded =
            new ServedModels(
                ServedModels.options(50, Duration.ofSeconds(20), Optional.of("opensesame")), run);
        Browser page = Browser.open(folder, guarded.at("/"))) {
      String problem = "document.getElementById('problem').textContent";
      page.waitUntil(problem + ".length > 0");
      assertThat(text(page, problem))
          .isEqualTo(
              "This server requires an access token. Enter the one that you got from its operator.");
      assertThat(text(page, FOCUSED + ".id")).isEqualTo("token");
      page.type("wrong");
      page.enter();
      page.waitUntil(problem + ".includes('does not accept')");
      assertThat(text(page, FOCUSED + ".id")).isEqualTo("token");
      page.type("opensesame"); // in place of the wrong one, which is selected
      page.enter();
      page.waitUntil("document.querySelectorAll('#model option').length === 1");
      assertThat(text(page, problem)).isEmpty();
    }
  }

  private static String shown(String text) {
    return text.isEmpty() ? "(empty)" : text;
  }

  private static String text(Browser page, String expression) {
    return page.evaluate(expression).asText();
  }
}

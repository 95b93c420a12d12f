package org.seq4j.runtime.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.Ending;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.VocabularyConfig;

@Timeout(120)
class TranslatorTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void writeRun() throws IOException {
    run = folder.resolve("run");
    TinyRun.write(run);
  }

  @Test
  void searchesAsTheRunIsConfigured() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      assertThat(translator.search().type()).isEqualTo(SearchConfig.Type.GREEDY);
      List<Translation> configured = translator.translate(List.of("ab", ""));
      assertThat(configured).hasSize(2).allMatch(t -> t.candidates().size() == 1);
      assertThat(configured.get(0).best().tokenTexts()).hasSizeLessThanOrEqualTo(4);
      assertThat(translator.translate(List.of("ab"), translator.search().withSize(3).withNBest(3)))
          .allMatch(t -> t.candidates().size() == 3);
    }
  }

  @Test
  void aRunOfBeforeSomeKeysWereMovedIsReadAsItWas() throws IOException {
    Path config = run.resolve("config.yaml");
    String written = Files.readString(config);
    assertThat(written).contains("length: {max: 4}");
    Files.writeString(config, written.replace("length: {max: 4}", "max_length: 4"));
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      assertThat(translator.search())
          .isEqualTo(SearchConfig.greedy().with(Map.of("size", 5, "length", Map.of("max", 4))));
    }
    assertThatThrownBy(
            () ->
                LoadedRun.readConfig(
                    new RunDirectory(run), TinyRun.REGISTRY, List.of("search.max_length=5")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("search.max_length: this key is now search.length.max");
  }

  @Test
  void saysThatASourceWasCut() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      List<Translation> translations = translator.translate(List.of("abca", "abc", ""));
      assertThat(translations).extracting(Translation::cut).containsExactly(true, false, false);
      assertThat(translations.get(0).sourceTokenTexts()).containsExactly("a", "b", "c");
    }
  }

  @Test
  void scoresATargetForEachSourceOnly() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      assertThat(DoubleStream.of(translator.score(List.of("a", "b"), List.of("x", "yx"))))
          .hasSize(2)
          .allMatch(score -> score < 0);
      assertThatThrownBy(() -> translator.score(List.of("a"), List.of("x", "y")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("expected one target to score for each source, got 1 sources and 2 targets");
    }
  }

  @Test
  void tokensAreFoundInTheTextsTheyCameFromAndWentInto() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig search = translator.search().with("rules.prefix", "xy");
      Translation translation = translator.translate(List.of("cab"), search, true).get(0);
      assertThat(translation.sourceTokens())
          .containsExactly(new Token("c", 0, 1), new Token("a", 1, 2), new Token("b", 2, 3));
      assertThat(translation.text()).startsWith("xy");
      for (Token token : translation.best().tokens()) {
        assertThat(translation.text().substring(token.start(), token.end()))
            .isEqualTo(token.text());
      }
    }
  }

  @Test
  void whoLooksOnMayStopIt() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig search = translator.search().with("length.min", 4);
      List<String> seen = new ArrayList<>();
      Translation stopped =
          translator.translate(
              "abc",
              search,
              soFar -> {
                seen.add(soFar);
                return soFar.length() < 2;
              });
      assertThat(seen).hasSize(2);
      assertThat(stopped.text()).isEqualTo(seen.get(1)).hasSize(2);
      assertThat(stopped.best().ending()).isEqualTo(Ending.STOPPED);
      assertThat(translator.translate(List.of("abc"), search).get(0).text())
          .startsWith(seen.get(1));
    }
  }

  @Test
  void textsOfDifferentSearchesGoTogether() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig plain = SearchConfig.beam(3).with("length.max", 4);
      List<TranslationRequest> requests =
          List.of(
              new TranslationRequest("ab", plain, false),
              new TranslationRequest("cb", plain.with("rules.prefix", "y"), false),
              new TranslationRequest("", plain, false),
              new TranslationRequest("bb", SearchConfig.greedy(), false),
              new TranslationRequest("ba", plain.with("rules.forbidden", List.of("x")), false));
      List<Translation> together = translator.translateAll(requests);
      for (int i = 0; i < requests.size(); i++) {
        assertThat(together.get(i))
            .usingRecursiveComparison()
            .isEqualTo(translator.translate(requests.get(i)));
      }
      assertThat(together.get(1).text()).startsWith("y");
      assertThat(together.get(4).text()).doesNotContain("x");
      assertThat(translator.batches().texts()).isEqualTo(10);
    }
  }

  @Test
  void textsThatTheModelNeverSaysAreRefused() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig search = translator.search().with("rules.required", List.of("xz"));
      assertThatThrownBy(() -> translator.translate(List.of("a"), search))
          .isInstanceOf(RequestException.class)
          .hasMessage("search: 'xz' contains the token 'z', which the model cannot generate");
    }
  }

  @Test
  void textsThatAPatternFindsInASourceAreRequiredIfTheModelCanSayThem() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig plain = SearchConfig.beam(3).with("length.max", 4);
      SearchConfig values = plain.with("rules.required_from_source", "=([a-z]+)");
      List<String> sources = List.of("abc", "=yx", "=xz");
      List<Translation> free = translator.translate(sources, plain);
      List<Translation> found = translator.translate(sources, values);
      assertThat(free.get(1).text()).doesNotContain("yx");
      assertThat(found.get(1).text()).contains("yx");
      assertThat(found.get(0).text()).isEqualTo(free.get(0).text()); // names no value
      assertThat(found.get(2).text()).isEqualTo(free.get(2).text()); // there is no z
    }
  }

  @Test
  void requiredAndForbiddenTextsMayHaveAnyCase() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      SearchConfig plain = SearchConfig.beam(3).with("length.max", 4);
      SearchConfig required = plain.with("rules.required", List.of("YX"));
      assertThatThrownBy(() -> translator.translate(List.of("abc"), required))
          .hasMessage("search: 'YX' contains the token 'Y', which the model cannot generate");
      assertThat(translator.translate(List.of("abc"), required.with("rules.ignore_case", true)))
          .allMatch(it -> it.text().contains("yx"));
      SearchConfig forbidden =
          plain.with("rules.required", List.of("yx")).with("rules.forbidden", List.of("YX"));
      assertThat(translator.translate(List.of("abc"), forbidden))
          .allMatch(it -> it.text().contains("yx"));
      assertThatThrownBy(
              () -> translator.translate(List.of("abc"), forbidden.with("rules.ignore_case", true)))
          .hasMessageContaining("the required text 'yx' contains the forbidden text 'YX'");
    }
  }

  @Test
  void unknownTokensAreCopiedFromWhereTheModelLooked() {
    TextCodec target =
        new TextCodec(
            new Tokenizer() {
              @Override
              public List<Token> tokenize(String text) {
                return List.of();
              }

              @Override
              public String detokenize(List<String> tokens) {
                return String.join(" ", tokens);
              }
            },
            CountedVocabulary.counting().add(List.of("x")).build(VocabularyConfig.ALL),
            9);
    Hypothesis hypothesis =
        new Hypothesis(
            List.of(target.vocabulary().id("x"), Vocabulary.UNKNOWN, Vocabulary.UNKNOWN),
            -1,
            -1,
            Ending.END,
            new float[][] {{1, 0, 0, 0}, {0.1f, 0.2f, 0.7f, 0}, {0.6f, 0.4f, 0, 0}});
    HypothesisDecoder answers = new HypothesisDecoder(target, Map.of("Zoo", "zoo"));
    List<String> source = List.of("Zoo", "a", "Bern");
    assertThat(answers.of(hypothesis, source, SearchConfig.Unknown.COPY, false).text())
        .isEqualTo("x Bern zoo");
    assertThat(answers.of(hypothesis, source, SearchConfig.Unknown.KEEP, false).text())
        .isEqualTo("x <unk> <unk>");
  }

  @Test
  void aModelThatCannotBeBuiltIsSaidWithItsRun() throws IOException {
    Path config = run.resolve("config.yaml");
    Files.writeString(
        config, Files.readString(config).replace("embedding: {", "embedding: {tie: all, "));
    assertThatThrownBy(() -> Translator.load(run, TinyRun.REGISTRY))
        .isInstanceOf(RunException.class)
        .hasMessage(
            "the model of "
                + run
                + " cannot be built: tie: all needs one vocabulary for both sides, but they have 7"
                + " and 6 tokens");
  }
}

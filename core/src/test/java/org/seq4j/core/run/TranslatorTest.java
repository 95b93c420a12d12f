package org.seq4j.core.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.search.SearchConfig;

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
      assertThat(configured.get(0).best().symbols()).hasSizeLessThanOrEqualTo(4);
      assertThat(translator.translate(List.of("ab"), translator.search().withSize(3).withNBest(3)))
          .allMatch(t -> t.candidates().size() == 3);
    }
  }

  @Test
  void saysThatASourceWasCut() {
    try (Translator translator = Translator.load(run, TinyRun.REGISTRY)) {
      List<Translation> translations = translator.translate(List.of("abca", "abc", ""));
      assertThat(translations).extracting(Translation::cut).containsExactly(true, false, false);
      assertThat(translations.get(0).sourceSymbols()).containsExactly("a", "b", "c");
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
          .hasMessage(
              "each source takes one target to score, but there are 1 sources and 2 targets");
    }
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
                + " and 6 symbols");
  }
}

package org.seq4j.tokenizers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.testkit.SharedFolder;

/** Beside what the scripts of Moses print. */
class MosesReferenceTest {
  private static final String FILES =
      """
      nc.en, en
      nc.fr, fr
      newstest2017.de, de
      tricky.en, en
      """;

  private static List<String> lines(String name) throws IOException {
    return SharedFolder.lines("vectors/moses/" + name);
  }

  private static MosesTokenizer word(String language, boolean aggressive, boolean escape) {
    return new MosesTokenizer(
        new MosesTokenizer.Config(language, aggressive, escape, Optional.empty()));
  }

  private static List<String> encoded(Tokenizer tokenizer, List<String> lines) {
    return lines.stream().map(line -> String.join(" ", tokenizer.tokens(line))).toList();
  }

  private static List<String> words(String line) {
    return List.of(line.split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void tokenizes(String file, String language) throws IOException {
    assertThat(encoded(word(language, false, true), lines(file)))
        .containsExactlyElementsOf(lines(file + ".tok"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void tokenizesWithoutEscapes(String file, String language) throws IOException {
    assertThat(encoded(word(language, false, false), lines(file)))
        .containsExactlyElementsOf(lines(file + ".tok.noescape"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void splitsHyphens(String file, String language) throws IOException {
    assertThat(encoded(word(language, true, true), lines(file)))
        .containsExactlyElementsOf(lines(file + ".tok.aggressive"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void detokenizes(String file, String language) throws IOException {
    MosesTokenizer word = word(language, false, true);
    assertThat(lines(file + ".tok").stream().map(line -> word.detokenize(words(line))))
        .containsExactlyElementsOf(lines(file + ".tok.detok"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void normalizesPunctuation(String file, String language) throws IOException {
    NormalizingTokenizer normalize =
        new NormalizingTokenizer(new NormalizingTokenizer.Config(language));
    assertThat(lines(file).stream().map(normalize::normalize))
        .containsExactlyElementsOf(lines(file + ".normpunct"));
  }

  @ParameterizedTest
  @CsvSource(textBlock = FILES)
  void writesInLowerCase(String file, String language) throws IOException {
    assertThat(lines(file).stream().map(LowercaseTokenizer::of))
        .as(language)
        .containsExactlyElementsOf(lines(file + ".lc"));
  }

  @ParameterizedTest
  @CsvSource("nc.en")
  void truecases(String file) throws IOException {
    Path model = SharedFolder.file("vectors/moses/" + file + ".truecase-model");
    TruecaseTokenizer truecase = new TruecaseTokenizer(new TruecaseTokenizer.Config(model));
    assertThat(encoded(truecase, lines(file + ".tok")))
        .containsExactlyElementsOf(lines(file + ".tok.truecased"));
  }
}

package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.testkit.SharedFolder;

/** Beside subword-nmt. */
class BpeReferenceTest {
  private static final String VECTORS = "vectors/subword-nmt/";
  private static final String MULTI30K = "data/mt/multi30k/";

  private static String learned(List<String> lines, int merges, int minFrequency)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new BpeTrainer(new BpeTrainer.Config(merges, minFrequency)).train(lines.iterator(), out);
    return out.toString(UTF_8);
  }

  private static List<String> encoded(Path codes, List<String> lines) {
    BpeTokenizer bpe =
        new BpeTokenizer(
            new BpeTokenizer.Config(
                codes, Optional.empty(), "@@", Optional.empty(), 1, 0, List.of()));
    return lines.stream().map(line -> String.join(" ", bpe.tokens(line))).toList();
  }

  @Test
  void learnsTheSameMerges() throws IOException {
    assertThat(learned(SharedFolder.lines(VECTORS + "corpus.en"), 1000, 2))
        .isEqualTo(SharedFolder.text(VECTORS + "bpe.ref"));
  }

  @Test
  void learnsTheSame500Merges() throws IOException {
    assertThat(learned(SharedFolder.lines(VECTORS + "corpus.en"), 500, 2))
        .isEqualTo(SharedFolder.text(VECTORS + "bpe.500.codes"));
  }

  @Test
  void cutsTheSame() throws IOException {
    assertThat(
            encoded(
                SharedFolder.file(VECTORS + "bpe.ref"), SharedFolder.lines(VECTORS + "corpus.en")))
        .containsExactlyElementsOf(SharedFolder.lines(VECTORS + "corpus.bpe.ref.en"));
  }

  @Test
  void learnsTheSameMergesOfTwoLanguages() throws IOException {
    List<String> lines = new ArrayList<>(SharedFolder.lines(MULTI30K + "train.lc.norm.tok.en.gz"));
    lines.addAll(SharedFolder.lines(MULTI30K + "train.lc.norm.tok.de.gz"));
    assertThat(learned(lines, 10000, 2))
        .isEqualTo(SharedFolder.text(MULTI30K + "revisit-mmt-bpe/en-de.code"));
  }

  @Test
  void cutsTwoLanguagesTheSame() throws IOException {
    for (String language : List.of("en", "de")) {
      assertThat(
              encoded(
                  SharedFolder.file(MULTI30K + "revisit-mmt-bpe/en-de.code"),
                  SharedFolder.lines(MULTI30K + "val.lc.norm.tok." + language + ".gz")))
          .containsExactlyElementsOf(
              SharedFolder.lines(MULTI30K + "revisit-mmt-bpe/valid." + language + ".gz"));
    }
  }
}

package org.seq4j.trainer.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.data.Alignment;
import org.seq4j.core.data.Example;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig.OnTooLong;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.FilterConfig;

class PairEncoderTest {
  private static final List<Example> EXAMPLES =
      List.of(
          new Example("ab", List.of("c", "cc")),
          new Example("abcd", List.of("a")),
          new Example("a", List.of("abcde")),
          new Example("", List.of("a")));

  private static final CountedVocabulary VOCABULARY =
      CountedVocabulary.counting()
          .add(List.of("a", "b", "c", "d", "e"))
          .build(VocabularyConfig.ALL);

  private final PairEncoder encoder =
      new PairEncoder(
          new TextCodec(new Letters(), VOCABULARY, 3),
          new TextCodec(new Letters(), VOCABULARY, 4),
          false);

  @Test
  void encodesSourceAndFirstTarget() {
    EncodedPair pair = encoder.encode(EXAMPLES).pairs().get(0);
    assertThat(((TokenIds) pair.source()).ids())
        .containsExactly(VOCABULARY.id("a"), VOCABULARY.id("b"));
    assertThat(((TokenIds) pair.target()).ids()).containsExactly(VOCABULARY.id("c"));
  }

  @Test
  void trainingLeavesOutWhatIsTooLongOrEmpty() {
    assertThat(encoder.encode(EXAMPLES).pairs()).hasSize(1);
  }

  @Test
  void countsWhatDoesNotFit() {
    EncodedExamples encoded = encoder.encode(EXAMPLES);
    assertThat(encoded.leftOut().counts())
        .isEqualTo(
            Map.of(
                SkippedExamples.Reason.LONG_SOURCE, 1L,
                SkippedExamples.Reason.LONG_TARGET, 1L,
                SkippedExamples.Reason.EMPTY_SOURCE, 1L));
  }

  @Test
  void aSourceThatIsTooLongIsCutIfTheConfigSaysSo() {
    PairEncoder cutting =
        new PairEncoder(
            new TextCodec(new Letters(), VOCABULARY, 3),
            new TextCodec(new Letters(), VOCABULARY, 4),
            true,
            FilterConfig.NONE,
            OnTooLong.CUT);
    Example aligned =
        new Example("abcd", List.of("dxa"), Optional.of(Alignment.parse("3-0 0-2 2-1")));
    EncodedExamples encoded =
        cutting.encode(List.of(aligned, new Example("a", List.of("abcde")), EXAMPLES.get(0)));
    EncodedPair pair = encoded.pairs().get(0);
    assertThat(pair.source().length()).isEqualTo(3);
    assertThat(pair.alignment()).contains(Alignment.parse("0-2 2-1"));
    assertThat(encoded.leftOut().cut()).isOne();
    assertThat(encoded.leftOut().counts())
        .isEqualTo(Map.of(SkippedExamples.Reason.LONG_TARGET, 1L));
  }

  @Test
  void anAlignmentNamesTokensThatThereAre() {
    Optional<Alignment> fits = Optional.of(Alignment.parse("1-0 0-1"));
    assertThat(encoder.encode(List.of(new Example("ab", List.of("cd"), fits))).pairs())
        .extracting(EncodedPair::alignment)
        .containsExactly(fits);
    Optional<Alignment> beyond = Optional.of(Alignment.parse("1-0 0-2"));
    assertThatThrownBy(() -> encoder.encode(List.of(new Example("ab", List.of("cd"), beyond))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "alignment: the link 0-2 is beyond the 2 and 2 tokens of 'ab' and 'cd'; align the output"
                + " of `seq4j tokenizer encode`");
  }

  @Test
  void vectorsAreReadAndCountedLikeTokens() {
    PairEncoder vectors = new PairEncoder(new FeatureCodec(2, 3), new FeatureCodec(1, 2), false);
    EncodedExamples encoded =
        vectors.encode(
            List.of(
                new Example("1 -2.5; 3e-1 4", List.of("7")),
                new Example("1 1;1 1;1 1;1 1", List.of("7")),
                new Example(" ", List.of("7")),
                new Example("1 1", List.of("1;2;3"))));
    assertThat(encoded.pairs()).hasSize(1);
    assertThat(((FeatureSequence) encoded.pairs().get(0).source()).values())
        .containsExactly(1, -2.5f, 0.3f, 4);
    assertThat(((FeatureSequence) encoded.pairs().get(0).target()).values()).containsExactly(7);
    assertThat(encoded.leftOut().counts())
        .isEqualTo(
            Map.of(
                SkippedExamples.Reason.LONG_SOURCE, 1L,
                SkippedExamples.Reason.LONG_TARGET, 1L,
                SkippedExamples.Reason.EMPTY_SOURCE, 1L));
  }

  /** One token a character. */
  private static final class Letters implements Tokenizer {
    @Override
    public List<Token> tokenize(String text) {
      List<Token> tokens = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        tokens.add(new Token(text.substring(i, i + 1), i, i + 1));
      }
      return tokens;
    }

    @Override
    public String detokenize(List<String> tokens) {
      return String.join("", tokens);
    }
  }
}

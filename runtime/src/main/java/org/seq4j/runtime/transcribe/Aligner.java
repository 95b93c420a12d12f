package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.CtcAlignment;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.translate.Translator;

/**
 * Finds the times of words whose text is known, by forced alignment (see {@link CtcAlignment}). A
 * sound that is longer than the model reads is divided in its pauses; the text is aligned with all
 * of its parts.
 */
public final class Aligner {
  private final FileDivider divider;
  private final CtcTimes ctc;
  private final double perSecond;

  private Aligner(FileDivider divider, CtcTimes ctc, double perSecond) {
    this.divider = divider;
    this.ctc = ctc;
    this.perSecond = perSecond;
  }

  /**
   * Creates an aligner.
   *
   * @throws RequestException if the sources of the model are no sounds, it was not trained with the
   *     objective {@code ctc}, or parts would be longer than it reads
   */
  public static Aligner of(Translator model, Cutting cutting) {
    FileDivider divider = FileDivider.of(model, cutting);
    double perSecond =
        divider
            .positionsPerSecond()
            .orElseThrow(() -> new RequestException("the sources of this model are no sounds"));
    CtcTimes ctc =
        CtcTimes.of(model)
            .orElseThrow(
                () ->
                    new RequestException(
                        "alignment needs a model trained with the objective ctc, whose targets are"
                            + " text and not copied: add {type: ctc, weight: 0.3} to"
                            + " training.objectives"));
    return new Aligner(divider, ctc, perSecond);
  }

  /** The result for a sound and its text. */
  public sealed interface Result {}

  /**
   * An aligned text. Times are in seconds from the beginning of the sound.
   *
   * @param seconds length of the sound
   * @param score natural logarithm of the probability of the alignment, with that of the blanks
   *     between the words
   * @param words the words of the text; a pause that is heard is in none of them
   * @param tokens the tokens of the text, each with the encoder outputs that it was aligned to
   * @param unknownTokens those that are not in the vocabulary of the model
   */
  public record Aligned(
      double seconds,
      double score,
      List<Transcript.Word> words,
      List<Transcript.Word> tokens,
      List<String> unknownTokens)
      implements Result {}

  /**
   * A text that cannot be aligned.
   *
   * @param reason a sentence without a capital and a full stop
   */
  public record Refused(String reason) implements Result {}

  /**
   * Aligns texts.
   *
   * @param files values that the codec of the model has read
   * @param texts a text for each file
   * @return a result for each file, in their order
   * @throws IllegalStateException if the model gives NaN
   */
  public List<Result> align(List<VectorsValue> files, List<String> texts) {
    List<DividedFile> divided = files.stream().map(divider::divide).toList();
    List<List<CtcScorer.Posteriors>> posteriors =
        DividedFile.map(
            divided,
            parts -> ctc.posteriors(parts.stream().map(DividedFile.Part::source).toList()));
    return IntStream.range(0, files.size())
        .mapToObj(i -> align(divided.get(i), posteriors.get(i), texts.get(i)))
        .toList();
  }

  private Result align(DividedFile file, List<CtcScorer.Posteriors> posteriors, String text) {
    TextCodec target = ctc.target();
    List<Token> tokens = target.tokenize(new TextValue(text));
    List<String> names = tokens.stream().map(Token::text).toList();
    Optional<TokenPlaces> found = ctc.places(file.parts(), posteriors, names);
    if (found.isEmpty()) {
      return new Refused(tooFew(file, posteriors, names));
    }
    TokenPlaces places = found.get();
    Range whole = new Range(0, file.file().vectors().length());
    return new WordTimes(file.pauses().orElseThrow(), whole, ctc.model().stride())
        .of(text, tokens, places.ranges())
        .<Result>map(
            words ->
                new Aligned(
                    whole.length() / perSecond,
                    places.ctc().orElseThrow().score(),
                    Transcriber.words(words, places, perSecond),
                    times(tokens, places),
                    names.stream()
                        .filter(name -> target.vocabulary().id(name) == Vocabulary.UNKNOWN)
                        .distinct()
                        .toList()))
        .orElseGet(() -> new Refused("the tokenizer of the model finds no token in a word"));
  }

  private String tooFew(
      DividedFile file, List<CtcScorer.Posteriors> posteriors, List<String> tokens) {
    if (file.parts().isEmpty()) {
      return "nothing can be heard";
    }
    return String.format(
        Locale.ROOT,
        "the text is too long for the sound: CTC needs %d encoder outputs for its %d tokens, one"
            + " for each and one more between equal neighbours, but the sound has %d",
        CtcAlignment.needed(ctc.target().encode(tokens).ids()),
        tokens.size(),
        posteriors.stream().mapToInt(CtcScorer.Posteriors::length).sum());
  }

  private List<Transcript.Word> times(List<Token> tokens, TokenPlaces places) {
    List<Transcript.Word> times = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      Range range = places.ranges().get(i);
      times.add(
          new Transcript.Word(
              tokens.get(i).text(),
              range.start() / perSecond,
              range.end() / perSecond,
              places.score(i, i)));
    }
    return times;
  }
}

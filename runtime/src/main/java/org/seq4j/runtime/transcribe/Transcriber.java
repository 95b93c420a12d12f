package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/**
 * Transcribes files with a model whose sources are files. A sound that is longer than the model
 * reads is divided in its pauses; files without times are truncated.
 */
public final class Transcriber {
  private final FileDivider divider;
  private final Optional<CtcTimes> ctc;
  private final int stride;

  private Transcriber(FileDivider divider, Optional<CtcTimes> ctc, int stride) {
    this.divider = divider;
    this.ctc = ctc;
    this.stride = stride;
  }

  /**
   * Creates a transcriber.
   *
   * @throws RequestException if the sources of the model are not files, or parts would be longer
   *     than it reads
   */
  public static Transcriber of(Translator model, Cutting cutting) {
    return new Transcriber(FileDivider.of(model, cutting), CtcTimes.of(model), model.stride());
  }

  /** The text of a part; it has no words if their times are not known. */
  private record Read(Transcript.Part part, Optional<List<Transcript.Word>> words, boolean cut) {}

  /**
   * Transcribes files.
   *
   * @param files values that the codec of the model has read
   * @param withTimes true if the times of words are wanted: the best texts are then aligned by CTC,
   *     or by the attention weights of the translations
   * @param translate translates sources with the model
   * @return a transcript for each file, in their order
   */
  public List<Transcript> transcribe(
      List<VectorsValue> files,
      boolean withTimes,
      Function<List<ExampleValue>, List<Translation>> translate) {
    List<DividedFile> divided = files.stream().map(divider::divide).toList();
    List<List<Read>> read = DividedFile.map(divided, parts -> read(parts, withTimes, translate));
    return IntStream.range(0, files.size())
        .mapToObj(i -> transcript(divided.get(i), read.get(i)))
        .toList();
  }

  private List<Read> read(
      List<DividedFile.Part> parts,
      boolean withTimes,
      Function<List<ExampleValue>, List<Translation>> translate) {
    List<ExampleValue> sources = parts.stream().map(DividedFile.Part::source).toList();
    List<Translation> translations = translate.apply(sources);
    List<Optional<TokenPlaces>> places =
        withTimes && divider.reader().isPresent()
            ? places(parts, sources, translations)
            : Collections.nCopies(parts.size(), Optional.empty());
    return IntStream.range(0, parts.size())
        .mapToObj(i -> read(parts.get(i), translations.get(i), places.get(i)))
        .toList();
  }

  /** Places the tokens of the best texts: by CTC where that is possible, else by attention. */
  private List<Optional<TokenPlaces>> places(
      List<DividedFile.Part> parts, List<ExampleValue> sources, List<Translation> translations) {
    List<CtcScorer.Posteriors> posteriors = ctc.map(it -> it.posteriors(sources)).orElse(List.of());
    List<Optional<TokenPlaces>> places = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Range range = parts.get(i).range();
      Translation.Candidate best = translations.get(i).best();
      int index = i;
      places.add(
          ctc.flatMap(
                  it ->
                      it.places(List.of(range), List.of(posteriors.get(index)), best.tokenTexts()))
              .or(() -> TokenPlaces.byAttention(best, range, stride)));
    }
    return places;
  }

  private Read read(DividedFile.Part part, Translation translation, Optional<TokenPlaces> places) {
    Translation.Candidate best = translation.best();
    double perSecond = divider.positionsPerSecond().orElse(1.0);
    Optional<WordTimes> times =
        part.file().pauses().map(pauses -> new WordTimes(pauses, part.range(), stride));
    return new Read(
        new Transcript.Part(
            part.range().start() / perSecond,
            part.range().end() / perSecond,
            translation.candidates().stream().map(Transcriber::withoutAttention).toList()),
        places.flatMap(
            found ->
                times
                    .flatMap(it -> it.of(best.text(), best.tokens(), found.ranges()))
                    .map(words -> words(words, found, perSecond))),
        translation.cut());
  }

  /** Returns a candidate without its weights, which would fill the memory for a long sound. */
  private static Translation.Candidate withoutAttention(Translation.Candidate candidate) {
    return new Translation.Candidate(
        candidate.text(),
        candidate.tokens(),
        candidate.score(),
        candidate.rankScore(),
        candidate.ending(),
        new float[0][],
        candidate.vectors(),
        candidate.scores());
  }

  /** Returns placed words with their times in seconds. */
  static List<Transcript.Word> words(
      List<WordTimes.Placed> words, TokenPlaces places, double perSecond) {
    return words.stream()
        .map(
            word ->
                new Transcript.Word(
                    word.text(),
                    word.range().start() / perSecond,
                    word.range().end() / perSecond,
                    places.score(word.first(), word.last())))
        .toList();
  }

  private Transcript transcript(DividedFile file, List<Read> parts) {
    Optional<Double> perSecond = divider.positionsPerSecond();
    boolean timed = perSecond.isPresent() && parts.stream().allMatch(it -> it.words().isPresent());
    return new Transcript(
        parts.stream()
            .map(it -> it.part().text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" ")),
        perSecond.map(it -> file.file().vectors().length() / it),
        timed
            ? Optional.of(parts.stream().flatMap(it -> it.words().orElseThrow().stream()).toList())
            : Optional.empty(),
        parts.stream().map(Read::part).toList(),
        parts.stream().anyMatch(Read::cut),
        file.pauses().flatMap(Transcriber::warning));
  }

  private static Optional<String> warning(Pauses pauses) {
    if (pauses.isSilent()) {
      return Optional.of("nothing can be heard");
    }
    return pauses.isUniform()
        ? Optional.of("everything is equally loud, as noise is; the text may be wrong")
        : Optional.empty();
  }
}

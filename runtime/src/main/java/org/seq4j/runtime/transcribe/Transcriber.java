package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;

/**
 * Transcribes files with a model whose sources are files. A sound that is longer than the model
 * reads is divided in its pauses; files without times are truncated.
 */
public final class Transcriber {
  /** Parts that are translated together: the memory for a long sound does not grow with it. */
  private static final int GROUP = 16;

  private final int readable;
  private final int stride;
  private final Cutting cutting;
  private final Optional<VectorsValue.TimedReader> reader;

  private Transcriber(
      int readable, int stride, Cutting cutting, Optional<VectorsValue.TimedReader> reader) {
    this.readable = readable;
    this.stride = stride;
    this.cutting = cutting;
    this.reader = reader;
  }

  /**
   * Creates a transcriber.
   *
   * @throws RequestException if the sources of the model are not files, or parts would be longer
   *     than it reads
   */
  public static Transcriber of(Translator model, Cutting cutting) {
    if (!(model.source() instanceof FileCodec files)) {
      throw new RequestException("the sources of this model are not files");
    }
    Optional<VectorsValue.TimedReader> timed =
        files.reader() instanceof VectorsValue.TimedReader reader
            ? Optional.of(reader)
            : Optional.empty();
    timed.ifPresent(reader -> cutting.whole(files.maxLength(), reader.positionsPerSecond()));
    return new Transcriber(files.maxLength(), model.stride(), cutting, timed);
  }

  /** A file that has been divided. */
  private record Divided(VectorsValue file, Optional<Pauses> pauses, List<Range> parts) {}

  /** The text of a part; it has no words if attention does not tell their times. */
  private record Read(Transcript.Part part, Optional<List<WordTimes.Placed>> words, boolean cut) {}

  /**
   * Transcribes files.
   *
   * @param files values that the codec of the model has read
   * @param translate translates sources with the model; times of words need attention
   * @return a transcript for each file, in their order
   */
  public List<Transcript> transcribe(
      List<VectorsValue> files, Function<List<ExampleValue>, List<Translation>> translate) {
    List<Divided> divided = files.stream().map(this::divided).toList();
    List<List<Read>> read = new ArrayList<>();
    divided.forEach(file -> read.add(new ArrayList<>()));
    List<int[]> places = new ArrayList<>(); // file and part
    for (int file = 0; file < divided.size(); file++) {
      for (int part = 0; part < divided.get(file).parts().size(); part++) {
        places.add(new int[] {file, part});
      }
    }
    for (int from = 0; from < places.size(); from += GROUP) {
      List<int[]> group = places.subList(from, Math.min(places.size(), from + GROUP));
      List<Translation> translations =
          translate.apply(group.stream().map(at -> source(divided.get(at[0]), at[1])).toList());
      for (int i = 0; i < group.size(); i++) {
        int[] at = group.get(i);
        read.get(at[0]).add(read(divided.get(at[0]), at[1], translations.get(i)));
      }
    }
    List<Transcript> transcripts = new ArrayList<>();
    for (int file = 0; file < divided.size(); file++) {
      transcripts.add(transcript(divided.get(file), read.get(file)));
    }
    return transcripts;
  }

  private Divided divided(VectorsValue file) {
    if (reader.isEmpty()) {
      return new Divided(file, Optional.empty(), List.of(new Range(0, file.vectors().length())));
    }
    FeatureSequence vectors = file.vectors();
    float[] loudness =
        ComponentException.notNull(reader.get(), "loudness", reader.get().loudness(vectors));
    if (loudness.length != vectors.length()) {
      throw new ComponentException.WrongResult(
          reader.get().getClass(),
          reader.get().getClass().getName()
              + ".loudness: expected "
              + vectors.length()
              + " numbers, one for each position, got "
              + loudness.length);
    }
    double perSecond = reader.get().positionsPerSecond();
    Pauses pauses = new Pauses(loudness, perSecond);
    return new Divided(
        file, Optional.of(pauses), SoundParts.of(pauses, cutting, readable, perSecond));
  }

  private static ExampleValue source(Divided file, int part) {
    FeatureSequence all = file.file().vectors();
    Range range = file.parts().get(part);
    return range.length() == all.length()
        ? file.file()
        : new VectorsValue(
            new FeatureSequence(
                all.depth(),
                Arrays.copyOfRange(
                    all.values(), range.start() * all.depth(), range.end() * all.depth())),
            file.file().written());
  }

  private Read read(Divided file, int part, Translation translation) {
    Range range = file.parts().get(part);
    Translation.Candidate best = translation.best();
    double perSecond = reader.map(VectorsValue.TimedReader::positionsPerSecond).orElse(1.0);
    return new Read(
        new Transcript.Part(
            range.start() / perSecond,
            range.end() / perSecond,
            best.text(),
            best.score(),
            best.finished()),
        file.pauses().flatMap(pauses -> new WordTimes(pauses, range, stride).of(best)),
        translation.cut());
  }

  private Transcript transcript(Divided file, List<Read> parts) {
    Optional<Double> perSecond = reader.map(VectorsValue.TimedReader::positionsPerSecond);
    boolean timed = perSecond.isPresent() && parts.stream().allMatch(it -> it.words().isPresent());
    return new Transcript(
        parts.stream()
            .map(it -> it.part().text())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(" ")),
        perSecond.map(it -> file.file().vectors().length() / it),
        timed
            ? Optional.of(
                parts.stream()
                    .flatMap(it -> it.words().orElseThrow().stream())
                    .map(word -> word(word, perSecond.get()))
                    .toList())
            : Optional.empty(),
        parts.stream().map(Read::part).toList(),
        parts.stream().anyMatch(Read::cut),
        file.pauses().flatMap(Transcriber::warning));
  }

  private static Transcript.Word word(WordTimes.Placed word, double perSecond) {
    return new Transcript.Word(
        word.text(), word.range().start() / perSecond, word.range().end() / perSecond);
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

package org.seq4j.runtime.transcribe;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.translate.Translator;

/**
 * Divides sounds that are longer than a model reads, in their pauses.
 *
 * @param readable the maximum number of positions that the model reads
 * @param reader reads sounds; empty if the positions of files are no times
 */
record FileDivider(int readable, Cutting cutting, Optional<VectorsValue.TimedReader> reader) {

  /**
   * Creates a divider for the files that a model reads.
   *
   * @throws RequestException if its sources are not files, or parts would be longer than it reads
   */
  static FileDivider of(Translator model, Cutting cutting) {
    if (!(model.source() instanceof FileCodec files)) {
      throw new RequestException("the sources of this model are not files");
    }
    Optional<VectorsValue.TimedReader> timed =
        files.reader() instanceof VectorsValue.TimedReader reader
            ? Optional.of(reader)
            : Optional.empty();
    timed.ifPresent(reader -> cutting.whole(files.maxLength(), reader.positionsPerSecond()));
    return new FileDivider(files.maxLength(), cutting, timed);
  }

  Optional<Double> positionsPerSecond() {
    return reader.map(VectorsValue.TimedReader::positionsPerSecond);
  }

  DividedFile divide(VectorsValue file) {
    if (reader.isEmpty()) {
      return new DividedFile(
          file, Optional.empty(), List.of(new Range(0, file.vectors().length())));
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
    return new DividedFile(
        file, Optional.of(pauses), SoundParts.of(pauses, cutting, readable, perSecond));
  }
}

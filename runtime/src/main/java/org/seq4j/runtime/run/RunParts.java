package org.seq4j.runtime.run;

import java.io.IOException;
import java.nio.file.Path;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.model.CtcPosteriors;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * The content of a run's folder, before native objects are created from it.
 *
 * @param weights content of the checkpoint
 * @param context context of the run's components
 */
record RunParts(
    TranslationConfig config,
    SafeTensors.Content weights,
    ComponentContext context,
    SequenceCodec source,
    SequenceCodec target) {

  /**
   * Reads the files and verifies their checksums.
   *
   * @throws RunException if a file is damaged
   */
  static RunParts read(RunDirectory directory, Path checkpoint, ComponentRegistry registry) {
    TranslationConfig config = LoadedRun.readConfig(directory, registry);
    SafeTensors.Content weights = SafeTensors.read(checkpoint);
    directory.verify(weights.metadata());
    ComponentContext context = new ComponentContext(directory.path());
    return new RunParts(
        config,
        weights,
        context,
        codec(config.source(), directory.sourceVocabulary(), context),
        codec(config.target(), directory.targetVocabulary(), context));
  }

  /** Creates the model; its ops are not in a graph yet. */
  Seq2SeqModel model() {
    Seq2SeqModel model = new Seq2SeqModel(config.model(), source.space(), target.space(), context);
    // Searches of requests may use CTC, too, so that the config's search does not decide about it.
    return weights.arrays().containsKey(CtcPosteriors.PARAMETER)
        ? model.withCtc(
            config.search().ctc().isAlone()
                ? Seq2SeqModel.CtcUse.ALONE
                : Seq2SeqModel.CtcUse.AVAILABLE)
        : model;
  }

  private static SequenceCodec codec(
      SequenceConfig config, Path vocabulary, ComponentContext context) {
    if (!config.hasVocabulary()) {
      return SequenceCodec.withoutVocabulary(config, context);
    }
    try {
      return new TextCodec(
          config.createTokenizer(context),
          CountedVocabulary.read(vocabulary, config.vocabulary()),
          config.maxPositions());
    } catch (IOException e) {
      throw new RunException(e.getMessage(), e);
    }
  }
}

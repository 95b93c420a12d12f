package org.seq4j.core.run;

import java.io.IOException;
import java.nio.file.Path;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.text.SequenceConfig;
import org.seq4j.core.text.Vocabulary;

/**
 * What is in the folder of a run, before anything native is made of it.
 *
 * @param weights of a checkpoint, which the other files were verified by
 * @param context of its components
 */
record RunParts(
    TranslationConfig config,
    WeightsFile.Content weights,
    ComponentContext context,
    SequenceCodec source,
    SequenceCodec target) {

  /**
   * Reads them.
   *
   * @throws RunException if something is damaged
   */
  static RunParts read(RunDirectory directory, Path checkpoint, ComponentRegistry registry) {
    TranslationConfig config = LoadedRun.readConfig(directory, registry);
    WeightsFile.Content weights = WeightsFile.read(checkpoint);
    directory.verify(weights.metadata());
    ComponentContext context = new ComponentContext(directory.path());
    return new RunParts(
        config,
        weights,
        context,
        codec(config.source(), directory.sourceVocabulary(), context),
        codec(config.target(), directory.targetVocabulary(), context));
  }

  /** The model, whose ops are in no graph yet. */
  Seq2SeqModel model() {
    return new Seq2SeqModel(config.model(), source.space(), target.space(), context);
  }

  private static SequenceCodec codec(
      SequenceConfig config, Path vocabulary, ComponentContext context) {
    if (config.isVectors()) {
      return new FrameCodec(config.depth().orElseThrow(), config.maxLength());
    }
    try {
      return new TextCodec(
          config.createTokenizer(context),
          Vocabulary.read(vocabulary, config.vocabulary()),
          config.maxLength());
    } catch (IOException e) {
      throw new RunException("cannot read " + vocabulary + ": " + AtomicFiles.reason(e), e);
    }
  }
}

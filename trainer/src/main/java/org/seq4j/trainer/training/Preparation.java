package org.seq4j.trainer.training;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.seq4j.core.model.ModelConfig;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.run.TextCodec;
import org.seq4j.core.run.TranslationConfig;
import org.seq4j.core.text.SequenceConfig;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.trainer.data.DataException;
import org.seq4j.trainer.data.Dataset;
import org.seq4j.trainer.data.EncodedExamples;
import org.seq4j.trainer.data.Example;
import org.seq4j.trainer.data.PairEncoder;
import org.seq4j.trainer.data.SequenceEncoder;
import org.seq4j.trainer.data.Splits;
import org.seq4j.trainer.data.SymbolVectors;

/** Reads the data of an experiment, makes its vocabularies, and turns text into ids. */
public final class Preparation {
  private final Dataset dataset;
  private final TranslationConfig config;
  private final ComponentContext context;
  private final Tokenizer source;
  private final Tokenizer target;

  /** For the data and the two sides of an experiment. */
  @Inject
  public Preparation(Dataset dataset, TranslationConfig config, ComponentContext context) {
    this.dataset = dataset;
    this.config = config;
    this.context = context;
    this.source = config.source().tokenizer().create(context);
    this.target = config.target().tokenizer().create(context);
  }

  /**
   * Reads the data and makes vocabularies of what is trained on: one for both sides if they share
   * their vectors.
   *
   * @throws DataException if something is wrong in a file, or nothing is left to train on
   */
  public TrainingData prepare() {
    Splits splits = dataset.read();
    if (config.model().embedding().tie() == ModelConfig.Tie.ALL) {
      Vocabulary.Builder both = Vocabulary.counting();
      count(both, splits.train(), Example::source, source);
      count(both, splits.train(), Example::target, target);
      Vocabulary shared = build("source and target", both, config.source());
      return encode(splits, shared, shared);
    }
    Vocabulary.Builder sources = Vocabulary.counting();
    count(sources, splits.train(), Example::source, source);
    Vocabulary.Builder targets = Vocabulary.counting();
    count(targets, splits.train(), Example::target, target);
    return encode(
        splits,
        build("source", sources, config.source()),
        build("target", targets, config.target()));
  }

  /**
   * Reads the data for vocabularies that were made before.
   *
   * @throws DataException if something is wrong in a file, or nothing is left to train on
   */
  public TrainingData prepare(Vocabulary sourceVocabulary, Vocabulary targetVocabulary) {
    return encode(dataset.read(), sourceVocabulary, targetVocabulary);
  }

  private static void count(
      Vocabulary.Builder builder,
      List<Example> examples,
      Function<Example, String> side,
      Tokenizer tokenizer) {
    for (Example example : examples) {
      builder.add(tokenizer.symbols(side.apply(example)));
    }
  }

  private static Vocabulary build(String side, Vocabulary.Builder builder, SequenceConfig config) {
    try {
      return builder.build(config.vocabulary());
    } catch (IllegalArgumentException e) {
      throw new DataException(side + ": " + e.getMessage(), e);
    }
  }

  private TrainingData encode(
      Splits splits, Vocabulary sourceVocabulary, Vocabulary targetVocabulary) {
    PairEncoder encoder =
        new PairEncoder(
            new SequenceEncoder(source, sourceVocabulary::id, config.source().maxLength()),
            new SequenceEncoder(target, targetVocabulary::id, config.target().maxLength()));
    EncodedExamples train = encoder.encode(splits.train());
    if (train.pairs().isEmpty()) {
      throw new DataException(nothingLeft(train));
    }
    EncodedExamples dev = encoder.encode(splits.dev());
    if (dev.pairs().isEmpty() && !splits.dev().isEmpty()) {
      throw new DataException(
          "dev: no pair has a source with symbols and sides within max_length: there is nothing to"
              + " validate on");
    }
    Map<String, SymbolVectors> vectors = new TreeMap<>();
    addVectors("source", config.model().embedding().source(), sourceVocabulary, vectors);
    addVectors("target", config.model().embedding().target(), targetVocabulary, vectors);
    return new TrainingData(
        new TextCodec(source, sourceVocabulary, config.source().maxLength()),
        new TextCodec(target, targetVocabulary, config.target().maxLength()),
        train,
        splits.dev(),
        dev,
        vectors);
  }

  private void addVectors(
      String side,
      ModelConfig.Side table,
      Vocabulary vocabulary,
      Map<String, SymbolVectors> vectors) {
    table
        .vectors()
        .ifPresent(
            given ->
                vectors.put(
                    Seq2SeqModel.embedding(config.model(), side),
                    SymbolVectors.read(
                        context.directory().resolve(given.file()), table.units(), vocabulary)));
  }

  private String nothingLeft(EncodedExamples train) {
    return ("train: no pair is left to train on: %d have a source longer than source.max_length (%d), %d a"
            + " target longer than target.max_length (%d), and %d a source without symbols")
        .formatted(
            train.longSources(),
            config.source().maxLength(),
            train.longTargets(),
            config.target().maxLength(),
            train.emptySources());
  }
}

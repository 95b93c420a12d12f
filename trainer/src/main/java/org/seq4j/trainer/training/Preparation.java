package org.seq4j.trainer.training;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.seq4j.core.model.ModelConfig;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.run.FrameCodec;
import org.seq4j.core.run.SequenceCodec;
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
import org.seq4j.trainer.data.Splits;
import org.seq4j.trainer.data.SymbolVectors;

/** Reads the data of an experiment, makes its vocabularies, and turns text into ids. */
public final class Preparation {
  private final Dataset dataset;
  private final TranslationConfig config;
  private final ComponentContext context;

  /** For the data and the two sides of an experiment. */
  @Inject
  public Preparation(Dataset dataset, TranslationConfig config, ComponentContext context) {
    this.dataset = dataset;
    this.config = config;
    this.context = context;
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
      count(both, splits.train(), Example::source, config.source());
      count(both, splits.train(), Example::target, config.target());
      Vocabulary shared = build("source and target", both, config.source());
      return encode(splits, Optional.of(shared), Optional.of(shared));
    }
    return encode(
        splits,
        vocabulary("source", splits.train(), Example::source, config.source()),
        vocabulary("target", splits.train(), Example::target, config.target()));
  }

  /**
   * Reads the data for vocabularies that were made before.
   *
   * @param sourceVocabulary empty if the source consists of vectors
   * @param targetVocabulary likewise
   * @throws DataException if something is wrong in a file, or nothing is left to train on
   */
  public TrainingData prepare(
      Optional<Vocabulary> sourceVocabulary, Optional<Vocabulary> targetVocabulary) {
    return encode(dataset.read(), sourceVocabulary, targetVocabulary);
  }

  private Optional<Vocabulary> vocabulary(
      String side,
      List<Example> examples,
      Function<Example, String> text,
      SequenceConfig sequence) {
    if (sequence.isVectors()) {
      return Optional.empty();
    }
    Vocabulary.Builder builder = Vocabulary.counting();
    count(builder, examples, text, sequence);
    return Optional.of(build(side, builder, sequence));
  }

  private void count(
      Vocabulary.Builder builder,
      List<Example> examples,
      Function<Example, String> text,
      SequenceConfig sequence) {
    Tokenizer tokenizer = sequence.createTokenizer(context);
    for (Example example : examples) {
      builder.add(tokenizer.symbols(text.apply(example)));
    }
  }

  private static Vocabulary build(String side, Vocabulary.Builder builder, SequenceConfig config) {
    try {
      return builder.build(config.vocabulary());
    } catch (IllegalArgumentException e) {
      throw new DataException(side + ": " + e.getMessage(), e);
    }
  }

  private SequenceCodec codec(SequenceConfig sequence, Optional<Vocabulary> vocabulary) {
    return sequence.isVectors()
        ? new FrameCodec(sequence.depth().orElseThrow(), sequence.maxLength())
        : new TextCodec(
            sequence.createTokenizer(context), vocabulary.orElseThrow(), sequence.maxLength());
  }

  private TrainingData encode(
      Splits splits, Optional<Vocabulary> sourceVocabulary, Optional<Vocabulary> targetVocabulary) {
    SequenceCodec source = codec(config.source(), sourceVocabulary);
    SequenceCodec target = codec(config.target(), targetVocabulary);
    PairEncoder encoder =
        new PairEncoder(source, target, config.model().output().create(context).copies());
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
    return new TrainingData(source, target, train, splits.dev(), dev, vectors);
  }

  private void addVectors(
      String side,
      ModelConfig.Side table,
      Optional<Vocabulary> vocabulary,
      Map<String, SymbolVectors> vectors) {
    if (table.vectors().isPresent() && vocabulary.isPresent()) {
      vectors.put(
          Seq2SeqModel.embedding(config.model(), side),
          SymbolVectors.read(
              context.directory().resolve(table.vectors().get().file()),
              table.units(),
              vocabulary.get()));
    }
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

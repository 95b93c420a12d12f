package org.seq4j.trainer.data;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.model.EmbeddingTables;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.batch.DevData;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.DatasetSplits;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.vectors.TokenVectors;

/**
 * Builds training data: reads the data of an experiment, builds vocabularies and encodes text as
 * token ids.
 */
public final class TrainingDataBuilder implements DataPreparation {
  private final Dataset dataset;
  private final TranslationConfig config;
  private final ComponentContext context;
  private final Map<SequenceConfig, Tokenizer> tokenizers = new ConcurrentHashMap<>();

  /** Creates a builder for the data and both sides of an experiment. */
  @Inject
  public TrainingDataBuilder(Dataset dataset, TranslationConfig config, ComponentContext context) {
    this.dataset = dataset;
    this.config = config;
    this.context = context;
  }

  /**
   * Reads the data and builds vocabularies from the training examples: one for both sides if they
   * share their embeddings.
   *
   * @throws DataException if a data file has an error, or all training examples are skipped
   */
  @Override
  public TrainingData prepare() {
    if (isStreamed()) {
      return prepareStreamed();
    }
    SkippedExamples leftOut = new SkippedExamples();
    DatasetSplits splits = dataset.read(leftOut);
    VocabularyCounter counting = counter();
    splits.train().forEach(counting::add);
    return inMemory(splits, leftOut, counting.source(), counting.target(), counting.notes());
  }

  /** Returns a counter of the tokens of training examples. */
  public VocabularyCounter counter() {
    return new VocabularyCounter(config, context, this::tokenizer);
  }

  /**
   * Returns true if sources and targets are plain texts, and each is used as it is, whatever the
   * others are: none is held out, compared with others, or read again in each epoch.
   */
  public boolean takesEachTextAlone() {
    return isPlainText(config.source())
        && isPlainText(config.target())
        && !isStreamed()
        && dataset.config().heldOut().isEmpty()
        && dataset.config().filter().duplicates() == FilterConfig.Duplicates.NONE;
  }

  /**
   * Returns the data of a training whose pairs are elsewhere, such as in the processes of a
   * cluster. Validation data are read here.
   *
   * @param train the training pairs, in memory elsewhere
   * @param counted the counter of their tokens
   * @param some some of the examples, to compare with vocabularies that the config gives
   * @param notes notes for users about the training pairs
   * @throws DataException if a data file has an error
   */
  public TrainingData elsewhere(
      TrainPairs train, VocabularyCounter counted, List<Example> some, List<String> notes) {
    Optional<CountedVocabulary> sourceVocabulary = counted.source();
    Optional<CountedVocabulary> targetVocabulary = counted.target();
    SequenceCodec source = codec(config.source(), sourceVocabulary);
    SequenceCodec target = codec(config.target(), targetVocabulary);
    List<Example> dev = dataset.read(SplitName.DEV);
    return new TrainingData(
        source,
        target,
        train,
        !dev.isEmpty(),
        DevData.of(dev, encoder(source, target, FilterConfig.NONE)),
        vectors(sourceVocabulary, targetVocabulary),
        all(all(counted.notes(), notes), UnknownShare.warnings(source, target, some)));
  }

  /** Returns the encoder of training pairs with existing vocabularies. */
  public PairEncoder trainEncoder(
      Optional<CountedVocabulary> sourceVocabulary, Optional<CountedVocabulary> targetVocabulary) {
    return encoder(
        codec(config.source(), sourceVocabulary),
        codec(config.target(), targetVocabulary),
        dataset.config().filter());
  }

  private TrainingData prepareStreamed() {
    Predicate<ExampleValue> isHeldOut = dataset.isHeldOut();
    VocabularyCounter counting = counter();
    count(counting, isHeldOut);
    return streamed(isHeldOut, counting.source(), counting.target(), counting.notes());
  }

  /** Counts tokens in one pass over the data, if a vocabulary needs it. */
  private void count(VocabularyCounter counting, Predicate<ExampleValue> isHeldOut) {
    if (counting.isNeeded()) {
      AtomicLong examples = new AtomicLong();
      SkippedExamples leftOut =
          dataset.forEachTrain(
              isHeldOut,
              example -> {
                examples.incrementAndGet();
                counting.add(example);
              });
      if (examples.get() == 0) {
        throw leftOut.nothingLeft();
      }
    }
  }

  private static boolean isPlainText(SequenceConfig side) {
    return side.hasVocabulary() && !side.isAligned();
  }

  /** Returns true if training data are read again for each epoch rather than kept in memory. */
  private boolean isStreamed() {
    return dataset.config().shuffleBuffer().isPresent()
        || dataset.config().train().stream().anyMatch(corpus -> corpus.weight() != 1)
        || samples(config.source())
        || samples(config.target());
  }

  /**
   * Returns the tokenizer of a side. It is created once, as its file may be large, and shared by
   * sides with the same config.
   */
  private Tokenizer tokenizer(SequenceConfig side) {
    return tokenizers.computeIfAbsent(side, it -> it.createTokenizer(context));
  }

  private boolean samples(SequenceConfig side) {
    return side.hasVocabulary()
        ? tokenizer(side).isStochastic()
        : SequenceCodec.withoutVocabulary(side, context).samples();
  }

  /**
   * Reads the data, with existing vocabularies.
   *
   * @param sourceVocabulary empty if the source consists of vectors
   * @param targetVocabulary empty if the target consists of vectors
   * @throws DataException if a data file has an error, or all training examples are skipped
   */
  public TrainingData prepare(
      Optional<CountedVocabulary> sourceVocabulary, Optional<CountedVocabulary> targetVocabulary) {
    if (isStreamed()) {
      return streamed(dataset.isHeldOut(), sourceVocabulary, targetVocabulary, List.of());
    }
    SkippedExamples leftOut = new SkippedExamples();
    return inMemory(dataset.read(leftOut), leftOut, sourceVocabulary, targetVocabulary, List.of());
  }

  private SequenceCodec codec(SequenceConfig sequence, Optional<CountedVocabulary> vocabulary) {
    return sequence.hasVocabulary()
        ? new TextCodec(tokenizer(sequence), vocabulary.orElseThrow(), sequence.maxPositions())
        : SequenceCodec.withoutVocabulary(sequence, context);
  }

  /**
   * The codecs of both sides.
   *
   * @param source the codec of sources
   * @param target the codec of targets
   * @param notes notes for users about the vocabularies
   */
  public record Codecs(SequenceCodec source, SequenceCodec target, List<String> notes) {}

  /**
   * Returns the codecs of source and target, with vocabularies built as for training in one pass
   * over the data.
   *
   * @param isHeldOut the sources to hold out
   */
  public Codecs codecs(Predicate<ExampleValue> isHeldOut) {
    VocabularyCounter counting = counter();
    count(counting, isHeldOut);
    return new Codecs(
        codec(config.source(), counting.source()),
        codec(config.target(), counting.target()),
        counting.notes());
  }

  /** Returns the codecs of source and target, with existing vocabularies; it reads no data. */
  public Codecs codecs(
      Optional<CountedVocabulary> sourceVocabulary, Optional<CountedVocabulary> targetVocabulary) {
    return new Codecs(
        codec(config.source(), sourceVocabulary),
        codec(config.target(), targetVocabulary),
        List.of());
  }

  /**
   * Compares vocabularies that are given as files with the first training examples. It reads
   * nothing if both vocabularies are counted.
   *
   * @return warnings for users about vocabularies that know too few tokens
   * @throws DataException if a vocabulary or the training data cannot be read
   */
  public List<String> checkGivenVocabularies() {
    List<String> warnings = new ArrayList<>();
    if (isGiven(config.source()) || isGiven(config.target())) {
      VocabularyCounter counting = counter();
      List<Example> first = dataset.firstTrain(UnknownShare.MOST);
      if (isGiven(config.source())) {
        SequenceCodec codec = codec(config.source(), counting.source());
        UnknownShare.warning("source", codec, first, Example::source).ifPresent(warnings::add);
      }
      if (isGiven(config.target())) {
        SequenceCodec codec = codec(config.target(), counting.target());
        UnknownShare.warning("target", codec, first, Example::target).ifPresent(warnings::add);
      }
    }
    return warnings;
  }

  private static boolean isGiven(SequenceConfig side) {
    return side.hasVocabulary() && side.vocabulary().file().isPresent();
  }

  private PairEncoder encoder(SequenceCodec source, SequenceCodec target, FilterConfig filter) {
    boolean copies =
        config.model().output().map(it -> it.create(context)).orElse(null) instanceof CopyingOutput;
    return new PairEncoder(source, target, copies, filter, config.source().onTooLong());
  }

  private TrainingData inMemory(
      DatasetSplits splits,
      SkippedExamples leftOut,
      Optional<CountedVocabulary> sourceVocabulary,
      Optional<CountedVocabulary> targetVocabulary,
      List<String> notes) {
    SequenceCodec source = codec(config.source(), sourceVocabulary);
    SequenceCodec target = codec(config.target(), targetVocabulary);
    EncodedExamples train =
        encoder(source, target, dataset.config().filter()).encode(splits.train());
    leftOut.addAll(train.leftOut());
    if (train.pairs().isEmpty()) {
      throw leftOut.nothingLeft();
    }
    DevData dev = DevData.of(splits.dev(), encoder(source, target, FilterConfig.NONE));
    return new TrainingData(
        source,
        target,
        TrainPairs.inMemory(new EncodedExamples(train.pairs(), leftOut)),
        !splits.dev().isEmpty(),
        dev,
        vectors(sourceVocabulary, targetVocabulary),
        all(notes, UnknownShare.warnings(source, target, splits.train())));
  }

  private static List<String> all(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /**
   * Streams the training data. Held-out data are read later because they may be anywhere in the
   * files.
   */
  private TrainingData streamed(
      Predicate<ExampleValue> isHeldOut,
      Optional<CountedVocabulary> sourceVocabulary,
      Optional<CountedVocabulary> targetVocabulary,
      List<String> notes) {
    SequenceCodec source = codec(config.source(), sourceVocabulary);
    SequenceCodec target = codec(config.target(), targetVocabulary);
    PairEncoder dev = encoder(source, target, FilterConfig.NONE);
    DataConfig data = dataset.config();
    return new TrainingData(
        source,
        target,
        new StreamedPairs(dataset, isHeldOut, encoder(source, target, data.filter())),
        data.heldOut().isPresent() || data.dev().isPresent(),
        data.heldOut().isPresent()
            ? DevData.later(() -> dataset.read(SplitName.DEV), dev)
            : DevData.of(dataset.read(SplitName.DEV), dev),
        vectors(sourceVocabulary, targetVocabulary),
        all(notes, UnknownShare.warnings(source, target, dataset.firstTrain(UnknownShare.MOST))));
  }

  private Map<String, TokenVectors> vectors(
      Optional<CountedVocabulary> sourceVocabulary, Optional<CountedVocabulary> targetVocabulary) {
    Map<String, TokenVectors> vectors = new TreeMap<>();
    addVectors(
        EmbeddingTables.Side.SOURCE,
        config.model().embedding().source(),
        sourceVocabulary,
        vectors);
    addVectors(
        EmbeddingTables.Side.TARGET,
        config.model().embedding().target(),
        targetVocabulary,
        vectors);
    return vectors;
  }

  private void addVectors(
      EmbeddingTables.Side side,
      ModelConfig.Side table,
      Optional<CountedVocabulary> vocabulary,
      Map<String, TokenVectors> vectors) {
    if (table.vectors().isPresent() && vocabulary.isPresent()) {
      vectors.put(
          EmbeddingTables.path(config.model().embedding(), side),
          TokenVectors.read(
              context.directory().resolve(table.vectors().get().file()),
              table.units(),
              vocabulary.get()));
    }
  }
}

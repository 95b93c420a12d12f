package org.seq4j.trainer.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.TokenIds;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.batch.Batch;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.EncodedPair;
import org.seq4j.trainer.objective.Objectives;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.StepTotals;
import org.seq4j.trainer.training.state.TrainingState;

/** Tiny models and batches, and sections of config files. */
public final class Toy {
  public static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));
  public static final int VOCABULARY = 9;

  public static final String MODEL =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: rnn, cell: gru, units: 16, bidirectional: true}
      decoder: {type: rnn, cell: lstm, units: 16, attention: luong}
      """;

  public static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  private Toy() {}

  public static TrainingConfig training(String yaml) {
    return bind(yaml, REGISTRY, TrainingConfig.class);
  }

  public static Seq2SeqModel model(String yaml, ComponentRegistry registry) {
    return new Seq2SeqModel(
        bind(yaml, registry, ModelConfig.class), VOCABULARY, VOCABULARY, CONTEXT);
  }

  private static <C extends Record> C bind(String yaml, ComponentRegistry registry, Class<C> type) {
    ConfigReader reader = new ConfigReader(registry);
    return reader.bind(reader.parse(Path.of("toy.yaml"), yaml, List.of()), type);
  }

  /** Of one token. */
  static TextCodec codec() {
    SequenceConfig config = bind("{}", REGISTRY, SequenceConfig.class);
    CountedVocabulary.Builder builder = CountedVocabulary.counting();
    builder.add(List.of("a"));
    return new TextCodec(config.createTokenizer(CONTEXT), builder.build(config.vocabulary()), 10);
  }

  /** A side of as many tokens as the models here have. */
  public static TextCodec letters() {
    SequenceConfig config = bind("{}", REGISTRY, SequenceConfig.class);
    CountedVocabulary.Builder builder = CountedVocabulary.counting();
    builder.add(List.of("a", "b", "c", "d", "e"));
    return new TextCodec(config.createTokenizer(CONTEXT), builder.build(config.vocabulary()), 10);
  }

  /** The graph of a model in training, to be closed. */
  public static TrainingGraph graph(String training) {
    return graph(model(MODEL, REGISTRY), training);
  }

  public static TrainingGraph graph(Seq2SeqModel model, String training) {
    TrainingConfig config =
        training(
            training.contains("threads:")
                ? "{" + training + "}"
                : "{threads: 1, " + training + "}");
    return TrainingGraph.build(
        model,
        config.optimizer().create(CONTEXT),
        config,
        Objectives.of(config.objectives(), CONTEXT),
        3);
  }

  public static EncodedPair pair(int[] source, int... target) {
    return new EncodedPair(new TokenIds(source), new TokenIds(target));
  }

  /** A state of training in which nothing was validated yet. */
  public static TrainingState state(long step, int epochs, int batch) {
    return new TrainingState(
        1,
        step,
        epochs,
        batch,
        List.of(),
        List.of(),
        0,
        List.of(),
        false,
        StepTotals.EMPTY,
        Duration.ZERO);
  }

  /** The state after another step. */
  public static TrainingState step(TrainingState state, boolean endOfEpoch) {
    return state.afterStep(endOfEpoch, state.unlogged(), state.time());
  }

  /** All pairs in one batch. */
  public static Batch batch(EncodedPair... pairs) {
    return new Batching(new BatchConfig(pairs.length, BatchConfig.Unit.SEQUENCES))
        .byLength(List.of(pairs))
        .get(0);
  }
}

package org.seq4j.trainer.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.seq4j.core.config.ConfigReader;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.ModelConfig;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.plugin.PluginLoader;
import org.seq4j.core.run.TextCodec;
import org.seq4j.core.text.SequenceConfig;
import org.seq4j.core.text.SymbolIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.trainer.data.Batch;
import org.seq4j.trainer.data.BatchConfig;
import org.seq4j.trainer.data.Batching;
import org.seq4j.trainer.data.EncodedPair;
import org.seq4j.trainer.evaluation.EvaluationConfig;

/** Tiny models and batches, and sections of config files. */
final class Toy {
  static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));
  static final int VOCABULARY = 9;

  static final String MODEL =
      """
      embedding: {source: 8, target: 8}
      encoder: {type: rnn, cell: gru, units: 16, bidirectional: true}
      decoder: {type: rnn, cell: lstm, units: 16, attention: luong}
      """;

  static final ComponentRegistry REGISTRY = new PluginLoader().classPath();

  private Toy() {}

  static TrainingConfig training(String yaml) {
    return bind(yaml, REGISTRY, TrainingConfig.class);
  }

  static Seq2SeqModel model(String yaml, ComponentRegistry registry) {
    return new Seq2SeqModel(
        bind(yaml, registry, ModelConfig.class), VOCABULARY, VOCABULARY, CONTEXT);
  }

  private static <C extends Record> C bind(String yaml, ComponentRegistry registry, Class<C> type) {
    ConfigReader reader = new ConfigReader(registry);
    return reader.bind(reader.parse(Path.of("toy.yaml"), yaml, List.of()), type);
  }

  /** Of one symbol. */
  static TextCodec codec() {
    SequenceConfig config = bind("{}", REGISTRY, SequenceConfig.class);
    Vocabulary.Builder builder = Vocabulary.counting();
    builder.add(List.of("a"));
    return new TextCodec(config.createTokenizer(CONTEXT), builder.build(config.vocabulary()), 10);
  }

  /** A side of as many symbols as the models here have. */
  static TextCodec letters() {
    SequenceConfig config = bind("{}", REGISTRY, SequenceConfig.class);
    Vocabulary.Builder builder = Vocabulary.counting();
    builder.add(List.of("a", "b", "c", "d", "e"));
    return new TextCodec(config.createTokenizer(CONTEXT), builder.build(config.vocabulary()), 10);
  }

  /** The metric of a name. */
  static Metric metric(String name) {
    return bind("{metrics: [" + name + "]}", REGISTRY, EvaluationConfig.class)
        .metrics()
        .get(0)
        .create(CONTEXT);
  }

  /** The graph of a model in training, to be closed. */
  static TrainingGraph graph(String training) {
    return graph(model(MODEL, REGISTRY), training);
  }

  static TrainingGraph graph(Seq2SeqModel model, String training) {
    TrainingConfig config =
        training(
            training.contains("threads:")
                ? "{" + training + "}"
                : "{threads: 2, " + training + "}");
    return TrainingGraph.build(model, config.optimizer().create(CONTEXT), config, 3);
  }

  static EncodedPair pair(int[] source, int... target) {
    return new EncodedPair(new SymbolIds(source), new SymbolIds(target));
  }

  /** A state of training in which nothing was validated yet. */
  static TrainingState state(long step, int epochs, int batch) {
    return new TrainingState(
        1, step, epochs, batch, List.of(), 0, List.of(), Interval.EMPTY, Duration.ZERO);
  }

  /** The state after another step. */
  static TrainingState step(TrainingState state, boolean endOfEpoch) {
    return state.afterStep(endOfEpoch, state.unlogged(), state.time());
  }

  /** All pairs in one batch. */
  static Batch batch(EncodedPair... pairs) {
    return new Batching(new BatchConfig(pairs.length, BatchConfig.Unit.SEQUENCES))
        .byLength(List.of(pairs))
        .get(0);
  }
}

package org.seq4j.trainer.training;

import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.model.Seq2SeqModel;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.TranslationConfig;
import org.seq4j.core.training.Optimizer;
import org.seq4j.trainer.data.Batching;
import org.seq4j.trainer.evaluation.Evaluator;

/** Fits the model of an experiment to data. */
public final class Trainer {
  private final long seed;
  private final TrainingConfig config;
  private final TranslationConfig model;
  private final ComponentContext context;
  private final Optimizer optimizer;
  private final Evaluator evaluator;

  /**
   * For an experiment.
   *
   * @param seed what everything random follows from
   * @param model what is fitted
   * @param context what components are made with
   * @param evaluator scores the answers of the model at validation
   */
  @Inject
  public Trainer(
      @Named("seed") long seed,
      TrainingConfig config,
      TranslationConfig model,
      ComponentContext context,
      Evaluator evaluator) {
    this.seed = seed;
    this.config = config;
    this.model = model;
    this.context = context;
    this.optimizer = config.optimizer().create(context);
    this.evaluator = evaluator;
  }

  /**
   * Trains from the beginning.
   *
   * @param run where checkpoints and the log go
   * @throws TrainingException if training fails
   * @throws org.seq4j.core.run.RunException if the run cannot be written
   */
  public TrainingResult train(
      TrainingData data, RunDirectory run, StopSignal stop, List<TrainingListener> listeners) {
    return train(data, run, Optional.empty(), stop, listeners);
  }

  /**
   * Goes on from the last checkpoint; from the beginning if training stopped before the first one.
   *
   * @throws TrainingException if training fails
   * @throws org.seq4j.core.run.RunException if the checkpoint is damaged or of another model, or
   *     the run cannot be written
   */
  public TrainingResult resume(
      TrainingData data, RunDirectory run, StopSignal stop, List<TrainingListener> listeners) {
    Path last = run.lastCheckpoint();
    Optional<Checkpoint> checkpoint =
        Files.exists(last) ? Optional.of(Checkpoint.read(last)) : Optional.empty();
    return train(data, run, checkpoint, stop, listeners);
  }

  private TrainingResult train(
      TrainingData data,
      RunDirectory run,
      Optional<Checkpoint> checkpoint,
      StopSignal stop,
      List<TrainingListener> listeners) {
    Seq2SeqModel network =
        new Seq2SeqModel(
            model.model(),
            data.source().vocabulary().size(),
            data.target().vocabulary().size(),
            context);
    try (TrainingGraph graph = build(network)) {
      Saver.restore(graph, checkpoint, run.lastCheckpoint());
      TrainingState state =
          checkpoint.map(Checkpoint::state).orElseGet(() -> TrainingState.start(seed));
      try (RunLog log =
          RunLog.open(run.metrics(), checkpoint.map(Checkpoint::logSize).orElse(0L))) {
        return new TrainingLoop(
                new Schedule(config),
                graph,
                data,
                validation(graph, data),
                new Saver(graph, log, run),
                stop,
                new Listeners(listeners),
                state.watching(config.watched()))
            .run();
      }
    }
  }

  /** Parts that are right by themselves may not fit together, which shows in their shapes only. */
  private TrainingGraph build(Seq2SeqModel network) {
    try {
      return TrainingGraph.build(network, optimizer, config, seed);
    } catch (IllegalArgumentException e) {
      throw new TrainingException("the model cannot be built: " + e.getMessage(), e);
    }
  }

  private Optional<Validation> validation(TrainingGraph graph, TrainingData data) {
    if (data.dev().isEmpty()) {
      return Optional.empty();
    }
    boolean higherIsBetter =
        !config.watched().equals(EarlyStoppingConfig.LOSS)
            && evaluator.higherIsBetter(config.watched());
    Batching batching = new Batching(config.batch());
    return Optional.of(
        new Validation(
            new Validator(graph.inference(), data, batching, evaluator, model.search()),
            config.watched(),
            higherIsBetter));
  }
}

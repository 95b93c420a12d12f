package org.seq4j.trainer.training.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Objective;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.trainer.data.batch.BatchConfig;

/** The section {@code training} of a config file. */
@MovedKey(from = "optimizer.learning_rate", to = "learning_rate")
@MovedKey(from = "label_smoothing", to = "objectives[cross-entropy].label_smoothing", unless = "0")
@MovedKey(from = "guided_alignment", to = "objectives[guided-alignment].weight", unless = "0")
@MovedKey(from = "minimum_risk", to = "objectives[minimum-risk]")
public record TrainingConfig(
    @Key(doc = "Size of the batch of a step.", defaultValue = "{}") BatchConfig batch,
    @Key(
            doc =
                "Number of micro-batches that a batch is divided into. They are computed one after"
                    + " another and their gradients are summed before the update (gradient accumulation). It"
                    + " needs less memory and more time; weights differ from those of the whole batch only by"
                    + " rounding and by the units that dropout drops.",
            defaultValue = "1",
            min = 1,
            max = 1024)
        int microBatches,
    @Key(
            doc =
                "Number of workers that train in rounds. Each makes local_steps steps on its own part of"
                    + " the training pairs; then their weights are averaged, and the next round begins"
                    + " with the result. A step of the config is a step of one worker. In one process,"
                    + " the workers take turns, which saves no time, but shows what a cluster would learn.",
            defaultValue = "1",
            min = 1,
            max = 4096)
        int workers,
    @Key(
            doc =
                "Max number of steps of each worker in a round; 100 by default. A round also ends with"
                    + " the first worker's epoch, and where validation is due. Needs workers above 1,"
                    + " or outer.",
            min = 1)
        Optional<Integer> localSteps,
    @Key(
            doc =
                "Update of the weights after a round: Nesterov momentum on the workers' mean change."
                    + " Absent: the mean of the workers' weights.")
        Optional<OuterConfig> outer,
    @Key(doc = "Optimizer, which updates the weights.", defaultValue = "adam")
        Component<Optimizer> optimizer,
    @Key(
            doc =
                "Learning rate. Absent: the usual value of the optimizer: adam, adamw and rmsprop 0.001,"
                    + " sgd 0.1, adagrad and adafactor 0.01, adadelta 1.",
            min = 0,
            example = "0.001")
        Optional<Double> learningRate,
    @Key(doc = "Schedule of the learning rate.", defaultValue = "constant")
        Component<LearningRateSchedule> schedule,
    @Key(
            doc =
                "Max global norm of the gradients; larger ones are scaled down (Pascanu et al. 2013). 0:"
                    + " no limit.",
            defaultValue = "1.0",
            min = 0)
        double clipNorm,
    @Key(
            doc =
                "Max absolute value of each number in a gradient; larger ones are clipped, before"
                    + " clip_norm. 0: no limit.",
            defaultValue = "0",
            min = 0)
        double clipValue,
    @Key(
            doc =
                "Factor by which each weight is added to its gradient after clipping (an L2 penalty of"
                    + " half this factor). Only for weights with at least two axes, so not for biases and the"
                    + " scales of layer norms. For decoupled weight decay, use the optimizer adamw.",
            defaultValue = "0",
            min = 0)
        double weightDecay,
    @Key(
            doc =
                "Scale of the normal noise that is added to gradients after clipping; its variance is"
                    + " this / step^0.55 (Neelakantan et al. 2015: eta, 0.01 to 1). 0: no noise.",
            defaultValue = "0",
            min = 0)
        double gradientNoise,
    @Key(
            doc =
                "Decay of the moving average of the weights, which is validated and saved instead of the"
                    + " latest weights (Polyak and Juditsky 1992), such as 0.999; smaller in the first steps."
                    + " 0: no average.",
            defaultValue = "0",
            min = 0,
            max = 0.999999)
        double movingAverage,
    @Key(
            doc =
                "Paths of the parameters that are not trained, as listed by seq4j inspect; * matches"
                    + " anything: [\"encoder.*\", embedding.source].",
            defaultValue = "[]")
        List<String> freeze,
    @Key(
            doc =
                "Run whose weights initialize the model. Rows and columns for tokens are matched by"
                    + " token, so the vocabularies may differ. Absent: random weights.")
        Optional<StartFromConfig> startFrom,
    @Key(
            doc =
                "Objective to minimize, or a list of them, whose losses are summed with their weights."
                    + " Keys without a type belong to cross-entropy: {label_smoothing: 0.1}.",
            defaultValue = "cross-entropy")
        List<Component<Objective>> objectives,
    @Key(
            doc =
                "First step in which the losses of the model's components are added, such as the loss of"
                    + " the attention coverage. See et al. 2017 add it only at the end of training, after"
                    + " 230,000 of 233,000 steps.",
            defaultValue = "1",
            min = 1)
        int additionalLossesFrom,
    @Key(
            doc =
                "Scheduled sampling: in training, the decoder sometimes reads its own predictions instead"
                    + " of the true tokens. Absent: always the true ones (teacher forcing).")
        Optional<ScheduledSamplingConfig> scheduledSampling,
    @Key(doc = "Max number of epochs. Default: 20, or no limit if max_steps is set.", min = 1)
        Optional<Integer> epochs,
    @Key(doc = "Max number of steps. Absent: no limit other than epochs.", min = 1)
        Optional<Integer> maxSteps,
    @Key(
            doc =
                "Max duration of training, such as 45m or 1h30m, over all sessions of the run; training"
                    + " ends with a validation. The limit of epochs holds, too. Absent: no limit.")
        Optional<Duration> stopAfter,
    @Key(doc = "Interval at which the model is validated and saved.", defaultValue = "{}")
        ValidationConfig validation,
    @Key(doc = "Early stopping, before the last epoch. Absent: no early stopping.")
        Optional<EarlyStoppingConfig> earlyStopping,
    @Key(doc = "Checkpoints to keep.", defaultValue = "{}") CheckpointConfig checkpoints,
    @Key(
            doc =
                "Precision of products of inputs and weight matrices, in both passes. bf16: their "
                    + "factors and results are rounded to 16 bits (8 of precision), and their sums have "
                    + "32, as do weights, optimizer, attention and all else. Validation and translation "
                    + "are not affected. Faster on processors with AVX512-BF16 or AMX, slower on "
                    + "others.",
            defaultValue = "f32")
        Precision precision,
    @Key(
            doc =
                "Number of threads, each of which computes a part of the batch. 0: the number of"
                    + " processors. The same number gives the same weights; another number changes the order of"
                    + " summation and the units that dropout drops.",
            defaultValue = "0",
            min = 0,
            max = 1024)
        int threads) {
  /** The number of epochs that stands for no limit. */
  public static final int NO_LIMIT = Integer.MAX_VALUE;

  private static final int DEFAULT_EPOCHS = 20;
  private static final int DEFAULT_LOCAL_STEPS = 100;

  /** Checks objectives and stop_after, and copies the lists. */
  public TrainingConfig {
    freeze = List.copyOf(freeze);
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("objectives: expected at least one");
    }
    if (localSteps.isPresent() && workers == 1 && outer.isEmpty()) {
      throw new IllegalArgumentException(
          "local_steps: there are no rounds with one worker. Set workers above 1, or outer; or remove local_steps");
    }
    if (stopAfter.map(Duration::isZero).orElse(false)) {
      throw new IllegalArgumentException("stop_after: expected a duration longer than 0");
    }
    if (checkpoints.bestBy().isPresent()
        && earlyStopping.isPresent()
        && !earlyStopping.get().metric().equals(checkpoints.bestBy().get())) {
      throw new IllegalArgumentException(
          "checkpoints.best_by: expected the metric of early_stopping, %s, got %s. Set early_stopping.metric to the same, or remove best_by"
              .formatted(earlyStopping.get().metric(), checkpoints.bestBy().get()));
    }
  }

  /** Returns the number of threads to use: if it is 0, the number of processors of this machine. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * Returns the max number of epochs, {@link #NO_LIMIT} if there is none. With a max number of
   * steps, the default does not end training before.
   */
  public int maxEpochs() {
    return epochs.orElse(maxSteps.isPresent() ? NO_LIMIT : DEFAULT_EPOCHS);
  }

  /** Returns true if training is divided into rounds. */
  public boolean inRounds() {
    return workers > 1 || outer.isPresent();
  }

  /** Returns the max number of steps of a worker in a round. */
  public int roundSteps() {
    return localSteps.orElse(DEFAULT_LOCAL_STEPS);
  }

  /** Returns the metric that determines the best checkpoint. */
  public String watched() {
    return checkpoints
        .bestBy()
        .or(() -> earlyStopping.map(EarlyStoppingConfig::metric))
        .orElse(EarlyStoppingConfig.LOSS);
  }
}

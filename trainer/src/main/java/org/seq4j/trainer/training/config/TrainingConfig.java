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
import org.seq4j.trainer.data.batch.BatchConfig;

/** The section {@code training} of a config file: how the model is fitted. */
@MovedKey(from = "optimizer.learning_rate", to = "learning_rate")
@MovedKey(from = "label_smoothing", to = "objectives[cross-entropy].label_smoothing", unless = "0")
@MovedKey(from = "guided_alignment", to = "objectives[guided-alignment].weight", unless = "0")
@MovedKey(from = "minimum_risk", to = "objectives[minimum-risk]")
public record TrainingConfig(
    @Key(doc = "How much goes through the model in one step.", defaultValue = "{}")
        BatchConfig batch,
    @Key(
            doc =
                "Into how many parts a batch is divided that are computed one after another, their"
                    + " gradients added up before the one update (gradient accumulation). The"
                    + " weights become the same as of the whole batch but for rounding and for"
                    + " which units dropout drops, in less memory and more time.",
            defaultValue = "1",
            min = 1,
            max = 1024)
        int microBatches,
    @Key(doc = "The rule by which weights follow their gradients.", defaultValue = "adam")
        Component<Optimizer> optimizer,
    @Key(
            doc =
                "How far a step goes. Absent: what the optimizer's paper or its other"
                    + " implementations take: adam, adamw and rmsprop 0.001, sgd 0.1, adagrad and"
                    + " adafactor 0.01, adadelta 1.",
            min = 0,
            example = "0.001")
        Optional<Double> learningRate,
    @Key(
            doc = "How the learning rate changes in the course of training.",
            defaultValue = "constant")
        Component<LearningRateSchedule> schedule,
    @Key(
            doc =
                "The largest norm of all gradients together; larger ones are scaled down (Pascanu"
                    + " et al. 2013). 0: never.",
            defaultValue = "1.0",
            min = 0)
        double clipNorm,
    @Key(
            doc =
                "The largest size of each number in a gradient; larger ones are cut, before"
                    + " clip_norm. 0: never.",
            defaultValue = "0",
            min = 0)
        double clipValue,
    @Key(
            doc =
                "How many times each weight is added to its gradient (an L2 penalty of half of"
                    + " that), after clipping. Only of weights with two axes or more: biases and the"
                    + " scales of layer norms stay. The decoupled form is the optimizer adamw's.",
            defaultValue = "0",
            min = 0)
        double weightDecay,
    @Key(
            doc =
                "Adds normal noise to the gradients, after clipping, of the variance"
                    + " this / step^0.55 (Neelakantan et al. 2015: eta, 0.01 to 1). 0: none.",
            defaultValue = "0",
            min = 0)
        double gradientNoise,
    @Key(
            doc =
                "Validates and saves the moving average of the weights rather than the latest ones"
                    + " (Polyak and Juditsky 1992): how much of it is kept from step to step, such"
                    + " as 0.999; less in the first steps. 0: no average.",
            defaultValue = "0",
            min = 0,
            max = 0.999999)
        double movingAverage,
    @Key(
            doc =
                "Which parameters stay as they are, by their paths as seq4j inspect tells them; *"
                    + " stands for anything: [\"encoder.*\", embedding.source].",
            defaultValue = "[]")
        List<String> freeze,
    @Key(
            doc =
                "Begins with the weights of another run: rows and columns that stand for tokens are"
                    + " found by the token, so the vocabularies may differ. Absent: with random ones.")
        Optional<StartFromConfig> startFrom,
    @Key(
            doc =
                "What is minimised, one or a list: each objective's loss is added times its weight."
                    + " Keys without a type are about cross-entropy: {label_smoothing: 0.1}.",
            defaultValue = "cross-entropy")
        List<Component<Objective>> objectives,
    @Key(
            doc =
                "Lets the model read its own tokens rather than the true ones now and then in"
                    + " training. Absent: always the true ones (teacher forcing).")
        Optional<ScheduledSamplingConfig> scheduledSampling,
    @Key(doc = "How often to go through the training data at most.", defaultValue = "20", min = 1)
        int epochs,
    @Key(doc = "How many steps to make at most. Absent: as many as the epochs have.", min = 1)
        Optional<Integer> maxSteps,
    @Key(
            doc =
                "How long to train at most, such as 45m or 1h30m, over all sessions of the run; it"
                    + " ends with a validation. Absent: as long as it takes.")
        Optional<Duration> stopAfter,
    @Key(doc = "When the model is validated and saved.", defaultValue = "{}")
        ValidationConfig validation,
    @Key(doc = "When to stop before the last epoch. Absent: never.")
        Optional<EarlyStoppingConfig> earlyStopping,
    @Key(doc = "Which checkpoints are kept.", defaultValue = "{}") CheckpointConfig checkpoints,
    @Key(
            doc =
                "How many threads compute, each a part of the batch. 0: as many as there are"
                    + " processors here. The same number gives the same weights; another sums in"
                    + " another order, and drops out other units where there is dropout.",
            defaultValue = "0",
            min = 0,
            max = 1024)
        int threads) {

  /** Checks that there is time and something to minimise, and makes the lists unchangeable. */
  public TrainingConfig {
    freeze = List.copyOf(freeze);
    objectives = List.copyOf(objectives);
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException("objectives: expected at least one");
    }
    if (stopAfter.map(Duration::isZero).orElse(false)) {
      throw new IllegalArgumentException("stop_after: expected more than no time");
    }
  }

  /** How many threads are used here: those of this machine where the number is left to it. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** What the best checkpoint is best by. */
  public String watched() {
    return earlyStopping.map(EarlyStoppingConfig::metric).orElse(EarlyStoppingConfig.LOSS);
  }
}

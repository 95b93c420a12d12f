package org.seq4j.trainer.training;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.training.Optimizer;
import org.seq4j.trainer.data.BatchConfig;

/** The section {@code training} of a config file: how the model is fitted. */
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
                "The largest norm of all gradients together; larger ones are scaled down (Pascanu"
                    + " et al. 2013). 0: never.",
            defaultValue = "1.0",
            min = 0)
        double clipNorm,
    @Key(
            doc =
                "The share of the true symbol's probability that is spread over the whole"
                    + " vocabulary (Szegedy et al. 2016, section 7).",
            defaultValue = "0",
            min = 0,
            max = 0.99)
        double labelSmoothing,
    @Key(doc = "How often to go through the training data at most.", defaultValue = "20", min = 1)
        int epochs,
    @Key(doc = "How many steps to make at most. Absent: as many as the epochs have.", min = 1)
        Optional<Integer> maxSteps,
    @Key(doc = "When the model is validated and saved.", defaultValue = "{}")
        ValidationConfig validation,
    @Key(doc = "When to stop before the last epoch. Absent: never.")
        Optional<EarlyStoppingConfig> earlyStopping,
    @Key(
            doc =
                "How many threads compute, each a part of the batch. 0: as many as there are"
                    + " processors here. The same number gives the same weights; another sums in"
                    + " another order, and drops out other units where there is dropout.",
            defaultValue = "0",
            min = 0,
            max = 1024)
        int threads) {

  /** How many threads are used here: those of this machine where the number is left to it. */
  public int effectiveThreads() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /** What the best checkpoint is best by. */
  String watched() {
    return earlyStopping.map(EarlyStoppingConfig::metric).orElse(EarlyStoppingConfig.LOSS);
  }
}

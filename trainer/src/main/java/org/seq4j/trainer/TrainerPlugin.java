package org.seq4j.trainer;

import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Objective;
import org.seq4j.core.training.Optimizer;
import org.seq4j.trainer.data.corpus.ColumnsFormat;
import org.seq4j.trainer.data.corpus.JsonLinesFormat;
import org.seq4j.trainer.data.corpus.NumpyFormat;
import org.seq4j.trainer.data.corpus.ParallelFormat;
import org.seq4j.trainer.metric.BleuMetric;
import org.seq4j.trainer.metric.ChrfMetric;
import org.seq4j.trainer.metric.ErrorRateMetric;
import org.seq4j.trainer.metric.ExactMatchMetric;
import org.seq4j.trainer.metric.ForcedMetric;
import org.seq4j.trainer.metric.RougeMetric;
import org.seq4j.trainer.metric.TerMetric;
import org.seq4j.trainer.metric.VectorErrorMetric;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.objective.GuidedAlignment;
import org.seq4j.trainer.objective.MinimumRisk;
import org.seq4j.trainer.optimizer.AdadeltaOptimizer;
import org.seq4j.trainer.optimizer.AdafactorOptimizer;
import org.seq4j.trainer.optimizer.AdagradOptimizer;
import org.seq4j.trainer.optimizer.AdamOptimizer;
import org.seq4j.trainer.optimizer.AdamWOptimizer;
import org.seq4j.trainer.optimizer.RmsPropOptimizer;
import org.seq4j.trainer.optimizer.SgdOptimizer;
import org.seq4j.trainer.schedule.ConstantSchedule;
import org.seq4j.trainer.schedule.CosineSchedule;
import org.seq4j.trainer.schedule.ExponentialSchedule;
import org.seq4j.trainer.schedule.FallConfig;
import org.seq4j.trainer.schedule.InverseSquareRootSchedule;
import org.seq4j.trainer.schedule.LinearSchedule;
import org.seq4j.trainer.schedule.PlateauSchedule;
import org.seq4j.trainer.schedule.StepWiseSchedule;

/**
 * The objectives, optimizers, learning rate schedules, metrics and corpus formats that come with
 * Seq4j.
 */
public final class TrainerPlugin implements Plugin {

  @Override
  public int apiVersion() {
    return API_VERSION;
  }

  @Override
  public void register(Components components) {
    optimizers(components.of(Optimizer.class));
    schedules(components.of(LearningRateSchedule.class));
    metrics(components.of(Metric.class));
    formats(components.of(CorpusFormat.class));
    objectives(components.of(Objective.class));
  }

  private static void objectives(Components.Group<Objective> objectives) {
    objectives
        .add(
            "cross-entropy",
            "Minus the log-probability of the true token, with label smoothing if asked for "
                + "(Szegedy et al. 2016); of vectors, the mean squared error.",
            CrossEntropy.Config.class,
            CrossEntropy::new)
        .add(
            "guided-alignment",
            "The cross-entropy of the attention against the alignments of the corpora, see "
                + "data.train.alignment (Chen et al. 2016, equation 4).",
            GuidedAlignment.Config.class,
            GuidedAlignment::new)
        .add(
            "minimum-risk",
            "The expected cost of answers that the model draws, by a metric (Shen et al. 2016); "
                + "stands alone, best begun from a trained model, see start_from.",
            MinimumRisk.Config.class,
            MinimumRisk::new);
  }

  private static void formats(Components.Group<CorpusFormat> formats) {
    formats
        .add(
            "parallel",
            "Two text files, line n of one beside line n of the other, packed or not. What source and target are, where file is absent.",
            NoKeys.class,
            keys -> new ParallelFormat())
        .add(
            "columns",
            "A text file with tabs between columns; source and target are their numbers, from 0. What a file is whose ending no other format has.",
            NoKeys.class,
            keys -> new ColumnsFormat())
        .add(
            "json-lines",
            "A JSON object in each line; source and target are keys whose values are text, or lists of text.",
            NoKeys.class,
            keys -> new JsonLinesFormat())
        .add(
            "numpy",
            "An array of NumPy's for each side, or one and a text file: .npy of [sequences, vectors, numbers], or .npz with an array [vectors, numbers] a sequence.",
            NoKeys.class,
            keys -> new NumpyFormat());
  }

  private static void optimizers(Components.Group<Optimizer> optimizers) {
    optimizers
        .add(
            "adadelta",
            "Divides gradients by the root of their mean square, and multiplies "
                + "them by that of the steps before (Zeiler 2012).",
            AdadeltaOptimizer.Config.class,
            AdadeltaOptimizer::new)
        .add(
            "adafactor",
            "Adam without the mean gradient, and with means of squares by row and by column, which "
                + "take far less memory (Shazeer and Stern 2018, algorithms 4 and 5).",
            AdafactorOptimizer.Config.class,
            AdafactorOptimizer::new)
        .add(
            "adagrad",
            "Divides gradients by the root of the sum of all their squares so far "
                + "(Duchi et al. 2011).",
            AdagradOptimizer.Config.class,
            AdagradOptimizer::new)
        .add(
            "adam",
            "Steps by the running means of gradients and of their squares (Kingma "
                + "and Ba 2015, algorithm 1).",
            AdamOptimizer.Config.class,
            AdamOptimizer::new)
        .add(
            "adamw",
            "Adam, with weights that fade by themselves rather than through their gradients "
                + "(Loshchilov and Hutter 2019, algorithm 2).",
            AdamWOptimizer.Config.class,
            AdamWOptimizer::new)
        .add(
            "rmsprop",
            "Divides gradients by the root of their mean square (Tieleman and Hinton 2012).",
            RmsPropOptimizer.Config.class,
            RmsPropOptimizer::new)
        .add(
            "sgd",
            "Steps against the gradient, with momentum if asked for (Sutskever et al. 2013).",
            SgdOptimizer.Config.class,
            SgdOptimizer::new);
  }

  private static void schedules(Components.Group<LearningRateSchedule> schedules) {
    schedules
        .add(
            "constant",
            "The same learning rate from beginning to end, after a rise if asked for.",
            ConstantSchedule.Config.class,
            ConstantSchedule::new)
        .add(
            "cosine",
            "Falls along half a wave of the cosine (Loshchilov and Hutter 2017, "
                + "without restarts).",
            FallConfig.class,
            CosineSchedule::new)
        .add(
            "exponential",
            "Falls by the same share in the same number of steps.",
            ExponentialSchedule.Config.class,
            ExponentialSchedule::new)
        .add(
            "inverse-square-root",
            "Rises to the learning rate, then falls with the root of the step "
                + "(Vaswani et al. 2017, section 5.3).",
            InverseSquareRootSchedule.Config.class,
            InverseSquareRootSchedule::new)
        .add(
            "linear", "Falls in a straight line to the end.", FallConfig.class, LinearSchedule::new)
        .add(
            "plateau",
            "Falls whenever validation has shown no progress for a while.",
            PlateauSchedule.Config.class,
            PlateauSchedule::new)
        .add(
            "step-wise",
            "Falls at given steps.",
            StepWiseSchedule.Config.class,
            StepWiseSchedule::new);
  }

  private static void metrics(Components.Group<Metric> metrics) {
    metrics
        .add(
            "exact-match",
            "The share of lines that are the reference token for token.",
            NoKeys.class,
            keys -> new ExactMatchMetric())
        .add(
            "ser",
            "Insertions, deletions and substitutions of tokens per token of the reference.",
            NoKeys.class,
            keys -> ErrorRateMetric.ofTokens())
        .add(
            "mse",
            "The mean squared error of a number of a vector; for targets of vectors.",
            NoKeys.class,
            keys -> new VectorErrorMetric(difference -> difference * difference))
        .add(
            "mae",
            "The mean absolute error of a number of a vector; for targets of vectors.",
            NoKeys.class,
            keys -> new VectorErrorMetric(Math::abs))
        .add(
            "bleu",
            "N-grams in common with the references, as sacreBLEU has it; 0 to 100.",
            BleuMetric.Config.class,
            BleuMetric::new)
        .add(
            "chrf",
            "N-grams of characters in common with the references, as sacreBLEU has it; 0 to 100.",
            ChrfMetric.Config.class,
            ChrfMetric::new)
        .add(
            "chrf++",
            "chrF++: chrf with pairs of words as well.",
            ChrfMetric.PlusPlusConfig.class,
            ChrfMetric::plusPlus)
        .add(
            "ter",
            "Edits and shifts per word of the reference, as sacreBLEU has it; in per cent.",
            TerMetric.Config.class,
            TerMetric::new)
        .add(
            "rouge-1",
            "Words in common with the reference; 0 to 100.",
            RougeMetric.Config.class,
            keys -> RougeMetric.ofNgrams(keys, 1))
        .add(
            "rouge-2",
            "Pairs of words in common with the reference; 0 to 100.",
            RougeMetric.Config.class,
            keys -> RougeMetric.ofNgrams(keys, 2))
        .add(
            "rouge-l",
            "The longest subsequence of words in common with the reference; 0 to 100.",
            RougeMetric.Config.class,
            RougeMetric::ofSubsequences)
        .add(
            "wer",
            "Insertions, deletions and substitutions of words per word of the reference.",
            NoKeys.class,
            keys -> ErrorRateMetric.ofWords())
        .add(
            "cer",
            "Insertions, deletions and substitutions of characters per character of the reference.",
            NoKeys.class,
            keys -> ErrorRateMetric.ofCharacters())
        .add(
            "perplexity",
            "How surprised the model is by a token of the reference, after the true ones before it.",
            NoKeys.class,
            keys -> ForcedMetric.perplexity())
        .add(
            "token-accuracy",
            "The share of tokens of the reference that are the most likely ones, after the true ones before.",
            NoKeys.class,
            keys -> ForcedMetric.tokenAccuracy());
  }
}

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
import org.seq4j.trainer.data.corpus.CsvFormat;
import org.seq4j.trainer.data.corpus.JsonLinesFormat;
import org.seq4j.trainer.data.corpus.NumpyFormat;
import org.seq4j.trainer.data.corpus.ParallelFormat;
import org.seq4j.trainer.metric.BleuMetric;
import org.seq4j.trainer.metric.ChrfMetric;
import org.seq4j.trainer.metric.DistinctMetric;
import org.seq4j.trainer.metric.ErrorRateMetric;
import org.seq4j.trainer.metric.ExactMatchMetric;
import org.seq4j.trainer.metric.ForcedMetric;
import org.seq4j.trainer.metric.RepetitionMetric;
import org.seq4j.trainer.metric.RougeMetric;
import org.seq4j.trainer.metric.SlotErrorMetric;
import org.seq4j.trainer.metric.SummaryRougeMetric;
import org.seq4j.trainer.metric.TerMetric;
import org.seq4j.trainer.metric.VectorErrorMetric;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.objective.Ctc;
import org.seq4j.trainer.objective.Distillation;
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
            "The negative log-likelihood of the true tokens, with optional label smoothing "
                + "(Szegedy et al. 2016); for targets of vectors, the mean squared error.",
            CrossEntropy.Config.class,
            CrossEntropy::new)
        .add(
            "guided-alignment",
            "The cross-entropy of attention weights against the alignments of the corpora, see "
                + "data.train.alignment (Chen et al. 2016, equation 4).",
            GuidedAlignment.Config.class,
            GuidedAlignment::new)
        .add(
            "ctc",
            "Connectionist temporal classification: the encoder alone predicts the target, a token or a "
                + "blank at each of its outputs (Graves et al. 2006). Beside cross-entropy it teaches "
                + "attention to move forward, in speech above all (Kim et al. 2017).",
            Ctc.Config.class,
            Ctc::new)
        .add(
            "distillation",
            "The cross-entropy with the mean distribution of trained models, the teachers (Hinton et "
                + "al. 2015; Kim and Rush 2016, section 3.1); usually beside cross-entropy.",
            Distillation.Config.class,
            Distillation::new)
        .add(
            "minimum-risk",
            "The expected cost, by a metric, of hypotheses sampled from the model (Shen et al. 2016). "
                + "It must be the only objective; start from a trained model, see training.start_from.",
            MinimumRisk.Config.class,
            MinimumRisk::new);
  }

  private static void formats(Components.Group<CorpusFormat> formats) {
    formats
        .add(
            "parallel",
            "Two text files, compressed or not; line n of the source belongs to line n of the target. The default if the key file is absent.",
            NoKeys.class,
            keys -> new ParallelFormat())
        .add(
            "columns",
            "A text file with columns separated by tabs; source and target are column numbers, from 0, or names if there is a header. The default for files whose ending no other format has.",
            ColumnsFormat.Config.class,
            ColumnsFormat::new)
        .add(
            "csv",
            "A CSV file (RFC 4180): columns separated by commas, in quotes where necessary; source and target are the names of columns, or their numbers, from 0.",
            CsvFormat.Config.class,
            CsvFormat::new)
        .add(
            "json-lines",
            "One JSON object per line; source and target are keys whose values are strings, or lists of strings.",
            NoKeys.class,
            keys -> new JsonLinesFormat())
        .add(
            "numpy",
            "A NumPy file for each side, or for one side beside a text file: .npy with an array [sequences, vectors, numbers], or .npz with an array [vectors, numbers] per sequence.",
            NoKeys.class,
            keys -> new NumpyFormat());
  }

  private static void optimizers(Components.Group<Optimizer> optimizers) {
    optimizers
        .add(
            "adadelta",
            "Divides gradients by their root mean square and multiplies them by that of earlier "
                + "updates (Zeiler 2012).",
            AdadeltaOptimizer.Config.class,
            AdadeltaOptimizer::new)
        .add(
            "adafactor",
            "Adam without the mean gradient; it keeps mean squares per row and column, which take far "
                + "less memory (Shazeer and Stern 2018, algorithms 4 and 5).",
            AdafactorOptimizer.Config.class,
            AdafactorOptimizer::new)
        .add(
            "adagrad",
            "Divides gradients by the square root of the sum of their squares so far "
                + "(Duchi et al. 2011).",
            AdagradOptimizer.Config.class,
            AdagradOptimizer::new)
        .add(
            "adam",
            "Scales updates by running means of gradients and of their squares (Kingma "
                + "and Ba 2015, algorithm 1).",
            AdamOptimizer.Config.class,
            AdamOptimizer::new)
        .add(
            "adamw",
            "Adam with weight decay that is decoupled from the gradients "
                + "(Loshchilov and Hutter 2019, algorithm 2).",
            AdamWOptimizer.Config.class,
            AdamWOptimizer::new)
        .add(
            "rmsprop",
            "Divides gradients by their root mean square (Tieleman and Hinton 2012).",
            RmsPropOptimizer.Config.class,
            RmsPropOptimizer::new)
        .add(
            "sgd",
            "Stochastic gradient descent, with optional momentum (Sutskever et al. 2013).",
            SgdOptimizer.Config.class,
            SgdOptimizer::new);
  }

  private static void schedules(Components.Group<LearningRateSchedule> schedules) {
    schedules
        .add(
            "constant",
            "A constant learning rate, after an optional warmup.",
            ConstantSchedule.Config.class,
            ConstantSchedule::new)
        .add(
            "cosine",
            "Decays along half a cosine wave (Loshchilov and Hutter 2017, " + "without restarts).",
            FallConfig.class,
            CosineSchedule::new)
        .add(
            "exponential",
            "Decays by a constant factor in a constant number of steps.",
            ExponentialSchedule.Config.class,
            ExponentialSchedule::new)
        .add(
            "inverse-square-root",
            "Linear warmup, then decay with the inverse square root of the step "
                + "(Vaswani et al. 2017, section 5.3).",
            InverseSquareRootSchedule.Config.class,
            InverseSquareRootSchedule::new)
        .add(
            "linear", "Decays linearly until the last step.", FallConfig.class, LinearSchedule::new)
        .add(
            "plateau",
            "Decays when validation stops improving.",
            PlateauSchedule.Config.class,
            PlateauSchedule::new)
        .add(
            "step-wise",
            "Decays at given steps.",
            StepWiseSchedule.Config.class,
            StepWiseSchedule::new);
  }

  private static void metrics(Components.Group<Metric> metrics) {
    metrics
        .add(
            "exact-match",
            "The share of hypotheses that equal one of the references.",
            NoKeys.class,
            keys -> new ExactMatchMetric())
        .add(
            "ser",
            "Insertions, deletions and substitutions of tokens per token of the reference.",
            NoKeys.class,
            keys -> ErrorRateMetric.ofTokens())
        .add(
            "mse",
            "The mean squared error over the numbers of all vectors; for targets of vectors.",
            NoKeys.class,
            keys -> new VectorErrorMetric(difference -> difference * difference))
        .add(
            "mae",
            "The mean absolute error over the numbers of all vectors; for targets of vectors.",
            NoKeys.class,
            keys -> new VectorErrorMetric(Math::abs))
        .add(
            "bleu",
            "The precision of word n-grams with a brevity penalty, as in sacreBLEU; 0 to 100.",
            BleuMetric.Config.class,
            BleuMetric::new)
        .add(
            "chrf",
            "The F-score of character n-grams against the references, as in sacreBLEU; 0 to 100.",
            ChrfMetric.Config.class,
            ChrfMetric::new)
        .add(
            "chrf++",
            "chrF++: chrf with unigrams and bigrams of words.",
            ChrfMetric.PlusPlusConfig.class,
            ChrfMetric::plusPlus)
        .add(
            "ter",
            "Edits and shifts per word of the reference, as in sacreBLEU; in percent.",
            TerMetric.Config.class,
            TerMetric::new)
        .add(
            "rouge-1",
            "The overlap of words with the reference; 0 to 100.",
            RougeMetric.Config.class,
            keys -> RougeMetric.ofNgrams(keys, 1))
        .add(
            "rouge-2",
            "The overlap of word bigrams with the reference; 0 to 100.",
            RougeMetric.Config.class,
            keys -> RougeMetric.ofNgrams(keys, 2))
        .add(
            "rouge-l",
            "The longest common subsequence of words with the reference; 0 to 100.",
            RougeMetric.Config.class,
            RougeMetric::ofSubsequences)
        .add(
            "rouge-lsum",
            "As rouge-l, but for summaries of several sentences: each sentence of the reference is compared with all sentences; 0 to 100.",
            SummaryRougeMetric.Config.class,
            SummaryRougeMetric::new)
        .add(
            "distinct-1",
            "The number of different words of all hypotheses divided by the number of words (Li et al. 2016).",
            NoKeys.class,
            keys -> new DistinctMetric(1))
        .add(
            "distinct-2",
            "The number of different word bigrams of all hypotheses divided by the number of bigrams (Li et al. 2016).",
            NoKeys.class,
            keys -> new DistinctMetric(2))
        .add(
            "repetition",
            "The share of word n-grams, by default trigrams, that occurred before in the same hypothesis (See et al. 2017).",
            RepetitionMetric.Config.class,
            RepetitionMetric::new)
        .add(
            "slot-error",
            "Values of the source's actions that the answer does not say although the reference does, and wrong numbers, per value that the reference says (Wen et al. 2015).",
            SlotErrorMetric.Config.class,
            SlotErrorMetric::new)
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
            "The perplexity per token of the reference, with teacher forcing.",
            NoKeys.class,
            keys -> ForcedMetric.perplexity())
        .add(
            "token-accuracy",
            "The share of reference tokens that the model finds most likely, with teacher forcing.",
            NoKeys.class,
            keys -> ForcedMetric.tokenAccuracy());
  }
}

package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.attention.LuongAttention;
import org.seq4j.attention.LuongScore;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.Objective;
import org.seq4j.core.training.Optimizer;
import org.seq4j.rnn.GruCell;
import org.seq4j.rnn.Merge;
import org.seq4j.rnn.RnnDecoder;
import org.seq4j.rnn.RnnDecoderConfig;
import org.seq4j.rnn.RnnEncoder;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigWriter;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.tokenizers.WhitespaceTokenizer;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.objective.CrossEntropy;
import org.seq4j.trainer.optimizer.AdamOptimizer;
import org.seq4j.trainer.schedule.ConstantSchedule;
import org.seq4j.trainer.training.config.CheckpointConfig;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.config.ValidationConfig;
import org.seq4j.trainer.training.state.TrainingResult;

/** An experiment that a program describes with records, without a file. */
final class ExperimentInCodeTest {
  private static final Component<Cell> GRU =
      Component.of(Cell.class, "gru", new GruCell.Config(true), GruCell::new);
  private static final SequenceConfig WORDS =
      SequenceConfig.ofText(
          List.of(
              Component.of(
                  Tokenizer.class, "whitespace", new NoKeys(), keys -> new WhitespaceTokenizer())),
          VocabularyConfig.ALL,
          50);

  @TempDir Path folder;

  @BeforeEach
  void write() {
    ToyExperiment.in(folder);
  }

  @Test
  void isTrainedGoneOnWithAndEvaluated() {
    Path run = folder.resolve("run");
    Recorder recorder = Recorder.stoppingAfter(2);
    experiment(LuongScore.GENERAL).train(run, recorder.stop, recorder);
    TrainingResult result = experiment(LuongScore.GENERAL).resume(run);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(result.steps()).isEqualTo(4);
    assertThat(experiment(LuongScore.GENERAL).evaluate(run, SplitName.TEST).answers()).hasSize(30);
    ExperimentConfig read = Experiment.ofRun(run, ToyExperiment.REGISTRY, List.of()).config();
    assertThat(ConfigWriter.write(read))
        .isEqualTo(ConfigWriter.write(experiment(LuongScore.GENERAL).config()));
  }

  @Test
  void aComponentOfTheProgramIsFoundWhenItsRunIsUsed() {
    Component<Cell> own = Component.of(Cell.class, "own", new Own(true), Own::cell);
    ExperimentConfig config =
        experiment(LuongScore.GENERAL).config().with("name", "own").with("model.encoder.cell", own);
    Experiment experiment = Experiment.of(config, folder, ToyExperiment.REGISTRY);
    Path run = folder.resolve("own");
    experiment.train(run);
    assertThat(experiment.evaluate(run, SplitName.DEV).answers()).isNotEmpty();
    try (Translator translator = Translator.load(run, experiment.registry())) {
      assertThat(translator.translate("a b").text()).isNotNull();
    }
    ComponentRegistry registry = ToyExperiment.REGISTRY.with(List.of(own));
    assertThat(
            Experiment.ofRun(run, registry, List.of())
                .config()
                .model()
                .encoder()
                .orElseThrow()
                .config())
        .isEqualTo(config.model().encoder().orElseThrow().config());
  }

  /** A cell that no registry has, with a config of its own. */
  private record Own(boolean resetAfter) {
    Cell cell() {
      return new GruCell(new GruCell.Config(resetAfter));
    }
  }

  @Test
  void aKeyThatIsNoneIsToldWithTheOthers() {
    ExperimentConfig config = experiment(LuongScore.GENERAL).config();
    assertThatThrownBy(() -> config.with("model.decoder.atention", GRU))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no key 'atention'. It has: cell, units, ");
    assertThatThrownBy(() -> config.with("model.decoder.attention", GRU.config()))
        .hasMessageStartingWith("attention: expected ");
    assertThatThrownBy(() -> config.with("model.decoder.attention", GRU)) // of another kind
        .hasMessageStartingWith("attention: expected ");
  }

  @Test
  void aModelThatCannotBeBuiltIsToldByTheExperimentsName() {
    Experiment experiment = experiment(LuongScore.DOT);
    assertThatThrownBy(experiment::verifyModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("in code: 1 problem\n  model: the model cannot be built: ");
  }

  private Experiment experiment(LuongScore score) {
    ExperimentConfig config =
        new ExperimentConfig(
            "in code",
            1,
            new DataConfig(
                List.of(CorpusConfig.columns(Path.of("train.tsv"), 0, 1)),
                Optional.of(CorpusConfig.columns(Path.of("dev.tsv"), 0, 1)),
                Optional.of(CorpusConfig.columns(Path.of("test.tsv"), 0, 1)),
                Optional.empty()),
            WORDS,
            WORDS,
            model(
                Component.of(
                    AttentionMechanism.class,
                    "luong",
                    new LuongAttention.Config(score, Normalizer.SOFTMAX),
                    LuongAttention::new)),
            training(),
            SearchConfig.greedy(),
            new EvaluationConfig(
                List.of(
                    ToyExperiment.REGISTRY.component(Metric.class, "exact-match", new NoKeys()))));
    return Experiment.of(config, folder, ToyExperiment.REGISTRY);
  }

  /** The decoder is half as deep as what it looks at. */
  private static ModelConfig model(Component<AttentionMechanism> attention) {
    RnnEncoder.Config encoder =
        new RnnEncoder.Config(GRU, 8, 1, true, Optional.empty(), Merge.CONCAT, 0.1f, 0, 0, false);
    RnnDecoderConfig decoder =
        new RnnDecoderConfig(
            GRU,
            8,
            1,
            0.1f,
            0,
            false,
            Optional.of(attention),
            RnnDecoderConfig.Attend.AFTER,
            Optional.empty(),
            Optional.empty(),
            RnnDecoderConfig.Bridge.DENSE,
            RnnDecoderConfig.DeepOutput.NONE);
    ModelConfig.Side side = new ModelConfig.Side(8);
    return new ModelConfig(
        new ModelConfig.EmbeddingConfig(side, side, ModelConfig.Tie.NONE),
        Component.of(Encoder.class, "rnn", encoder, RnnEncoder::new),
        Component.of(Decoder.class, "rnn", decoder, RnnDecoder::new),
        Optional.empty());
  }

  private static TrainingConfig training() {
    return new TrainingConfig(
        new BatchConfig(16, BatchConfig.Unit.SEQUENCES),
        1,
        1,
        Optional.empty(),
        Optional.empty(),
        Component.of(
            Optimizer.class,
            "adam",
            new AdamOptimizer.Config(0.9, 0.999, 1e-8, false, false),
            AdamOptimizer::new),
        Optional.of(0.01),
        Component.of(
            LearningRateSchedule.class,
            "constant",
            new ConstantSchedule.Config(0),
            ConstantSchedule::new),
        1,
        0,
        0,
        0,
        0,
        List.of(),
        Optional.empty(),
        List.of(
            Component.of(
                Objective.class,
                "cross-entropy",
                new CrossEntropy.Config(0, 1),
                CrossEntropy::new)),
        1,
        Optional.empty(),
        Optional.of(1),
        Optional.of(4),
        Optional.empty(),
        ValidationConfig.everyEpochs(1),
        Optional.empty(),
        new CheckpointConfig(2, 1, Optional.empty()),
        Precision.F32,
        2);
  }
}

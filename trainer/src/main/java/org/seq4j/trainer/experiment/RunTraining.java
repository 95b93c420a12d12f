package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.TrainingDataBuilder;
import org.seq4j.trainer.data.VocabularyCounter;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.training.LearningRateSearch;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingCost;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.checkpoint.RunLock;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.wiring.ExperimentParts;

/** Starts and resumes runs of an experiment; {@link Experiment} has the documentation. */
final class RunTraining {
  private final ExperimentSetup setup;
  private final ExperimentConfig config;
  private final ExperimentParts parts;
  private final ModelCheck model;

  RunTraining(ExperimentSetup setup, ModelCheck model) {
    this.setup = setup;
    this.config = setup.config();
    this.parts = setup.parts();
    this.model = model;
  }

  TrainingResult train(Path run, StopSignal stop, List<TrainingListener> listeners) {
    long started = System.nanoTime();
    return begin(new RunDirectory(run), stop, listeners)
        .orElseGet(
            () -> TrainingResult.notBegun(run, Duration.ofNanos(System.nanoTime() - started)));
  }

  /** Returns empty if a stop is requested before anything is written. */
  private Optional<TrainingResult> begin(
      RunDirectory run, StopSignal stop, List<TrainingListener> listeners) {
    RunFiles files = new RunFiles(run, setup.tree());
    files.checkNew();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    model.verifyStart();
    model.verify();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    TrainingData data = parts.ofNew().prepare();
    if (stop.isRequested()) {
      return Optional.empty();
    }
    Provenance provenance = provenance();
    return parts
        .trainer()
        .train(
            data,
            run,
            () -> files.begin(config, data.source(), data.target(), provenance),
            stop,
            all(listeners));
  }

  private List<TrainingListener> all(List<TrainingListener> listeners) {
    return Stream.concat(parts.listeners().stream(), listeners.stream()).toList();
  }

  private Provenance provenance() {
    return Provenance.current(
        config.name(),
        config.seed(),
        config.training().effectiveThreads(),
        parts.clock().instant(),
        setup.registry(),
        DataFiles.of(config, parts.dataset()).files());
  }

  @SuppressWarnings("try") // the lock only needs to be held
  void importWeights(Path run, Map<String, SafeTensors.Array> weights) {
    RunDirectory directory = new RunDirectory(run);
    RunFiles files = new RunFiles(directory, setup.tree());
    files.checkNew();
    model.verify();
    TrainingDataBuilder.Codecs codecs = parts.preparation().codecs(source -> false);
    ImportedWeights imported =
        ImportedWeights.of(
            weights, config.model(), codecs.source(), codecs.target(), setup.context());
    Provenance provenance = provenance();
    try (RunLock lock = files.begin(config, codecs.source(), codecs.target(), provenance)) {
      imported.write(directory);
    }
  }

  TrainingCost measureCost() {
    model.verify();
    return parts.trainer().measureCost(parts.preparation().prepare());
  }

  LearningRateSearch findLearningRate(LearningRateSearch.Range range) {
    model.verify();
    return parts.trainer().findLearningRate(parts.preparation().prepare(), range);
  }

  @SuppressWarnings("try") // the lock only needs to be held
  TrainingResult resume(Path run, StopSignal stop, List<TrainingListener> listeners) {
    RunDirectory directory = ExperimentSetup.existing(run);
    try (RunLock lock = RunLock.take(directory)) {
      return resume(directory, stop, listeners);
    }
  }

  TrainingGraph graph(RunDirectory run) {
    RunFiles files = new RunFiles(run, setup.tree());
    TrainingDataBuilder.Codecs codecs =
        parts.preparation().codecs(files.sourceVocabulary(config), files.targetVocabulary(config));
    return parts.trainer().graph(codecs.source(), codecs.target());
  }

  PairEncoder encoder(RunDirectory run) {
    RunFiles files = new RunFiles(run, setup.tree());
    return parts
        .preparation()
        .trainEncoder(files.sourceVocabulary(config), files.targetVocabulary(config));
  }

  void describe(RunDirectory folder, Optional<VocabularyCounter> counted) {
    new RunFiles(folder, setup.tree()).describe(config, counted);
  }

  List<ConfigDifference.Change> differences(RunDirectory run) {
    return differences(run, TokenizerFiles.of(config, run));
  }

  private List<ConfigDifference.Change> differences(RunDirectory run, TokenizerFiles tokenizers) {
    ExperimentConfig begun = Experiment.ofRun(run.path(), setup.registry(), List.of()).config();
    return ConfigDifference.between(begun, tokenizers.config());
  }

  private TrainingResult resume(
      RunDirectory run, StopSignal stop, List<TrainingListener> listeners) {
    TokenizerFiles tokenizers = TokenizerFiles.of(config, run);
    List<String> differences =
        differences(run, tokenizers).stream()
            .filter(change -> !change.free())
            .map(ConfigDifference.Change::toString)
            .toList();
    if (!differences.isEmpty()) {
      throw new TrainingException(
          "%s cannot be resumed with a changed experiment:\n  %s\nRestore these values, or start a new run in another folder; seq4j train --resume --run %s resumes with the run's own. Keys that may change: %s"
              .formatted(
                  run.path(),
                  String.join("\n  ", differences),
                  run.path(),
                  ConfigDifference.free()));
    }
    model.verify();
    RunFiles files = new RunFiles(run, setup.tree());
    files.checkData(DataFiles.of(config, parts.dataset()));
    tokenizers.checkSame();
    TrainingData data =
        parts.preparation().prepare(files.sourceVocabulary(config), files.targetVocabulary(config));
    files.writeConfig(tokenizers.config());
    return parts.trainer().resume(data, run, stop, all(listeners));
  }
}

package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.seq4j.core.data.Example;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.ActionFormat;
import org.seq4j.trainer.evaluation.Baseline;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.metric.SlotErrorMetric;
import org.seq4j.trainer.metric.SlotValues;
import org.seq4j.trainer.report.Report;

/** Evaluates the model of a run on examples of an experiment. */
record RunEvaluation(ExperimentSetup setup) {

  List<Example> examples(SplitName split) {
    List<Example> examples = setup.parts().dataset().read(split);
    if (examples.isEmpty()) {
      String name = split.name().toLowerCase(Locale.ROOT);
      throw new DataException(
          "the experiment has no data.%s to evaluate on: add it, or choose another split"
              .formatted(name));
    }
    return examples;
  }

  Evaluation evaluate(RunDirectory run, Path checkpoint, List<Example> examples) {
    try (LoadedRun loaded = LoadedRun.open(run, checkpoint, setup.registry())) {
      return evaluate(Translator.of(loaded), examples);
    }
  }

  Evaluation evaluate(Translator translator, List<Example> examples) {
    return setup.parts().evaluator().evaluate(translator, examples, setup.config().search());
  }

  Baseline baseline(String name) {
    return Baseline.of(name, () -> examples(SplitName.TRAIN), this::actionFormat);
  }

  /** Returns the form of actions: their place by the corpora, their values by the metric. */
  private ActionFormat actionFormat() {
    Set<String> separators = new LinkedHashSet<>();
    for (CorpusConfig corpus : setup.config().data().train()) {
      if (corpus.source().size() > 1) {
        separators.add(corpus.separator());
      }
    }
    if (separators.size() > 1 || separators.contains(" ") || separators.contains("")) {
      throw new DataException(
          "the baseline template needs to know where the actions in a source begin, but data.train joins columns with %s: expected one separator that does not occur in other texts, such as data.train.separator: ' <actions> '"
              .formatted(
                  separators.stream().map(it -> "'" + it + "'").collect(Collectors.joining(", "))));
    }
    String values =
        setup.config().evaluation().metrics().stream()
            .map(Component::config)
            .filter(SlotErrorMetric.Config.class::isInstance)
            .map(it -> ((SlotErrorMetric.Config) it).values())
            .findFirst()
            .orElse(SlotValues.DEFAULT);
    return new ActionFormat(new SlotValues(values), separators.stream().findFirst());
  }

  List<MetricScore> score(Baseline baseline, Translator translator, List<Example> examples) {
    return setup.parts().evaluator().score(baseline, examples, translator.target());
  }

  Report report(ReportMaker maker, RunDirectory run, SplitName split) {
    if (run.bestCheckpoints().isEmpty() && run.lastCheckpoints().isEmpty()) {
      return maker.make(split, Optional.empty());
    }
    Path checkpoint = run.checkpoint();
    try (LoadedRun loaded = LoadedRun.open(run, checkpoint, setup.registry())) {
      return maker.make(
          split, Optional.of(new ReportMaker.Model(loaded, checkpoint, setup.parts().evaluator())));
    }
  }
}

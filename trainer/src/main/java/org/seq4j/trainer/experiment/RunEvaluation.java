package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.Example;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Baseline;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
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

  List<MetricScore> score(String baseline, Translator translator, List<Example> examples) {
    Baseline chosen = Baseline.of(baseline, () -> examples(SplitName.TRAIN));
    return setup.parts().evaluator().score(chosen, examples, translator.target());
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

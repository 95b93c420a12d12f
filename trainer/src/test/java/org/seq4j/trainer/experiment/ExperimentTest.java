package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.trainer.data.Split;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.training.TrainingResult;

final class ExperimentTest {
  @TempDir Path folder;

  @Test
  void aToyTaskIsLearned() {
    Experiment experiment = ToyExperiment.in(folder).load("training.epochs=30");
    TrainingResult result = experiment.train(folder.resolve("run"));
    Evaluation evaluation = experiment.evaluate(folder.resolve("run"), Split.TEST);
    System.out.println(result);
    System.out.println(evaluation.scores() + " " + evaluation.buckets());
    assertThat(evaluation.scores().get(0).value()).isGreaterThan(0.8);
  }
}

package org.seq4j.trainer.training;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.training.checkpoint.WarmStart;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/** A listener that calls several listeners in order. */
record Listeners(List<TrainingListener> all) implements TrainingListener {

  @Override
  public void checkpointDamaged(Path file, String reason, Path before) {
    all.forEach(listener -> listener.checkpointDamaged(file, reason, before));
  }

  @Override
  public void warmStarted(WarmStart.Taken taken) {
    all.forEach(listener -> listener.warmStarted(taken));
  }

  @Override
  public void warned(String message) {
    all.forEach(listener -> listener.warned(message));
  }

  @Override
  public void started(TrainingPlan plan) {
    all.forEach(listener -> listener.started(plan));
  }

  @Override
  public void stepped(TrainingProgress progress) {
    all.forEach(listener -> listener.stepped(progress));
  }

  @Override
  public void epochEnded(int epochs, SkippedExamples leftOut) {
    all.forEach(listener -> listener.epochEnded(epochs, leftOut));
  }

  @Override
  public void saved(long step) {
    all.forEach(listener -> listener.saved(step));
  }

  @Override
  public void validated(ValidationReport report) {
    all.forEach(listener -> listener.validated(report));
  }

  @Override
  public void finished(TrainingResult result) {
    all.forEach(listener -> listener.finished(result));
  }
}

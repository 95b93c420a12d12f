package org.seq4j.trainer.experiment;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/** Keeps what training tells, and interrupts it at a step if asked to. */
public final class Recorder implements TrainingListener {
  public final List<TrainingPlan> plans = new ArrayList<>();
  final List<TrainingProgress> steps = new ArrayList<>();
  final List<ValidationReport> validations = new ArrayList<>();
  public final List<TrainingResult> results = new ArrayList<>();
  public final StopSignal stop = new StopSignal();
  private final long stopAt;
  private final long failAt;

  private Recorder(long stopAt, long failAt) {
    this.stopAt = stopAt;
    this.failAt = failAt;
  }

  public static Recorder untilTheEnd() {
    return new Recorder(-1, -1);
  }

  /** Requests a stop after a step. */
  static Recorder stoppingAfter(long step) {
    return new Recorder(step, -1);
  }

  /** Throws after a step, which is as near to being killed as a test can come. */
  static Recorder failingAfter(long step) {
    return new Recorder(-1, step);
  }

  @Override
  public void started(TrainingPlan plan) {
    plans.add(plan);
  }

  @Override
  public void stepped(TrainingProgress progress) {
    steps.add(progress);
    if (progress.step() == stopAt) {
      stop.request();
    }
    if (progress.step() == failAt) {
      throw new IllegalStateException("killed");
    }
  }

  @Override
  public void validated(ValidationReport report) {
    validations.add(report);
  }

  @Override
  public void finished(TrainingResult result) {
    results.add(result);
  }
}

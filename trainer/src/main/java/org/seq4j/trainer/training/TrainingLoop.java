package org.seq4j.trainer.training;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.evaluation.EvenSample;
import org.seq4j.trainer.training.checkpoint.Checkpointer;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.log.ThroughputMeter;
import org.seq4j.trainer.training.log.TrainingLog;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.state.TrainingResult.Best;
import org.seq4j.trainer.training.state.TrainingResult.Outcome;
import org.seq4j.trainer.training.state.TrainingState;
import org.seq4j.trainer.training.step.Stepper;
import org.seq4j.trainer.training.step.Steppers;
import org.seq4j.trainer.training.step.WorkerPools;
import org.seq4j.trainer.training.validation.Validation;
import org.seq4j.trainer.training.validation.ValidationReport;
import org.seq4j.trainer.training.validation.Validator;

/** A session of training: runs steps, validations and logging. An instance runs once. */
final class TrainingLoop {
  private static final int LOG_EVERY_STEPS = 100;
  private static final int SAMPLES = 5;
  private static final int STEPS_TO_ESTIMATE = 10; // the first ones also start threads

  private final StoppingCriteria course;
  private final Steppers steppers;
  private final WorkerPools pools;
  private final TrainingGraph graph;
  private final TrainingData data;
  private final Optional<Validation> validation;
  private final TrainingLog journal;
  private final Checkpointer saver;
  private final StopSignal stop;
  private final TrainingListener listener;

  private final long started = System.nanoTime();
  private final ThroughputMeter session = new ThroughputMeter();
  private ThroughputMeter interval = new ThroughputMeter(); // since the last log line
  private final Duration timeBefore; // of earlier sessions
  private TrainingState state;
  private double learningRate; // of the last step
  private Optional<Integer> batchesInEpoch = Optional.empty();
  private int batchesSoFar; // of the epoch of the last step
  private boolean validated; // in this session
  private double progressAtStart;
  private double progress;

  TrainingLoop(
      StoppingCriteria course,
      Steppers steppers,
      WorkerPools pools,
      TrainingGraph graph,
      TrainingData data,
      Optional<Validation> validation,
      TrainingLog journal,
      Checkpointer saver,
      StopSignal stop,
      TrainingListener listener,
      TrainingState state) {
    this.course = course;
    this.steppers = steppers;
    this.pools = pools;
    this.graph = graph;
    this.data = data;
    this.validation = validation;
    this.journal = journal;
    this.saver = saver;
    this.stop = stop;
    this.listener = listener;
    this.state = state;
    this.timeBefore = state.time();
  }

  TrainingResult run() {
    Stepper.Session here = new Stepper.Session(this::timeNow, stop::isRequested);
    try (Stepper stepper = steppers.start(state, here, pools)) {
      TrainingPlan plan = plan(stepper.batchesInEpoch());
      progressAtStart = course.progress(state, plan.batches());
      progress = progressAtStart;
      batchesInEpoch = plan.batches();
      journal.started(state, plan);
      listener.started(plan);
      validation.ifPresent(it -> it.validator().rehearse());
      return finish(steps(stepper));
    } catch (TrainingException e) {
      journal.failed(state, e);
      throw e;
    }
  }

  private TrainingPlan plan(Optional<Integer> batches) {
    return new TrainingPlan(
        graph.parameterCount(),
        data.source().space(),
        data.target().space(),
        data.vectors().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().coverage())),
        data.train().all(),
        isDevRead() ? Optional.of(data.dev().examples().size()) : Optional.empty(),
        isDevRead() ? Optional.of(data.dev().pairs()) : Optional.empty(),
        course.config().workers(),
        batches,
        course.totalSteps(state, batches),
        state.step(),
        data.notes());
  }

  private boolean isDevRead() {
    return !data.hasDev() || data.dev().isRead();
  }

  private Outcome steps(Stepper stepper) {
    if (state.validationDue()) {
      validate(); // the session before ended in it
    }
    while (true) {
      if (course.isFinished(state)) {
        return Outcome.FINISHED;
      }
      if (course.isExhausted(state)) {
        return Outcome.STOPPED_EARLY;
      }
      if (stop.isRequested()) {
        save(state, false);
        return Outcome.INTERRUPTED;
      }
      if (course.isTimeUp(state)) {
        if (saver.savedStep() != state.step()) {
          logTraining();
          validate();
        }
        return Outcome.TIME_UP;
      }
      long stepsBefore = state.step();
      if (!advance(stepper)) {
        continue;
      }
      if (state.batch() == 0) {
        endEpoch(stepper);
      }
      if (course.isValidationDue(state)) {
        logTraining();
        validate();
      } else if (state.step() / LOG_EVERY_STEPS > stepsBefore / LOG_EVERY_STEPS) {
        logTraining();
      }
      if (saver.isDue()) {
        save(state, false);
      }
    }
  }

  /** Makes the next step or round. Returns false if a stop was requested meanwhile. */
  private boolean advance(Stepper stepper) {
    long begun = System.nanoTime();
    Optional<Stepper.Advance> made = stepper.advance(state);
    if (made.isEmpty()) {
      return false;
    }
    Stepper.Advance advance = made.get();
    long tokens = advance.state().unlogged().tokens() - state.unlogged().tokens();
    learningRate = advance.learningRate();
    batchesSoFar = state.batch() + (int) (advance.state().step() - state.step());
    state = advance.state();
    long nanos = System.nanoTime() - begun;
    interval.add(tokens, nanos, advance.waitedNanos());
    session.add(tokens, nanos, advance.waitedNanos());
    progress = course.progress(state, batchesInEpoch);
    listener.stepped(
        new TrainingProgress(
            state.step(),
            state.epoch(),
            advance.loss(),
            session.tokensPerSecond(),
            progress,
            timeLeft()));
    return true;
  }

  private Duration timeNow() {
    return timeBefore.plusNanos(System.nanoTime() - started);
  }

  private Optional<Duration> timeLeft() {
    double done = progress - progressAtStart;
    boolean known = session.steps() >= STEPS_TO_ESTIMATE && done > 0;
    return known
        ? Optional.of(
            Duration.ofNanos((long) ((System.nanoTime() - started) * (1 - progress) / done)))
        : Optional.empty();
  }

  /** Reports the end of an epoch of streamed data, whose number of batches is known only now. */
  private void endEpoch(Stepper stepper) {
    if (data.train().lengths().isPresent()) {
      return;
    }
    batchesInEpoch = Optional.of(batchesSoFar);
    SkippedExamples leftOut = stepper.leftOut();
    journal.epochEnded(state, batchesInEpoch.get(), leftOut);
    listener.epochEnded(state.epochs(), leftOut);
  }

  private void validate() {
    if (validation.isEmpty()) {
      save(state, true); // without validation, the latest is the best
      return;
    }
    Validation measures = validation.get();
    Validator.Measured measured = measured(measures.validator());
    double value = measures.value(measured);
    boolean best = measures.isBest(value, state.best());
    state =
        state.afterValidation(
            measured.values(),
            measures.ranked(
                state.bests(), new Best(measures.watched(), value, state.step()), saver.keptBest()),
            best);
    ValidationReport report = report(measured, best);
    journal.validated(state, report, graph.readForUse(), measured.attended());
    save(state, state.bests().stream().anyMatch(kept -> kept.step() == state.step()));
    listener.validated(report);
  }

  /**
   * Evaluates the model. The steps so far are saved before the first evaluation of a session, which
   * runs the search and the metrics for the first time, and if a later one fails.
   */
  private Validator.Measured measured(Validator validator) {
    double loss = graph.inUse(() -> validator.loss(state.step()));
    if (!validated) {
      save(state.beforeValidation(), false);
    }
    try {
      Validator.Measured measured = graph.inUse(() -> validator.validate(loss));
      validated = true;
      return measured;
    } catch (RuntimeException | Error e) {
      if (saver.savedStep() != state.step()) {
        save(state.beforeValidation(), false);
      }
      throw e;
    }
  }

  private ValidationReport report(Validator.Measured measured, boolean best) {
    return new ValidationReport(
        state.step(),
        state.epoch(),
        measured.loss(),
        data.target().space().isVectors()
            ? Optional.empty()
            : Optional.of(Math.exp(measured.loss())),
        measured.evaluation().scores(),
        measured.diagnosis(),
        best,
        EvenSample.over(measured.evaluation().answers(), SAMPLES));
  }

  private void save(TrainingState saved, boolean best) {
    saver.save(saved, best);
    listener.saved(saved.step());
  }

  private TrainingResult finish(Outcome outcome) {
    TrainingResult result =
        new TrainingResult(
            outcome,
            saver.run().path(),
            state.step(),
            state.epochs(),
            outcome == Outcome.FINISHED ? 1 : progress,
            state.best(),
            Duration.ofNanos(System.nanoTime() - started));
    journal.ended(state, result);
    listener.finished(result);
    return result;
  }

  /** Logs the steps since the last log line. */
  private void logTraining() {
    if (state.unlogged().steps() > 0) {
      journal.trained(state, learningRate);
      state = state.logged();
    }
    if (!interval.isEmpty()) {
      journal.speed(state, interval);
      interval = new ThroughputMeter();
    }
  }
}

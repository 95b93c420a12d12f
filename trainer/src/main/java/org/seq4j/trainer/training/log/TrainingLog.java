package org.seq4j.trainer.training.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.state.StepTotals;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.state.TrainingState;
import org.seq4j.trainer.training.validation.ValidationReport;

/**
 * The logs of a session of training: {@code metrics.jsonl} records results, {@code sessions.jsonl}
 * times and throughput. TensorBoard's event file gets all numbers of both, with histograms, samples
 * and attention.
 */
public final class TrainingLog implements AutoCloseable {
  private static final int PICTURES = 5; // max images of attention per validation
  private static final int LONGEST = 500; // max characters of a sample

  private final JsonLinesFile log;
  private final JsonLinesFile sessions;
  private final EventFile events;
  private final Clock clock;
  private final ProcessUsage machine = new ProcessUsage();

  /**
   * Opens the files.
   *
   * @param size the size of the log before the session's first step, in bytes; entries of later
   *     steps are removed
   * @param step the step before the session's first one
   * @param clock the clock of the logs
   */
  public TrainingLog(RunDirectory run, long size, long step, Clock clock) {
    this.clock = clock;
    log = JsonLinesFile.open(run.metrics(), size);
    boolean opened = false;
    JsonLinesFile second = null;
    try {
      second = JsonLinesFile.append(run.sessions());
      events = EventFile.create(run.tensorBoard(), step, clock);
      opened = true;
    } finally {
      if (!opened) {
        if (second != null) {
          second.close();
        }
        log.close();
      }
    }
    sessions = second;
  }

  /** Forces {@code metrics.jsonl} to disk and returns its size in bytes. */
  public long sync() {
    return log.sync();
  }

  public void started(TrainingState state, TrainingPlan plan) {
    ObjectNode event =
        JsonLinesFile.event("start", state)
            .put("at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("parameters", plan.parameters())
            .put("pairs", plan.train().map(all -> all.pairs().size()).orElse(null))
            .put("dev", plan.dev().orElse(null))
            .put("batches", plan.batches().orElse(null))
            .put("total_steps", plan.totalSteps().orElse(null));
    if (!plan.vectors().isEmpty()) {
      ObjectNode vectors = event.putObject("vectors");
      plan.vectors()
          .forEach(
              (path, coverage) ->
                  vectors
                      .putObject(path)
                      .put("found", coverage.found())
                      .put("tokens", coverage.tokens())
                      .put("occurrences", coverage.occurrences()));
    }
    if (!plan.notes().isEmpty()) {
      ArrayNode notes = event.putArray("notes");
      plan.notes().forEach(notes::add);
    }
    note(sessions, event);
  }

  /** Logs loss and gradient norm of the steps since the last line. */
  public void trained(TrainingState state, double learningRate) {
    StepTotals unlogged = state.unlogged();
    note(
        log,
        JsonLinesFile.event("train", state)
            .put("loss", unlogged.loss())
            .put("gradient_norm", unlogged.gradientNorm())
            .put("learning_rate", learningRate));
  }

  /** Logs the throughput of these steps. */
  public void speed(TrainingState state, ThroughputMeter meter) {
    note(
        sessions,
        JsonLinesFile.event("speed", state)
            .put("tokens_per_second", meter.tokensPerSecond())
            .put("waited", meter.waitedShare())
            .put("processors", machine.busyProcessors())
            .put("memory", machine.residentBytes()));
  }

  /** Logs the end of an epoch of streamed data. */
  public void epochEnded(TrainingState state, int batches, SkippedExamples leftOut) {
    ObjectNode event = JsonLinesFile.event("epoch", state).put("batches", batches);
    if (leftOut.cut() > 0) {
      event.put("cut", leftOut.cut());
    }
    ObjectNode reasons = event.putObject("left_out");
    leftOut
        .counts()
        .forEach((reason, count) -> reasons.put(reason.name().toLowerCase(Locale.ROOT), count));
    note(log, event);
  }

  /**
   * Logs a validation.
   *
   * @param parameters the validated parameters
   * @param attended some answers with attention weights
   */
  public void validated(
      TrainingState state,
      ValidationReport report,
      Map<String, SafeTensors.Array> parameters,
      List<Translation> attended) {
    ObjectNode line = JsonLinesFile.event("validation", state);
    line.put("loss", report.loss());
    report.perplexity().ifPresent(perplexity -> line.put("perplexity", perplexity));
    ObjectNode metrics = line.putObject("metrics");
    for (MetricScore score : report.metrics()) {
      metrics.put(score.name(), score.value());
    }
    report
        .diagnosis()
        .ifPresent(
            diagnosis -> {
              ObjectNode figures = line.putObject("diagnosis");
              diagnosis.figures().forEach(figures::put);
              ArrayNode findings = line.putArray("findings");
              diagnosis.findings().forEach(findings::add);
            });
    line.put("best", report.best());
    if (report.diagnosis().isPresent()) { // vectors as text are unreadable
      ArrayNode samples = line.putArray("samples");
      report.samples().forEach(answer -> sample(samples.addObject(), answer));
    }
    note(log, line);
    parameters.forEach(
        (path, array) -> events.histogram(state.step(), "parameters/" + path, array.values()));
    events.text(state.step(), "samples", samples(report.samples()));
    int pictures = 0;
    for (Translation translation : attended) {
      float[][] weights = translation.best().attention();
      if (weights.length > 0 && weights[0].length > 0 && pictures < PICTURES) {
        pictures++;
        events.attention(state.step(), "attention/" + pictures, weights);
      }
    }
  }

  private static void sample(ObjectNode line, Evaluation.Answer answer) {
    line.put("source", shortened(answer.example().source().text()));
    line.put("answer", shortened(answer.text()));
    ArrayNode right = line.putArray("right");
    answer.example().targetTexts().forEach(target -> right.add(shortened(target)));
  }

  /** Shortens a text; a source of vectors may be megabytes of text. */
  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  private static String samples(List<Evaluation.Answer> answers) {
    StringBuilder table = new StringBuilder("| source | answer | reference |\n|---|---|---|\n");
    for (Evaluation.Answer answer : answers) {
      table.append(
          "| %s | %s | %s |\n"
              .formatted(
                  answer.example().source().text(),
                  answer.text(),
                  String.join(" / ", answer.example().targetTexts())));
    }
    return table.toString();
  }

  public void ended(TrainingState state, TrainingResult result) {
    note(
        sessions,
        JsonLinesFile.event("end", state)
            .put("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
            .put("seconds", result.time().toMillis() / 1000.0));
  }

  public void failed(TrainingState state, TrainingException failure) {
    try {
      note(sessions, JsonLinesFile.event("end", state).put("outcome", "failed"));
    } catch (RunException e) { // the first failure is the one to report
      failure.addSuppressed(e);
    }
  }

  private void note(JsonLinesFile file, ObjectNode line) {
    file.append(line);
    events.numbers(line);
  }

  @Override
  public void close() {
    try {
      events.close();
    } finally {
      try {
        sessions.close();
      } finally {
        log.close();
      }
    }
  }
}

package org.seq4j.trainer.training.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * The complete state of training at a step, from which training resumes exactly.
 *
 * @param state the state of training
 * @param logSize the size of the run's log in bytes; later content belongs to steps that will be
 *     repeated
 * @param files the checksums of the run's files that define the meaning of parameters, such as
 *     vocabularies
 * @param variables all variables of training, by path
 */
public record Checkpoint(
    TrainingState state,
    long logSize,
    Map<String, String> files,
    Map<String, SafeTensors.Array> variables) {
  private static final String LOG_SIZE = "metrics_bytes";

  /** A listener of damaged checkpoints. */
  @FunctionalInterface
  public interface DamageListener {
    /**
     * A file is damaged, and an older one is tried.
     *
     * @param reason the reason why the file cannot be read
     * @param next the file that is tried next
     */
    void damaged(Path file, String reason, Path next);
  }

  /**
   * Writes the file atomically.
   *
   * @throws RunException if it cannot be written
   */
  public void write(Path file) {
    Map<String, String> texts = new LinkedHashMap<>(state.toTexts());
    texts.put(LOG_SIZE, Long.toString(logSize));
    texts.putAll(files);
    SafeTensors.write(file, new SafeTensors.Content(variables, texts));
  }

  /**
   * Reads a file that {@link #write} wrote.
   *
   * @throws RunException if the file is missing, truncated, damaged or no checkpoint
   */
  public static Checkpoint read(Path file) {
    SafeTensors.Content content = SafeTensors.read(file);
    try {
      return new Checkpoint(
          TrainingState.of(content.metadata()),
          TrainingState.number(content.metadata(), LOG_SIZE),
          content.metadata(),
          content.arrays());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new RunException(
          file + " is not a checkpoint from which training can resume: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the latest intact checkpoint of a run. Damaged ones are skipped: the steps after the
   * previous checkpoint are repeated with the same result.
   *
   * @return the checkpoint; empty if the run has none yet
   * @throws RunException if all checkpoints are damaged, or the run holds only a model for
   *     inference
   */
  public static Optional<Checkpoint> latest(RunDirectory run, DamageListener listener) {
    List<Path> files = run.lastCheckpoints();
    if (files.isEmpty() && !Files.exists(run.metrics()) && !run.bestCheckpoints().isEmpty()) {
      throw new RunException(
          run.path()
              + " holds a model for inference but no checkpoint from which training can resume; train in"
              + " another folder, with training.start_from to start from this model");
    }
    for (int i = 0; i < files.size(); i++) {
      try {
        return Optional.of(read(files.get(i)));
      } catch (RunException e) {
        if (i + 1 == files.size()) {
          throw e;
        }
        listener.damaged(files.get(i), e.getMessage(), files.get(i + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * Restores the variables of training.
   *
   * @throws RunException if the checkpoint belongs to another model, or files of the run are
   *     damaged
   */
  public void restore(TrainingVariables model, RunDirectory run) {
    run.verify(files);
    check(run.lastCheckpoint(state.step()), model.read());
    model.assign(variables);
  }

  /**
   * Checks that the checkpoint has exactly the variables of a model, in their shapes.
   *
   * @throws RunException if they differ
   */
  void check(Path file, Map<String, SafeTensors.Array> model) {
    SortedMap<String, String> here = shapes(variables);
    SortedMap<String, String> needed = shapes(model);
    if (!here.equals(needed)) {
      SortedMap<String, String> missing = new TreeMap<>(needed);
      missing.entrySet().removeAll(here.entrySet());
      here.entrySet().removeAll(needed.entrySet());
      throw new RunException(
          "%s belongs to another model: only this model has: %s; only the file has: %s. Use the versions of components that it was trained with"
              .formatted(file, missing, here));
    }
  }

  private static SortedMap<String, String> shapes(Map<String, SafeTensors.Array> arrays) {
    SortedMap<String, String> shapes = new TreeMap<>();
    arrays.forEach((path, array) -> shapes.put(path, Arrays.toString(array.shape())));
    return shapes;
  }
}

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
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * All of a training at a point: training goes on from it as if it had never stopped.
 *
 * @param state where it is
 * @param logSize how long the log of the run was, in bytes; what was written after that belongs to
 *     steps that are made again
 * @param files checksums of the files of the run that give the numbers their meaning
 * @param variables parameters and the optimizer's slots by path
 */
public record Checkpoint(
    TrainingState state,
    long logSize,
    Map<String, String> files,
    Map<String, SafeTensors.Array> variables) {
  private static final String LOG_SIZE = "metrics_bytes";

  /** Hears of checkpoints that cannot be read. */
  @FunctionalInterface
  public interface DamageListener {
    /**
     * A file is damaged, and another one is tried.
     *
     * @param reason why the file cannot be read
     * @param next the file that is tried instead
     */
    void damaged(Path file, String reason, Path next);
  }

  /**
   * Writes the file, whole or not at all.
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
   * @throws RunException if it is missing, cut short, damaged, or something else
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
          file + " is no checkpoint that training can go on from: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the latest checkpoint of a run that is whole. One that is damaged is left out of account:
   * the steps after the one before it are made again, and come out the same.
   *
   * @return empty if there is none yet
   * @throws RunException if all are damaged, or the run is one that is only to be used
   */
  public static Optional<Checkpoint> latest(RunDirectory run, DamageListener listener) {
    List<Path> files = run.lastCheckpoints();
    if (files.isEmpty() && !Files.exists(run.metrics()) && !run.bestCheckpoints().isEmpty()) {
      throw new RunException(
          run.path()
              + " holds a model to be used, and nothing that training could go on from; train into"
              + " another folder, with training.start_from to begin with this model");
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
   * Sets a graph's variables to this.
   *
   * @throws RunException if it is of another model, or the files of the run are damaged
   */
  public void restore(TrainingGraph graph, RunDirectory run) {
    run.verify(files);
    check(run.lastCheckpoint(state.step()), graph.read());
    graph.assign(variables);
  }

  /**
   * Checks that it holds the variables that a model has, in their shapes.
   *
   * @throws RunException if it does not
   */
  void check(Path file, Map<String, SafeTensors.Array> model) {
    SortedMap<String, String> here = shapes(variables);
    SortedMap<String, String> needed = shapes(model);
    if (!here.equals(needed)) {
      SortedMap<String, String> missing = new TreeMap<>(needed);
      missing.entrySet().removeAll(here.entrySet());
      here.entrySet().removeAll(needed.entrySet());
      throw new RunException(
          "%s is of another model: what this one has and the file has not: %s; what the file has and this model has not: %s. Was it trained with other versions of the components?"
              .formatted(file, missing, here));
    }
  }

  private static SortedMap<String, String> shapes(Map<String, SafeTensors.Array> arrays) {
    SortedMap<String, String> shapes = new TreeMap<>();
    arrays.forEach((path, array) -> shapes.put(path, Arrays.toString(array.shape())));
    return shapes;
  }
}

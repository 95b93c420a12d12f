package org.seq4j.trainer.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.training.config.CheckpointConfig;
import org.seq4j.trainer.training.graph.TrainingVariables;
import org.seq4j.trainer.training.log.TrainingLog;
import org.seq4j.trainer.training.state.TrainingResult.Best;
import org.seq4j.trainer.training.state.TrainingState;

/** Writes the checkpoints of a run and removes old ones. */
public final class Checkpointer {
  private final TrainingVariables variables;
  private final TrainingLog journal;
  private final RunDirectory run;
  private final CheckpointConfig kept;
  private final boolean higherIsBetter;
  private final Duration every;
  private final Map<String, String> files; // checksums
  private long savedAt = System.nanoTime();
  private long savedStep;

  /**
   * Creates the checkpointer of a session of training.
   *
   * @param higherIsBetter true if higher values of the watched metric are better
   * @param every the max time between two checkpoints
   * @param from the checkpoint that the session resumes from; empty for a new run
   */
  public Checkpointer(
      TrainingVariables variables,
      RunDirectory run,
      TrainingLog journal,
      CheckpointConfig kept,
      boolean higherIsBetter,
      Duration every,
      Optional<Checkpoint> from) {
    this.variables = variables;
    this.run = run;
    this.journal = journal;
    this.kept = kept;
    this.higherIsBetter = higherIsBetter;
    this.every = every;
    this.files = run.checksums();
    this.savedStep = from.map(checkpoint -> checkpoint.state().step()).orElse(-1L);
    removeOthers(savedStep, from.map(checkpoint -> kept(checkpoint.state())).orElse(Set.of()));
  }

  /**
   * Returns the steps of the best checkpoints of a state; without validation, that of the latest
   * one.
   */
  private Set<Long> kept(TrainingState state) {
    return state.bests().isEmpty()
        ? run.bestCheckpoints().stream()
            .map(RunDirectory::step)
            .filter(step -> step <= state.step())
            .limit(1)
            .collect(Collectors.toSet())
        : steps(state);
  }

  public RunDirectory run() {
    return run;
  }

  /** Returns the number of best checkpoints to keep. */
  public int keptBest() {
    return kept.keepBest();
  }

  /** Returns the step of the last checkpoint; -1 if there is none. */
  public long savedStep() {
    return savedStep;
  }

  /** Returns true if the max time between two checkpoints has elapsed. */
  public boolean isDue() {
    return System.nanoTime() - savedAt >= every.toNanos();
  }

  /**
   * Writes the best checkpoint, if the state is among the best, then the last checkpoint; then
   * removes checkpoints that are not kept. If the process is killed in between, the steps since the
   * last checkpoint are repeated, and missing files are written again.
   */
  public void save(TrainingState state, boolean best) {
    Checkpoint checkpoint = checkpoint(state);
    if (best) {
      writeBest(state, checkpoint);
    }
    checkpoint.write(run.lastCheckpoint(state.step()));
    savedStep = state.step();
    removeOthers(state.step(), kept(state));
    savedAt = System.nanoTime();
  }

  /** Returns a checkpoint of the current state. */
  public Checkpoint checkpoint(TrainingState state) {
    return new Checkpoint(state, journal.sync(), files, variables.read());
  }

  /**
   * Writes the model for inference: without the optimizer's slots, with its rank among the best.
   */
  private void writeBest(TrainingState state, Checkpoint checkpoint) {
    Map<String, String> texts = new LinkedHashMap<>(files);
    texts.put("step", Long.toString(state.step()));
    Optional<Best> found =
        state.bests().stream().filter(best -> best.step() == state.step()).findFirst();
    found.ifPresent(best -> texts.put(best.metric(), Double.toString(best.value())));
    double rank = // without validation, the latest is the best
        found
            .map(best -> higherIsBetter ? best.value() : -best.value())
            .orElse((double) state.step());
    texts.put(RunDirectory.RANK, Double.toString(rank));
    SafeTensors.write(
        run.bestCheckpoint(state.step()),
        new SafeTensors.Content(variables.graph().forUse(checkpoint.variables()), texts));
  }

  private static Set<Long> steps(TrainingState state) {
    return state.bests().stream().map(Best::step).collect(Collectors.toSet());
  }

  /**
   * Removes best checkpoints that are no longer among the best, last checkpoints that are older
   * than those kept or newer than the state (their steps will be repeated), and partial files of a
   * killed process.
   */
  private void removeOthers(long last, Set<Long> bests) {
    List<Path> gone = new ArrayList<>(run.lastCheckpoints());
    run.lastCheckpoints().stream()
        .filter(file -> RunDirectory.step(file) <= last)
        .limit(kept.keepLast())
        .forEach(gone::remove);
    run.bestCheckpoints().stream()
        .filter(file -> !bests.contains(RunDirectory.step(file)))
        .forEach(gone::add);
    try {
      gone.addAll(halfWritten());
      for (Path file : gone) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new RunException(
          "cannot remove old checkpoints of " + run.path() + ": " + AtomicFiles.reason(e), e);
    }
  }

  private List<Path> halfWritten() throws IOException {
    if (!Files.isDirectory(run.checkpoints())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run.checkpoints())) {
      return files.filter(file -> file.toString().endsWith(".partial")).toList();
    }
  }
}

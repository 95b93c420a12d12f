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
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.log.TrainingLog;
import org.seq4j.trainer.training.state.TrainingResult.Best;
import org.seq4j.trainer.training.state.TrainingState;

/** Writes the checkpoints of a run. */
public final class Checkpointer {
  private final TrainingGraph graph;
  private final TrainingLog journal;
  private final RunDirectory run;
  private final CheckpointConfig kept;
  private final boolean higherIsBetter;
  private final Duration every;
  private final Map<String, String> files; // checksums
  private long savedAt = System.nanoTime();
  private long savedStep;

  /**
   * For a session of training.
   *
   * @param higherIsBetter of what the best checkpoints are best by
   * @param every how much time may go by without saving
   * @param from where the session begins
   */
  public Checkpointer(
      TrainingGraph graph,
      RunDirectory run,
      TrainingLog journal,
      CheckpointConfig kept,
      boolean higherIsBetter,
      Duration every,
      Optional<Checkpoint> from) {
    this.graph = graph;
    this.run = run;
    this.journal = journal;
    this.kept = kept;
    this.higherIsBetter = higherIsBetter;
    this.every = every;
    this.files = run.checksums();
    this.savedStep = from.map(checkpoint -> checkpoint.state().step()).orElse(-1L);
    removeOthers(savedStep, from.map(checkpoint -> kept(checkpoint.state())).orElse(Set.of()));
  }

  /** The steps of those for use that belong to a state: without validation the latest one. */
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

  /** How many of the best checkpoints are kept. */
  public int keptBest() {
    return kept.keepBest();
  }

  /** The step of the last checkpoint; -1 if there is none. */
  public long savedStep() {
    return savedStep;
  }

  /** Whether so much time has gone by that a kill would lose too much. */
  public boolean isDue() {
    return System.nanoTime() - savedAt >= every.toNanos();
  }

  /**
   * Writes the last checkpoint, and the one for use before it, if it is among the best; then
   * removes those that are not kept. Should the process be killed in between, the steps since the
   * last one are made again, and whatever is missing is written again.
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

  /** All of the training as it is now. */
  public Checkpoint checkpoint(TrainingState state) {
    return new Checkpoint(state, journal.sync(), files, graph.read());
  }

  /** The model for use: without the optimizer's slots, and how good it is among its like. */
  private void writeBest(TrainingState state, Checkpoint checkpoint) {
    Map<String, String> texts = new LinkedHashMap<>(files);
    texts.put("step", Long.toString(state.step()));
    Optional<Best> found =
        state.bests().stream().filter(best -> best.step() == state.step()).findFirst();
    found.ifPresent(best -> texts.put(best.metric(), Double.toString(best.value())));
    double rank = // without validation the latest one is the best
        found
            .map(best -> higherIsBetter ? best.value() : -best.value())
            .orElse((double) state.step());
    texts.put(RunDirectory.RANK, Double.toString(rank));
    SafeTensors.write(
        run.bestCheckpoint(state.step()),
        new SafeTensors.Content(graph.forUse(checkpoint.variables()), texts));
  }

  private static Set<Long> steps(TrainingState state) {
    return state.bests().stream().map(Best::step).collect(Collectors.toSet());
  }

  /**
   * Removes checkpoints for use that are not among the best, older ones to go on from than are
   * kept, newer ones (of steps that will be made again), and what a killed process left
   * half-written.
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

package org.seq4j.trainer.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.config.StartFromConfig;
import org.seq4j.trainer.training.graph.PathPatterns;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.TrainingException;

/**
 * Begins training with the weights of another run. Where a parameter has a row or a column for each
 * token of a vocabulary, these are found by the token: the vocabularies may differ. What the other
 * run does not have keeps its first value.
 */
public final class WarmStart {
  private final StartFromConfig config;
  private final RunDirectory run;
  private final Tokens source;
  private final Tokens target;

  /**
   * What was taken.
   *
   * @param run whose
   * @param taken how many parameters
   * @param parameters how many there are
   * @param knownSource how many tokens of the source's vocabulary the other run knew
   * @param knownTarget likewise of the target's
   */
  public record Taken(Path run, int taken, int parameters, int knownSource, int knownTarget) {}

  /**
   * A vocabulary in terms of another.
   *
   * @param there for each token here its id there, or -1
   * @param size of the other
   */
  private record Tokens(int[] there, int size) {
    static final Tokens NONE = new Tokens(new int[0], 0);

    int known() {
      return (int) Arrays.stream(there).filter(id -> id >= 0).count();
    }
  }

  private WarmStart(StartFromConfig config, TrainingData data) {
    this.config = config;
    this.run = new RunDirectory(config.run());
    this.source = tokens(data.source(), run.sourceVocabulary());
    this.target = tokens(data.target(), run.targetVocabulary());
  }

  /**
   * Sets what can be taken.
   *
   * @throws RunException if there is no such run or checkpoint, or it is damaged
   * @throws TrainingException if a parameter is of another shape there, or none is taken
   */
  public static Taken apply(StartFromConfig config, TrainingGraph graph, TrainingData data) {
    RunDirectory run = new RunDirectory(config.run());
    SafeTensors.Content weights = SafeTensors.read(run.checkpoint(config.checkpoint()));
    run.verify(weights.metadata());
    return new WarmStart(config, data).take(graph, weights.arrays());
  }

  private static Tokens tokens(SequenceCodec codec, Path file) {
    if (!(codec instanceof TextCodec text) || !Files.exists(file)) {
      return Tokens.NONE;
    }
    try {
      CountedVocabulary other = CountedVocabulary.read(file);
      int[] there = new int[text.vocabulary().size()];
      for (int id = 0; id < there.length; id++) {
        int known = other.id(text.vocabulary().token(id));
        boolean special = id < Vocabulary.SPECIALS.size();
        there[id] = special ? id : known == Vocabulary.UNKNOWN ? -1 : known;
      }
      return new Tokens(there, other.size());
    } catch (IOException e) {
      throw new RunException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  private Taken take(TrainingGraph graph, Map<String, SafeTensors.Array> theirs) {
    Map<String, SafeTensors.Array> ours = graph.readForUse();
    Predicate<String> wanted = PathPatterns.any(config.parameters());
    Map<String, SafeTensors.Array> taken = new LinkedHashMap<>();
    ours.forEach(
        (path, array) -> {
          if (wanted.test(path) && theirs.containsKey(path)) {
            taken.put(path, mapped(path, array, theirs.get(path)));
          }
        });
    if (taken.isEmpty()) {
      throw new TrainingException(
          "training.start_from: %s has none of the parameters %s of this model; it has %s"
              .formatted(config.run(), config.parameters(), theirs.keySet()));
    }
    graph.assign(taken);
    return new Taken(config.run(), taken.size(), ours.size(), source.known(), target.known());
  }

  private SafeTensors.Array mapped(String path, SafeTensors.Array ours, SafeTensors.Array theirs) {
    Optional<Tokens> tokens = tokensOf(path);
    int axis = tokens.map(it -> axis(it, ours.shape(), theirs.shape())).orElse(-1);
    long[] expected = ours.shape().clone();
    if (axis >= 0) {
      expected[axis] = tokens.orElseThrow().size();
    }
    if (!Arrays.equals(expected, theirs.shape())) {
      throw new TrainingException(
          "training.start_from: %s is %s in %s and %s here; set the model as it is there, or name what is to be taken with parameters: [...]"
              .formatted(
                  path,
                  Arrays.toString(theirs.shape()),
                  config.run(),
                  Arrays.toString(ours.shape())));
    }
    return axis < 0 ? theirs : byToken(ours, theirs, axis, tokens.orElseThrow());
  }

  /** Those that an axis of a parameter may stand for. */
  private Optional<Tokens> tokensOf(String path) {
    if (path.equals("embedding.source")) {
      return Optional.of(source);
    }
    boolean ofTarget =
        path.equals("embedding.target")
            || path.equals("embedding.shared")
            || path.startsWith("output.");
    return ofTarget ? Optional.of(target) : Optional.empty();
  }

  /** The axis with a place for each token, here and there; -1 if there is none. */
  private static int axis(Tokens tokens, long[] ours, long[] theirs) {
    for (int axis = 0; axis < ours.length && ours.length == theirs.length; axis++) {
      if (ours[axis] == tokens.there().length && theirs[axis] == tokens.size()) {
        return axis;
      }
    }
    return -1;
  }

  private static SafeTensors.Array byToken(
      SafeTensors.Array ours, SafeTensors.Array theirs, int axis, Tokens tokens) {
    float[] values = ours.values().clone();
    int inner = 1; // numbers from one token to the next
    for (int i = axis + 1; i < ours.shape().length; i++) {
      inner = Math.toIntExact(inner * ours.shape()[i]);
    }
    int here = tokens.there().length;
    int outer = values.length / (inner * here);
    for (int block = 0; block < outer; block++) {
      for (int id = 0; id < here; id++) {
        if (tokens.there()[id] >= 0) {
          System.arraycopy(
              theirs.values(),
              (block * tokens.size() + tokens.there()[id]) * inner,
              values,
              (block * here + id) * inner,
              inner);
        }
      }
    }
    return new SafeTensors.Array(ours.shape(), values);
  }
}

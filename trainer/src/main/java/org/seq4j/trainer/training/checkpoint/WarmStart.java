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
 * Initializes a model with the weights of another run. Rows and columns for tokens are matched by
 * token, so the vocabularies may differ. Parameters and tokens that the other run does not have
 * keep their initial values.
 */
public final class WarmStart {
  private final StartFromConfig config;
  private final RunDirectory run;
  private final Tokens source;
  private final Tokens target;

  /**
   * The weights taken from another run.
   *
   * @param run the other run
   * @param taken the number of parameters taken
   * @param parameters the number of the model's parameters
   * @param knownSource the number of source tokens that are in the other run's vocabulary
   * @param knownTarget the number of target tokens that are in the other run's vocabulary
   */
  public record Taken(Path run, int taken, int parameters, int knownSource, int knownTarget) {}

  /**
   * A mapping from a vocabulary to that of the other run.
   *
   * @param there for each id here, the id of the same token there, or -1
   * @param size the size of the other vocabulary
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
   * Sets the parameters of a graph to those of the other run.
   *
   * @throws RunException if the run or checkpoint does not exist or is damaged
   * @throws TrainingException if a parameter has another shape there, or none matches
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
      throw new RunException(e.getMessage(), e);
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
          "training.start_from: %s has no parameter of this model that matches %s; it has %s"
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
          "training.start_from: %s has shape %s in %s, but %s in this model; configure the model as in that run, or select the parameters to take with parameters: [...]"
              .formatted(
                  path,
                  Arrays.toString(theirs.shape()),
                  config.run(),
                  Arrays.toString(ours.shape())));
    }
    return axis < 0 ? theirs : byToken(ours, theirs, axis, tokens.orElseThrow());
  }

  /** Returns the vocabulary that an axis of a parameter may stand for. */
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

  /** Returns the axis over tokens, here and there; -1 if there is none. */
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
    int inner = 1; // stride between tokens
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

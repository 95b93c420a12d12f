package org.seq4j.runtime.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The embedding tables of tokens: one per side, or one for both.
 *
 * @param sourceTokens size of the source vocabulary; 0 if the source consists of vectors
 * @param targetTokens size of the target vocabulary; 0 if the target consists of vectors
 */
public record EmbeddingTables(
    ModelConfig.EmbeddingConfig config, int sourceTokens, int targetTokens) {
  private static final String EMBEDDING = "embedding";

  /** A side of the model. */
  public enum Side {
    /** The source. */
    SOURCE("source"),
    /** The target. */
    TARGET("target");

    private final String table;

    Side(String table) {
      this.table = table;
    }
  }

  /** Checks that both sides have one vocabulary if they share a table. */
  public EmbeddingTables {
    if (config.tie() == ModelConfig.Tie.ALL && sourceTokens != targetTokens) {
      throw new IllegalArgumentException(
          "tie: all needs one vocabulary for both sides, but they have "
              + sourceTokens
              + " and "
              + targetTokens
              + " tokens");
    }
  }

  /** Looks up the embeddings of ids of any shape; the result has that shape followed by E. */
  Operand<TFloat32> lookup(Scope scope, Side side, Operand<TInt32> ids) {
    return scope
        .child(EMBEDDING)
        .lookup(table(config, side), shape(side), Initializer.normal(deviation(side)), ids);
  }

  /** Returns the target's table, {@code [V, E]}, if the output layer shares it. */
  Optional<Operand<TFloat32>> shared(Scope scope) {
    if (config.tie() == ModelConfig.Tie.NONE) {
      return Optional.empty();
    }
    Side side = Side.TARGET;
    return Optional.of(
        scope
            .child(EMBEDDING)
            .parameter(table(config, side), shape(side), Initializer.normal(deviation(side))));
  }

  private Shape shape(Side side) {
    return side == Side.SOURCE
        ? Shape.of(sourceTokens, config.source().units())
        : Shape.of(targetTokens, config.target().units());
  }

  private double deviation(Side side) {
    return side == Side.SOURCE ? config.sourceDeviation() : config.targetDeviation();
  }

  /** Returns the path of the parameter with the embeddings of a side. */
  public static String path(ModelConfig.EmbeddingConfig config, Side side) {
    return EMBEDDING + "." + table(config, side);
  }

  private static String table(ModelConfig.EmbeddingConfig config, Side side) {
    return config.tie() == ModelConfig.Tie.ALL ? "shared" : side.table;
  }

  /** Returns the paths of the tables that training does not change. */
  Set<String> frozen() {
    Set<String> paths = new HashSet<>();
    for (Side side : List.of(Side.SOURCE, Side.TARGET)) {
      ModelConfig.Side given = side == Side.SOURCE ? config.source() : config.target();
      if (given.vectors().map(ModelConfig.Vectors::frozen).orElse(false)) {
        paths.add(path(config, side));
      }
    }
    return paths;
  }
}

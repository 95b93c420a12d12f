package org.seq4j.runtime.model;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** The components of a model. */
public record ModelConfig(
    @Key(doc = "The vectors that stand for tokens.", defaultValue = "{}") EmbeddingConfig embedding,
    @Key(doc = "Reads the source.") Component<Encoder> encoder,
    @Key(doc = "Produces the target.") Component<Decoder> decoder,
    @Key(
            doc =
                "Predicts the next token or vector from the decoder's output. Without it softmax,"
                    + " or linear where the target consists of vectors.")
        Optional<Component<OutputLayer>> output) {

  /** The vectors that stand for tokens. */
  public record EmbeddingConfig(
      @Key(doc = "Of the source's tokens.", defaultValue = "{}") Side source,
      @Key(doc = "Of the target's tokens.", defaultValue = "{}") Side target,
      @Key(
              doc =
                  "What shares one matrix: none; output: the target's vectors and the output layer"
                      + " (Press and Wolf 2017); all: the source's vectors too, over one vocabulary"
                      + " for both sides.",
              defaultValue = "none")
          Tie tie) {

    /** Checks that what is shared has one size. */
    public EmbeddingConfig {
      if (tie == Tie.ALL && source.units() != target.units()) {
        throw new IllegalArgumentException(
            "tie: all needs source and target vectors of one size, but source.units is "
                + source.units()
                + " and target.units is "
                + target.units());
      }
      if (tie == Tie.ALL && source.vectors().isPresent() && target.vectors().isPresent()) {
        throw new IllegalArgumentException(
            "tie: all has one table for both sides: give vectors to source or to target, not both");
      }
      if (tie == Tie.ALL
          && source.initialDeviation().isPresent()
          && target.initialDeviation().isPresent()
          && !source.initialDeviation().equals(target.initialDeviation())) {
        throw new IllegalArgumentException(
            "tie: all has one table for both sides: give initial_deviation to source or to target,"
                + " not two values");
      }
    }

    /** The standard deviation of the first values of the source's table. */
    double sourceDeviation() {
      return deviation(source, tie == Tie.ALL);
    }

    /** The standard deviation of the first values of the target's table. */
    double targetDeviation() {
      return deviation(target, tie != Tie.NONE);
    }

    private double deviation(Side side, boolean isOutputToo) {
      // One table for both sides may have its deviation given by either.
      Optional<Double> given =
          tie == Tie.ALL
              ? source.initialDeviation().or(target::initialDeviation)
              : side.initialDeviation();
      return given.orElse(isOutputToo ? 1 / Math.sqrt(side.units()) : 1);
    }

    private EmbeddingConfig absolute(Path directory) {
      return new EmbeddingConfig(source.absolute(directory), target.absolute(directory), tie);
    }
  }

  /** The vectors of one side. */
  public record Side(
      @Key(
              doc = "The size of the vectors.",
              defaultValue = "128",
              min = 1,
              max = 65536,
              shorthand = true)
          int units,
      @Key(
              doc =
                  "Vectors made elsewhere that training begins with, for the tokens they are there"
                      + " for; the others begin with random ones.")
          Optional<Vectors> vectors,
      @Key(
              doc =
                  "Standard deviation of the normal distribution of the first values, mean 0."
                      + " Without it 1; where the output layer shares the table, 1/sqrt(units), so"
                      + " that the first logits are not too large.",
              min = 1e-6,
              max = 100)
          Optional<Double> initialDeviation) {

    /** Vectors of a size with random first values. */
    public Side(int units) {
      this(units, Optional.empty(), Optional.empty());
    }

    private Side absolute(Path directory) {
      return new Side(units, vectors.map(given -> given.absolute(directory)), initialDeviation);
    }
  }

  /** Vectors made elsewhere. */
  public record Vectors(
      @Key(
              doc =
                  "A text file, a token and its numbers on each line, separated by spaces, as of"
                      + " GloVe (Pennington et al. 2014); or with a first line that tells how many"
                      + " there are and their size, as of word2vec (Mikolov et al. 2013) and"
                      + " fastText.",
              example = "vectors.txt",
              shorthand = true)
          Path file,
      @Key(
              doc = "Whether the table stays as it is, rather than being trained with the rest.",
              defaultValue = "false")
          boolean frozen) {

    private Vectors absolute(Path directory) {
      return new Vectors(directory.resolve(file).toAbsolutePath().normalize(), frozen);
    }
  }

  /** Makes the paths of files absolute. */
  public ModelConfig absolute(Path directory) {
    return new ModelConfig(embedding.absolute(directory), encoder, decoder, output);
  }

  /** The tables that share one matrix. */
  public enum Tie {
    /** Nothing. */
    NONE,
    /** The target's vectors and the output layer. */
    OUTPUT,
    /** The vectors of both sides and the output layer. */
    ALL
  }
}

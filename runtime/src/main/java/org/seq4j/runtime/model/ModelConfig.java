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
    @Key(doc = "The token embeddings.", defaultValue = "{}") EmbeddingConfig embedding,
    @Key(
            doc =
                "The encoder, which reads the source. Absent: a language model, which has no"
                    + " source.")
        Optional<Component<Encoder>> encoder,
    @Key(doc = "The decoder, which produces the target.") Component<Decoder> decoder,
    @Key(
            doc =
                "The output layer, which predicts the next token or vector from the"
                    + " decoder's output. Default: softmax, or linear if the target consists of"
                    + " vectors.")
        Optional<Component<OutputLayer>> output) {

  /** Creates the components of a model with an encoder. */
  public ModelConfig(
      EmbeddingConfig embedding,
      Component<Encoder> encoder,
      Component<Decoder> decoder,
      Optional<Component<OutputLayer>> output) {
    this(embedding, Optional.of(encoder), decoder, output);
  }

  /** The token embeddings. */
  public record EmbeddingConfig(
      @Key(doc = "The embeddings of source tokens.", defaultValue = "{}") Side source,
      @Key(doc = "The embeddings of target tokens.", defaultValue = "{}") Side target,
      @Key(
              doc =
                  "The weights to share: none; output: target embeddings and output layer"
                      + " (Press and Wolf 2017); all: source embeddings, too, with one vocabulary"
                      + " for both sides.",
              defaultValue = "none")
          Tie tie) {

    /** Checks that shared embeddings have one size. */
    public EmbeddingConfig {
      if (tie == Tie.ALL && source.units() != target.units()) {
        throw new IllegalArgumentException(
            "tie: all needs source and target embeddings of one size, but source.units is "
                + source.units()
                + " and target.units is "
                + target.units());
      }
      if (tie == Tie.ALL && source.vectors().isPresent() && target.vectors().isPresent()) {
        throw new IllegalArgumentException(
            "tie: all has one table for both sides: set vectors for source or for"
                + " target, not both");
      }
      if (tie == Tie.ALL
          && source.initialDeviation().isPresent()
          && target.initialDeviation().isPresent()
          && !source.initialDeviation().equals(target.initialDeviation())) {
        throw new IllegalArgumentException(
            "tie: all has one table for both sides: set initial_deviation for source or"
                + " for target, not two values");
      }
    }

    /** Returns the standard deviation of the initial values of the source table. */
    double sourceDeviation() {
      return deviation(source, tie == Tie.ALL);
    }

    /** Returns the standard deviation of the initial values of the target table. */
    double targetDeviation() {
      return deviation(target, tie != Tie.NONE);
    }

    private double deviation(Side side, boolean isOutputToo) {
      // The deviation of a shared table may be set on either side.
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

  /** The embeddings of one side. */
  public record Side(
      @Key(
              doc = "The embedding size.",
              defaultValue = "128",
              min = 1,
              max = 65536,
              shorthand = true)
          int units,
      @Key(
              doc =
                  "Pretrained embeddings, made by another tool. Tokens that the file lacks"
                      + " start with random values.")
          Optional<Vectors> vectors,
      @Key(
              doc =
                  "Standard deviation of the normal distribution of the initial values, with"
                      + " mean 0. Default: 1, or 1/sqrt(units) if the output layer shares the"
                      + " table, so that the initial logits are not too large.",
              min = 1e-6,
              max = 100)
          Optional<Double> initialDeviation) {

    /** Creates embeddings of a size with random initial values. */
    public Side(int units) {
      this(units, Optional.empty(), Optional.empty());
    }

    private Side absolute(Path directory) {
      return new Side(units, vectors.map(given -> given.absolute(directory)), initialDeviation);
    }
  }

  /** Pretrained embeddings. */
  public record Vectors(
      @Key(
              doc =
                  "A text file with one token per line, followed by its numbers, separated by"
                      + " spaces: the format of GloVe (Pennington et al. 2014), or, with a first"
                      + " line that contains the number of tokens and the embedding size, of"
                      + " word2vec (Mikolov et al. 2013) and fastText.",
              example = "vectors.txt",
              shorthand = true)
          Path file,
      @Key(
              doc = "Whether the embeddings are frozen: training does not change them.",
              defaultValue = "false")
          boolean frozen) {

    private Vectors absolute(Path directory) {
      return new Vectors(directory.resolve(file).toAbsolutePath().normalize(), frozen);
    }
  }

  /** Returns a copy with absolute file paths. */
  public ModelConfig absolute(Path directory) {
    return new ModelConfig(embedding.absolute(directory), encoder, decoder, output);
  }

  /** The weights to share. */
  public enum Tie {
    /** No sharing. */
    NONE,
    /** Target embeddings and output layer. */
    OUTPUT,
    /** Embeddings of both sides and output layer. */
    ALL
  }
}

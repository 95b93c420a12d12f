package org.seq4j.audio;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Computes log-mel features from sound, and gives them to another encoder.
 *
 * <p>A position of the source is a block of 5 ms of samples, in units of 16-bit integers. A frame
 * of features is computed from five blocks, and begins at every second one. The first frames are
 * those of Kaldi's {@code compute-fbank-feats}. Two frames more at the end read zeros behind the
 * sound, so that there is one for each pair of blocks.
 */
public final class LogMelEncoder implements Encoder {
  private static final int BLOCKS_PER_FRAME = 5;
  private static final int BLOCKS_PER_SHIFT = 2;
  private static final float SMALLEST_ENERGY = 1.1920929e-7f; // as in Kaldi
  private static final float SMALLEST_VARIANCE = 1e-5f;

  /** The configuration of the encoder {@code log-mel}. */
  public record Config(
      @Key(doc = "The encoder that reads the features.", example = "{type: pyramidal, units: 256}")
          Component<Encoder> encoder,
      @Key(doc = "The number of features per frame.", defaultValue = "80", min = 1, max = 512)
          int bins,
      @Key(
              doc =
                  "The normalization of each feature. utterance: mean 0 and variance 1 over each"
                      + " sequence; global: over the training data, by statistics that are counted"
                      + " before training and are a part of the model; none.",
              defaultValue = "utterance")
          Normalization normalization,
      @Key(
              doc =
                  "The number of random bands of neighbouring features that training sets to 0"
                      + " in each sequence (SpecAugment, Park et al. 2019: mF).",
              defaultValue = "0",
              min = 0,
              max = 16)
          int frequencyMasks,
      @Key(
              doc = "The maximum width of such a band (Park et al. 2019: F).",
              defaultValue = "27",
              min = 1)
          int frequencyMaskWidth,
      @Key(
              doc =
                  "The number of random spans of frames that training sets to 0 in each sequence"
                      + " (Park et al. 2019: mT).",
              defaultValue = "0",
              min = 0,
              max = 16)
          int timeMasks,
      @Key(
              doc = "The maximum width of such a span in frames of 10 ms (Park et al. 2019: T).",
              defaultValue = "100",
              min = 1)
          int timeMaskWidth,
      @Key(
              doc =
                  "The maximum width of such a span as a share of the frames of the sequence (Park et"
                      + " al. 2019: p).",
              defaultValue = "0.2",
              min = 0,
              max = 1)
          float timeMaskShare) {

    /** Checks that a band has fewer features than a frame. */
    public Config {
      if (frequencyMasks > 0 && frequencyMaskWidth >= bins) {
        throw new IllegalArgumentException(
            "frequency_mask_width: expected less than bins, "
                + bins
                + ", got "
                + frequencyMaskWidth);
      }
    }
  }

  /** The normalization of features. */
  public enum Normalization {
    /** Mean 0 and variance 1 over each sequence. */
    UTTERANCE,
    /** Mean 0 and variance 1 over the training data. */
    GLOBAL,
    /** None. */
    NONE
  }

  private final Config config;
  private final Encoder encoder;

  /** Creates the encoder from its configuration. */
  public LogMelEncoder(Config config, ComponentContext context) {
    this.config = config;
    this.encoder = config.encoder().create(context);
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Sequence features = features(scope.tf(), source);
    Sequence normalized =
        switch (config.normalization()) {
          case UTTERANCE -> normalized(scope.tf(), features);
          case GLOBAL -> normalizedByData(scope, features);
          case NONE -> features;
        };
    Sequence masked = scope.training() ? masked(scope, normalized) : normalized;
    Memory memory = encoder.encode(scope.child("encoder"), masked);
    return new Memory(memory.sequence(), memory.finalState(), BLOCKS_PER_SHIFT * memory.stride());
  }

  @Override
  public Optional<Sequence> counted(Scope scope, Sequence source) {
    return config.normalization() == Normalization.GLOBAL
        ? Optional.of(features(scope.tf(), source))
        : Optional.empty();
  }

  /** Subtracts the mean over the training data and divides by the standard deviation. */
  private static Sequence normalizedByData(Scope scope, Sequence features) {
    Ops tf = scope.tf();
    Shape shape = Shape.of(features.depth());
    Operand<TFloat32> centered =
        tf.math.sub(features.values(), scope.parameter(MEAN, shape, Initializer.ZEROS));
    Operand<TFloat32> scaled =
        tf.math.mul(centered, scope.parameter(SCALE, shape, Initializer.constant(1)));
    return new Sequence(Masks.zeroPadding(tf, scaled, features.lengths()), features.lengths());
  }

  /**
   * Computes the features, {@code [B, ceil(T / 2), bins]}.
   *
   * @param sound {@code [B, T, D]}, D samples of 5 ms each
   */
  private Sequence features(Ops tf, Sequence sound) {
    int block = (int) sound.depth();
    int window = BLOCKS_PER_FRAME * block;
    int rate = block * 200;
    Operand<TFloat32> spectrum =
        tf.linalg.matMul(
            Shapes.flatten(tf, frames(tf, sound), window),
            constant(tf, FilterBank.spectrum(window)));
    Operand<TFloat32> squares = tf.math.square(spectrum);
    float[][] mel = FilterBank.mel(window, rate, config.bins());
    Operand<TFloat32> both = constant(tf, twice(mel)); // adds the squares of both parts
    Operand<TFloat32> energies = tf.linalg.matMul(squares, both);
    Operand<TFloat32> logarithms =
        tf.math.log(tf.math.maximum(energies, tf.constant(SMALLEST_ENERGY)));
    Operand<TInt32> lengths = pairs(tf, sound.lengths());
    Operand<TInt32> shape =
        tf.stack(
            List.of(
                Shapes.size(tf, sound.values(), 0),
                pairs(tf, Shapes.size(tf, sound.values(), 1)),
                tf.constant(config.bins())));
    return new Sequence(Masks.zeroPadding(tf, tf.reshape(logarithms, shape), lengths), lengths);
  }

  private static float[][] twice(float[][] matrix) {
    float[][] twice = new float[2 * matrix.length][];
    for (int row = 0; row < twice.length; row++) {
      twice[row] = matrix[row % matrix.length];
    }
    return twice;
  }

  private static Operand<TFloat32> constant(Ops tf, float[][] matrix) {
    return tf.constant(StdArrays.ndCopyOf(matrix));
  }

  private static Operand<TInt32> pairs(Ops tf, Operand<TInt32> blocks) {
    return tf.math.floorDiv(tf.math.add(blocks, tf.constant(1)), tf.constant(2));
  }

  /** Concatenates the blocks of each frame: {@code [B, T, D]} to {@code [B, ceil(T / 2), 5·D]}. */
  private static Operand<TFloat32> frames(Ops tf, Sequence sound) {
    int block = (int) sound.depth();
    Operand<TFloat32> values = Masks.zeroPadding(tf, sound.values(), sound.lengths());
    Operand<TInt32> count = pairs(tf, Shapes.size(tf, values, 1));
    // Two pairs of zeros behind the last pair, which may lack its second block.
    Operand<TInt32> behind =
        tf.math.sub(
            tf.math.mul(tf.math.add(count, tf.constant(2)), tf.constant(2)),
            Shapes.size(tf, values, 1));
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TFloat32> padded =
        tf.pad(
            values,
            tf.stack(List.of(none, tf.stack(List.of(tf.constant(0), behind)), none)),
            tf.constant(0f));
    Operand<TFloat32> pairs =
        tf.reshape(
            padded,
            tf.stack(
                List.of(
                    Shapes.size(tf, values, 0),
                    tf.math.add(count, tf.constant(2)),
                    tf.constant(2 * block))));
    return tf.concat(
        List.of(
            part(tf, pairs, 0, count, 2 * block),
            part(tf, pairs, 1, count, 2 * block),
            part(tf, pairs, 2, count, block)),
        tf.constant(2));
  }

  private static Operand<TFloat32> part(
      Ops tf, Operand<TFloat32> pairs, int first, Operand<TInt32> count, int depth) {
    return tf.slice(
        pairs,
        tf.constant(new int[] {0, first, 0}),
        tf.stack(List.of(tf.constant(-1), count, tf.constant(depth))));
  }

  /** Subtracts the mean over the sequence and divides by the standard deviation. */
  private static Sequence normalized(Ops tf, Sequence features) {
    Operand<TInt32> lengths = features.lengths();
    Operand<TFloat32> mean =
        tf.expandDims(Masks.mean(tf, features.values(), lengths), tf.constant(1)); // [B, 1, bins]
    Operand<TFloat32> centered =
        Masks.zeroPadding(tf, tf.math.sub(features.values(), mean), lengths);
    Operand<TFloat32> variance = Masks.mean(tf, tf.math.square(centered), lengths);
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(variance, tf.constant(SMALLEST_VARIANCE)));
    return new Sequence(tf.math.mul(centered, tf.expandDims(scale, tf.constant(1))), lengths);
  }

  /** Sets random bands and spans to 0 (SpecAugment without time warping). */
  private Sequence masked(Scope scope, Sequence features) {
    Ops tf = scope.tf();
    Operand<TFloat32> values = features.values();
    Operand<TFloat32> bins = tf.constant((float) config.bins());
    for (int i = 0; i < config.frequencyMasks(); i++) {
      Operand<TBool> hidden = // [B, bins]
          span(
              scope.child("frequency-mask-" + i),
              tf.fill(tf.shape(features.lengths()), tf.constant(config.frequencyMaskWidth() + 1f)),
              tf.fill(tf.shape(features.lengths()), bins),
              tf.constant(config.bins()));
      values = tf.select(tf.expandDims(hidden, tf.constant(1)), tf.constant(0f), values);
    }
    Operand<TFloat32> frames = tf.dtypes.cast(features.lengths(), TFloat32.class);
    Operand<TFloat32> widest =
        tf.math.minimum(
            tf.constant((float) config.timeMaskWidth()),
            tf.math.floor(tf.math.mul(frames, tf.constant(config.timeMaskShare()))));
    for (int i = 0; i < config.timeMasks(); i++) {
      Operand<TBool> hidden = // [B, frames]
          span(
              scope.child("time-mask-" + i),
              tf.math.add(widest, tf.constant(1f)),
              frames,
              Shapes.size(tf, values, 1));
      values = tf.select(tf.expandDims(hidden, tf.constant(2)), tf.constant(0f), values);
    }
    return new Sequence(values, features.lengths());
  }

  /**
   * Draws a span of positions for each sequence.
   *
   * @param widths number of possible widths, from 0, {@code [B]}
   * @param sizes number of positions of each sequence, {@code [B]}
   * @param size number of positions of the result, a scalar
   * @return {@code [B, size]}: true within the span
   */
  private static Operand<TBool> span(
      Scope scope, Operand<TFloat32> widths, Operand<TFloat32> sizes, Operand<TInt32> size) {
    Ops tf = scope.tf();
    Operand<TInt32> shape = tf.shape(widths);
    Operand<TFloat32> width =
        tf.math.floor(tf.math.mul(scope.child("width").uniform(shape), widths));
    Operand<TFloat32> places = tf.math.add(tf.math.sub(sizes, width), tf.constant(1f));
    Operand<TFloat32> start =
        tf.math.floor(tf.math.mul(scope.child("start").uniform(shape), places));
    Operand<TFloat32> positions = // [1, size]
        tf.expandDims(
            tf.dtypes.cast(tf.range(tf.constant(0), size, tf.constant(1)), TFloat32.class),
            tf.constant(0));
    Operand<TFloat32> first = tf.expandDims(start, tf.constant(1));
    Operand<TFloat32> end = tf.expandDims(tf.math.add(start, width), tf.constant(1));
    return tf.math.logicalAnd(tf.math.greaterEqual(positions, first), tf.math.less(positions, end));
  }
}

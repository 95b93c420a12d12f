package org.seq4j.audio;

/**
 * Changes the sampling rate by band-limited interpolation (Smith 2002, "Digital audio resampling"):
 * each output sample is a sum of input samples, weighted by a sinc function under a Hann window.
 * Frequencies above half of the lower rate are removed. The weights are those of torchaudio's
 * {@code resample} with its defaults.
 */
final class Resampler {
  private static final int ZERO_CROSSINGS = 6; // of the sinc function on each side
  private static final double ROLLOFF = 0.99; // cutoff frequency / half of the lower rate

  private final int from; // both rates divided by their greatest common divisor
  private final int to;
  private final int[] starts; // for each phase, the first input sample relative to the block
  private final float[][] weights; // for each phase

  /**
   * Creates a resampler.
   *
   * @param fromRate rate of the input, in Hz
   * @param toRate rate of the output, in Hz
   */
  Resampler(int fromRate, int toRate) {
    int divisor = greatestCommonDivisor(fromRate, toRate);
    from = fromRate / divisor;
    to = toRate / divisor;
    starts = new int[to];
    weights = new float[to][];
    double cutoff = Math.min(from, to) * ROLLOFF;
    double reach = ZERO_CROSSINGS * from / cutoff; // in input samples
    for (int phase = 0; phase < to; phase++) {
      double center = (double) phase * from / to;
      int first = (int) Math.ceil(center - reach);
      int last = (int) Math.floor(center + reach);
      starts[phase] = first;
      weights[phase] = new float[last - first + 1];
      for (int i = first; i <= last; i++) {
        weights[phase][i - first] = (float) weight((i - center) * cutoff / from, cutoff / from);
      }
    }
  }

  private static double weight(double zeroCrossings, double scale) {
    double window = Math.cos(zeroCrossings * Math.PI / ZERO_CROSSINGS / 2);
    double angle = zeroCrossings * Math.PI;
    double sinc = angle == 0 ? 1 : Math.sin(angle) / angle;
    return sinc * window * window * scale;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Resamples all samples; the result has as many as its duration needs, rounded up. */
  short[] resample(short[] samples) {
    int length = Math.toIntExact(((long) samples.length * to + from - 1) / from);
    short[] result = new short[length];
    for (int i = 0; i < length; i++) {
      int phase = i % to;
      long first = (long) (i / to) * from + starts[phase];
      result[i] = clipped(sum(samples, first, weights[phase]));
    }
    return result;
  }

  /** Samples before the beginning and after the end are 0. */
  private static float sum(short[] samples, long first, float[] weights) {
    int begin = (int) Math.max(0, -first);
    int end = (int) Math.min(weights.length, samples.length - first);
    float sum = 0;
    for (int i = begin; i < end; i++) {
      sum += weights[i] * samples[(int) first + i];
    }
    return sum;
  }

  private static short clipped(float value) {
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(value)));
  }
}

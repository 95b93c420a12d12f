package org.seq4j.audio;

/**
 * The constants of log-mel features by Kaldi's definition ({@code compute-fbank-feats}, with its
 * default options and no dither).
 *
 * <p>Removal of the mean, pre-emphasis, window and discrete Fourier transform are all linear, so
 * that one matrix computes them: a frame times {@link #spectrum} is its complex spectrum. The
 * squares of both parts, added and multiplied by {@link #mel}, are the energies.
 */
final class FilterBank {
  private static final double PRE_EMPHASIS = 0.97;
  private static final double WINDOW_EXPONENT = 0.85; // of a Hann window: Kaldi's "povey"
  private static final double LOWEST_FREQUENCY = 20; // Hz

  private FilterBank() {}

  /**
   * The matrix from samples to the spectrum.
   *
   * @param window number of samples of a frame, W
   * @return {@code [W, 2 · N / 2]}, real parts before imaginary parts; N is the next power of two
   */
  static float[][] spectrum(int window) {
    int size = transformSize(window);
    double[] cosines = new double[size]; // of all angles: a multiple of an angle is one of them
    double[] sines = new double[size];
    for (int i = 0; i < size; i++) {
      cosines[i] = Math.cos(-2 * Math.PI * i / size);
      sines[i] = Math.sin(-2 * Math.PI * i / size);
    }
    float[][] matrix = new float[window][size];
    for (int i = 0; i < window; i++) {
      double[] frame = new double[window];
      frame[i] = 1;
      double[] shaped = shaped(frame);
      for (int bin = 0; bin < size / 2; bin++) {
        double real = 0;
        double imaginary = 0;
        for (int t = 0; t < window; t++) {
          int angle = bin * t % size;
          real += shaped[t] * cosines[angle];
          imaginary += shaped[t] * sines[angle];
        }
        matrix[i][bin] = (float) real;
        matrix[i][size / 2 + bin] = (float) imaginary;
      }
    }
    return matrix;
  }

  /** Removes the mean, emphasizes high frequencies, and applies the window. */
  private static double[] shaped(double[] frame) {
    double mean = 0;
    for (double sample : frame) {
      mean += sample / frame.length;
    }
    double[] shaped = new double[frame.length];
    for (int t = 0; t < frame.length; t++) {
      double before = frame[Math.max(0, t - 1)] - mean;
      double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * t / (frame.length - 1));
      shaped[t] = (frame[t] - mean - PRE_EMPHASIS * before) * Math.pow(hann, WINDOW_EXPONENT);
    }
    return shaped;
  }

  /** The next power of two. */
  private static int transformSize(int window) {
    int size = 1;
    while (size < window) {
      size *= 2;
    }
    return size;
  }

  /**
   * The matrix from the power spectrum to energies: triangles of equal width in mel.
   *
   * @param window number of samples of a frame
   * @param rate samples per second
   * @param bins number of triangles
   * @return {@code [N / 2, bins]}
   */
  static float[][] mel(int window, int rate, int bins) {
    int size = transformSize(window);
    double lowest = mel(LOWEST_FREQUENCY);
    double width = (mel(rate / 2.0) - lowest) / (bins + 1);
    float[][] matrix = new float[size / 2][bins];
    for (int bin = 0; bin < bins; bin++) {
      double left = lowest + bin * width;
      for (int k = 0; k < size / 2; k++) {
        double up = (mel((double) k * rate / size) - left) / width;
        matrix[k][bin] = (float) Math.max(0, Math.min(up, 2 - up));
      }
    }
    return matrix;
  }

  private static double mel(double frequency) {
    return 1127 * Math.log(1 + frequency / 700);
  }
}

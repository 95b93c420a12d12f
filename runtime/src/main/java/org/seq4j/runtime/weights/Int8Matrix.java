package org.seq4j.runtime.weights;

/**
 * A matrix of 8-bit integers, {@code -127} to {@code 127}, with a scale for each row or each
 * column, whichever loses less precision.
 *
 * @param values the integers in row-major order
 * @param scales one scale for each row or each column
 * @param shapeOfScales {@code [rows, 1]} or {@code [1, columns]}
 */
record Int8Matrix(byte[] values, float[] scales, long[] shapeOfScales) {
  private static final int LARGEST = 127;

  /**
   * Quantizes a matrix.
   *
   * @throws IllegalArgumentException if a value is NaN or infinite
   */
  static Int8Matrix of(SafeTensors.Array matrix) {
    Int8Matrix byRow = of(matrix, true);
    Int8Matrix byColumn = of(matrix, false);
    return byRow.squaredError(matrix) <= byColumn.squaredError(matrix) ? byRow : byColumn;
  }

  private static Int8Matrix of(SafeTensors.Array matrix, boolean byRow) {
    int rows = (int) matrix.shape()[0];
    int columns = (int) matrix.shape()[1];
    float[] values = matrix.values();
    float[] scales = new float[byRow ? rows : columns];
    for (int i = 0; i < values.length; i++) {
      int group = byRow ? i / columns : i % columns;
      scales[group] = Math.max(scales[group], Math.abs(values[i]) / LARGEST);
    }
    byte[] rounded = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      float scale = scales[byRow ? i / columns : i % columns];
      if (!Float.isFinite(scale)) {
        throw new IllegalArgumentException("it contains NaN or infinity");
      }
      rounded[i] = scale == 0 ? 0 : (byte) Math.round(values[i] / scale);
    }
    return new Int8Matrix(rounded, scales, byRow ? new long[] {rows, 1} : new long[] {1, columns});
  }

  private double squaredError(SafeTensors.Array matrix) {
    float[] restored = new float[values.length];
    for (int i = 0; i < restored.length; i++) {
      restored[i] = values[i];
    }
    scale(restored, scales, shapeOfScales);
    double sum = 0;
    for (int i = 0; i < restored.length; i++) {
      double error = (double) restored[i] - matrix.values()[i];
      sum += error * error;
    }
    return sum;
  }

  /** Multiplies a matrix by the scales of its rows or columns. */
  static void scale(float[] matrix, float[] scales, long[] shapeOfScales) {
    boolean byRow = shapeOfScales[1] == 1;
    int columns = byRow ? matrix.length / scales.length : scales.length;
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] *= scales[byRow ? i / columns : i % columns];
    }
  }

  /** Returns true if a shape has at least two rows and two columns. */
  static boolean isMatrix(long[] shape) {
    return shape.length == 2 && shape[0] > 1 && shape[1] > 1;
  }

  /** Returns true if scales of this shape fit a matrix. */
  static boolean fits(long[] shape, long[] shapeOfScales) {
    return isMatrix(shape)
        && shapeOfScales.length == 2
        && ((shapeOfScales[0] == shape[0] && shapeOfScales[1] == 1)
            || (shapeOfScales[0] == 1 && shapeOfScales[1] == shape[1]));
  }
}

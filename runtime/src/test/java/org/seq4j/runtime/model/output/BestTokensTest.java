package org.seq4j.runtime.model.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Timeout(120)
class BestTokensTest {
  private static final int ROWS = 40;

  /** Few different values, so that ties are many, within chunks and across them. */
  @ParameterizedTest
  @CsvSource({
    "9, 6, 3",
    "9, 20, 3",
    "1024, 6, 5",
    "1500, 6, 40",
    "1500, 1, 2",
    "4000, 30, 2000",
    "1030, 300, 7"
  })
  void areThoseOfAFullSortTheLowerIdFirstAmongEquals(int size, int count, int differentValues) {
    float[] values = new float[ROWS * size];
    Random random = new Random(size + count);
    for (int i = 0; i < values.length; i++) {
      values[i] = -random.nextInt(differentValues);
    }
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Ops tf = model.tf();
      Operand<TFloat32> given =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, size)));
      BestTokens best = BestTokens.of(tf, given, tf.constant(count));
      try (TFloat32 fed = TFloat32.tensorOf(Shape.of(ROWS, size), DataBuffers.of(values));
          Result result =
              model
                  .session()
                  .runner()
                  .feed(given, fed)
                  .fetch(best.values())
                  .fetch(best.tokens())
                  .run()) {
        TFloat32 found = (TFloat32) result.get(0);
        TInt32 tokens = (TInt32) result.get(1);
        for (int row = 0; row < ROWS; row++) {
          float[] ofRow = Arrays.copyOfRange(values, row * size, (row + 1) * size);
          int[] expected = sorted(ofRow, count);
          for (int k = 0; k < expected.length; k++) {
            assertThat(tokens.getInt(row, k)).as("row %d, rank %d", row, k).isEqualTo(expected[k]);
            assertThat(found.getFloat(row, k)).isEqualTo(ofRow[expected[k]]);
          }
        }
      }
    }
  }

  /** The ids of those that may be generated, best first. */
  private static int[] sorted(float[] values, int count) {
    return IntStream.range(0, values.length)
        .filter(id -> id != Vocabulary.PAD && id != Vocabulary.BEGIN)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -values[id]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }
}

package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.SequenceData;

/**
 * A batch of sources as a predictor reads them: a single model reads each in one way, the models of
 * an ensemble each in its own.
 *
 * @param byModel for each model all sources, in one order
 */
public record Sources(List<List<SequenceData>> byModel) {

  /** Checks that every model has as many sources, and copies. */
  public Sources {
    byModel = byModel.stream().map(List::copyOf).toList();
    if (byModel.stream().map(List::size).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "expected as many sources for each of one or more models, got "
              + byModel.stream().map(List::size).toList());
    }
  }

  /** Sources of a single model. */
  public static Sources of(List<? extends SequenceData> sources) {
    return new Sources(List.of(List.copyOf(sources)));
  }

  /** Sources of a single model. */
  public static Sources of(SequenceData... sources) {
    return of(List.of(sources));
  }

  /** The sources as the first model reads them. */
  List<SequenceData> first() {
    return byModel.get(0);
  }

  /**
   * The sources as the only model reads them.
   *
   * @throws IllegalArgumentException if they are read for several
   */
  List<SequenceData> single() {
    checkModels(1);
    return first();
  }

  /**
   * Checks for how many models they are read.
   *
   * @throws IllegalArgumentException if it is another number
   */
  void checkModels(int count) {
    if (byModel.size() != count) {
      throw new IllegalArgumentException(
          "expected sources as %d models read them, got those of %d"
              .formatted(count, byModel.size()));
    }
  }

  /** Some of the sources, in the order of the indices. */
  Sources select(int[] indices) {
    return new Sources(
        byModel.stream()
            .map(all -> Arrays.stream(indices).<SequenceData>mapToObj(all::get).toList())
            .toList());
  }
}

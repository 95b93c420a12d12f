package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.SequenceData;

/**
 * A batch of sources, encoded for a predictor: a single model has one encoding of each source, the
 * models of an ensemble have one each.
 *
 * @param byModel for each model, all sources in the same order
 */
public record Sources(List<List<SequenceData>> byModel) {

  /** Checks that all models have the same number of sources, and copies the lists. */
  public Sources {
    byModel = byModel.stream().map(List::copyOf).toList();
    if (byModel.stream().map(List::size).distinct().count() != 1) {
      throw new IllegalArgumentException(
          "expected the same number of sources for each of one or more models, got "
              + byModel.stream().map(List::size).toList());
    }
  }

  /** Creates sources for a single model. */
  public static Sources of(List<? extends SequenceData> sources) {
    return new Sources(List.of(List.copyOf(sources)));
  }

  /** Creates sources for a single model. */
  public static Sources of(SequenceData... sources) {
    return of(List.of(sources));
  }

  /** The number of sources. */
  public int size() {
    return first().size();
  }

  /** Returns the sources of the first model. */
  List<SequenceData> first() {
    return byModel.get(0);
  }

  /**
   * Returns the sources of the only model.
   *
   * @throws IllegalArgumentException if there are sources for several models
   */
  List<SequenceData> single() {
    checkModels(1);
    return first();
  }

  /**
   * Checks the number of models.
   *
   * @throws IllegalArgumentException if the number differs
   */
  void checkModels(int count) {
    if (byModel.size() != count) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected sources for %d models, got sources for %d",
              count,
              byModel.size()));
    }
  }

  /** Returns the sources with the given indices, in that order. */
  Sources select(int[] indices) {
    return new Sources(
        byModel.stream()
            .map(all -> Arrays.stream(indices).<SequenceData>mapToObj(all::get).toList())
            .toList());
  }
}

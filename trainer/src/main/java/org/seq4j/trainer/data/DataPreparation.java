package org.seq4j.trainer.data;

import org.seq4j.trainer.data.batch.TrainingData;

/**
 * Prepares the data of a new training. By default they are read from the files of the config; a
 * Guice module may bind another implementation. A training that is resumed reads the files.
 */
@FunctionalInterface
public interface DataPreparation {

  /**
   * Reads the data and builds the vocabularies.
   *
   * @throws org.seq4j.trainer.data.corpus.DataException if the data have an error, or no example is
   *     left to train on
   */
  TrainingData prepare();
}

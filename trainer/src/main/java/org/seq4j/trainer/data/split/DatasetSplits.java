package org.seq4j.trainer.data.split;

import java.util.List;
import org.seq4j.core.data.Example;

/**
 * The parts of a data set.
 *
 * @param train never empty
 * @param dev empty if the configuration has neither dev nor held_out
 * @param test empty if the configuration has none
 */
public record DatasetSplits(List<Example> train, List<Example> dev, List<Example> test) {

  /** Makes the lists unchangeable. */
  public DatasetSplits {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }
}

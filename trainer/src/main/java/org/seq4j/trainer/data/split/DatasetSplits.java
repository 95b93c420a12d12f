package org.seq4j.trainer.data.split;

import java.util.List;
import org.seq4j.core.data.Example;

/**
 * The splits of a dataset.
 *
 * @param train the training examples; never empty
 * @param dev the validation examples; empty if the configuration has neither dev nor held_out
 * @param test the test examples; empty if the configuration has none
 */
public record DatasetSplits(List<Example> train, List<Example> dev, List<Example> test) {

  /** Copies the lists. */
  public DatasetSplits {
    train = List.copyOf(train);
    dev = List.copyOf(dev);
    test = List.copyOf(test);
  }
}

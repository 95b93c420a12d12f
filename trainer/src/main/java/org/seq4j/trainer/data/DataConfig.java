package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.config.Key;

/** The section {@code data} of a config file. */
public record DataConfig(
    @Key(doc = "What to train on: a corpus, or a list of corpora that are read one after another.")
        List<CorpusConfig> train,
    @Key(doc = "What to validate on during training.") Optional<CorpusConfig> dev,
    @Key(doc = "What to evaluate on when training is over.") Optional<CorpusConfig> test,
    @Key(doc = "Instead of dev: a part of the training data that is cut off for validation.")
        Optional<HeldOutConfig> heldOut) {

  /** Checks the rules across keys. */
  public DataConfig {
    train = List.copyOf(train);
    if (train.isEmpty()) {
      throw new IllegalArgumentException("train: expected at least one corpus, got an empty list");
    }
    if (dev.isPresent() && heldOut.isPresent()) {
      throw new IllegalArgumentException(
          "dev and held_out: give one of them; held_out cuts from train what dev would be");
    }
    if (train.stream().anyMatch(CorpusConfig::alternatives)) {
      throw new IllegalArgumentException(
          "train: alternatives are for dev and test only;"
              + " write one line for each pair of a source and a target to train on");
    }
  }

  /** The same data, named so that the folder does not matter any more: for a run's own config. */
  public DataConfig absolute(Path directory) {
    return new DataConfig(
        train.stream().map(corpus -> corpus.absolute(directory)).toList(),
        dev.map(corpus -> corpus.absolute(directory)),
        test.map(corpus -> corpus.absolute(directory)),
        heldOut);
  }
}

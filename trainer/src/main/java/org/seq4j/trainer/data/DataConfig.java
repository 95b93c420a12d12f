package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Key;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.OnError;
import org.seq4j.trainer.data.split.FilterConfig;
import org.seq4j.trainer.data.split.HeldOutConfig;

/** The section {@code data} of a config file. */
public record DataConfig(
    @Key(doc = "What to train on: a corpus, or a list of corpora that are read one after another.")
        List<CorpusConfig> train,
    @Key(doc = "What to validate on during training.") Optional<CorpusConfig> dev,
    @Key(doc = "What to evaluate on when training is over.") Optional<CorpusConfig> test,
    @Key(doc = "Instead of dev: a part of the training data that is cut off for validation.")
        Optional<HeldOutConfig> heldOut,
    @Key(
            doc =
                "Streams the training data, which may then be larger than the memory: so many"
                    + " examples are in it, shuffled, at a time. Absent: all are.",
            example = "100000",
            min = 1)
        Optional<Integer> shuffleBuffer,
    @Key(
            doc =
                "What is done about a line of training data that is not what it should be: stop, or"
                    + " skip it and count it.",
            defaultValue = "stop")
        OnError onError,
    @Key(doc = "Which training examples are left out.", defaultValue = "{}") FilterConfig filter) {

  /** All in memory, nothing left out. */
  public DataConfig(
      List<CorpusConfig> train,
      Optional<CorpusConfig> dev,
      Optional<CorpusConfig> test,
      Optional<HeldOutConfig> heldOut) {
    this(train, dev, test, heldOut, Optional.empty(), OnError.STOP, FilterConfig.NONE);
  }

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
        heldOut,
        shuffleBuffer,
        onError,
        filter);
  }
}

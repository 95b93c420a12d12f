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
    @Key(doc = "Training data: a corpus, or a list of corpora.") List<CorpusConfig> train,
    @Key(doc = "Data for validation during training.") Optional<CorpusConfig> dev,
    @Key(doc = "Data for evaluation after training.") Optional<CorpusConfig> test,
    @Key(
            doc = "Part of the training data to hold out for validation, instead of dev.",
            excludes = "dev")
        Optional<HeldOutConfig> heldOut,
    @Key(
            doc =
                "Number of examples in the shuffle buffer. Training data are streamed and may be"
                    + " larger than memory. Absent: all examples are in memory.",
            example = "100000",
            min = 1)
        Optional<Integer> shuffleBuffer,
    @Key(
            doc = "Reaction to an invalid line of training data: stop, or skip it and count it.",
            defaultValue = "stop")
        OnError onError,
    @Key(doc = "Rules by which training examples are skipped.", defaultValue = "{}")
        FilterConfig filter) {

  /** Creates a config that keeps all data in memory and skips no example. */
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
          "dev and held_out: set only one of them; held_out takes the validation data from train");
    }
    if (train.stream().anyMatch(CorpusConfig::alternatives)) {
      throw new IllegalArgumentException(
          "train: alternatives are for dev and test only;"
              + " write one line for each pair of a source and a target");
    }
  }

  /** Returns this config for a language model, see {@link CorpusConfig#ofTargets}. */
  public DataConfig ofTargets() {
    return new DataConfig(
        train.stream().map(CorpusConfig::ofTargets).toList(),
        dev.map(CorpusConfig::ofTargets),
        test.map(CorpusConfig::ofTargets),
        heldOut,
        shuffleBuffer,
        onError,
        filter);
  }

  /** Returns the key of the first corpus whose source is missing, such as {@code train[0]}. */
  public Optional<String> lackingSource() {
    for (int i = 0; i < train.size(); i++) {
      if (train.get(i).lacksSource()) {
        return Optional.of("train[" + i + "]");
      }
    }
    return dev.filter(CorpusConfig::lacksSource)
        .map(corpus -> "dev")
        .or(() -> test.filter(CorpusConfig::lacksSource).map(corpus -> "test"));
  }

  /** Returns this config with absolute paths, for a run's own config. */
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

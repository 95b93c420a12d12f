package org.seq4j.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.CorpusReader;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.FileProblem;
import org.seq4j.trainer.data.corpus.OnError;
import org.seq4j.trainer.data.corpus.Sides;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.DatasetSplits;
import org.seq4j.trainer.data.split.HeldOut;
import org.seq4j.trainer.data.split.HeldOutConfig;
import org.seq4j.trainer.data.split.SplitName;

/** The data that a config names. Every call reads the files again; nothing is cached. */
public final class Dataset {
  private final DataConfig config;
  private final Path directory;
  private final CorpusFormats formats;
  private final CorpusReader reader;

  /**
   * Creates a dataset in formats that come with Seq4j.
   *
   * @param directory the folder that relative paths start from
   */
  public Dataset(DataConfig config, Path directory) {
    this(config, directory, CorpusFormats.BUILT_IN);
  }

  /** Creates a dataset in any of the given formats. */
  public Dataset(DataConfig config, Path directory, CorpusFormats formats) {
    this(config, directory, formats, Sides.ANY);
  }

  /**
   * Creates a dataset whose sides are known; sides of vectors are parsed into numbers on reading,
   * and columns that must be aligned are checked.
   */
  public Dataset(
      DataConfig config,
      Path directory,
      CorpusFormats formats,
      SequenceConfig source,
      SequenceConfig target) {
    this(config, directory, formats, Sides.of(source, target, new ComponentContext(directory)));
  }

  private Dataset(DataConfig config, Path directory, CorpusFormats formats, Sides sides) {
    this.config = config;
    this.directory = directory;
    this.formats = formats;
    this.reader = new CorpusReader(formats, sides);
  }

  /** Returns the config of this dataset. */
  public DataConfig config() {
    return config;
  }

  /**
   * Returns every named file that cannot be read and every problem that a format reports, before
   * training starts.
   */
  public List<FileProblem> fileProblems() {
    List<FileProblem> problems = new ArrayList<>();
    for (int i = 0; i < config.train().size(); i++) {
      check("data.train[" + i + "]", config.train().get(i), problems);
    }
    config.dev().ifPresent(corpus -> check("data.dev", corpus, problems));
    config.test().ifPresent(corpus -> check("data.test", corpus, problems));
    return List.copyOf(problems);
  }

  private void check(String path, CorpusConfig corpus, List<FileProblem> problems) {
    CorpusFiles files = corpus.files(directory);
    try {
      CorpusFormat format = formats.of(corpus, directory).format();
      format.check(files);
      int before = problems.size();
      for (Path file : format.files(files)) {
        FileProblem.of(path + key(file, files), file).ifPresent(problems::add);
      }
      if (problems.size() == before) {
        checkKeys(format, files);
      }
    } catch (ComponentException e) {
      // reported by the check of components
    } catch (IllegalArgumentException e) {
      problems.add(new FileProblem(path, files.file().orElse(directory), e.getMessage()));
    }
  }

  /**
   * Opens a corpus, which compares its keys with the file, such as the names of columns. Other
   * errors are reported when the corpus is read.
   *
   * @throws IllegalArgumentException if a key does not fit the file
   */
  private static void checkKeys(CorpusFormat format, CorpusFiles files) {
    try (ExampleReader opened = format.open(files)) {
      opened.location();
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError e) {
      // reported when the corpus is read
    }
  }

  /** Returns the key that names a file of a corpus; empty if another file refers to it. */
  private static String key(Path file, CorpusFiles files) {
    if (files.file().filter(file::equals).isPresent()) {
      return ".file";
    } else if (files.source().stream().map(files::resolve).anyMatch(file::equals)) {
      return ".source";
    } else if (files.target().map(files::resolve).filter(file::equals).isPresent()) {
      return ".target";
    }
    return files.alignment().map(files::resolve).filter(file::equals).isPresent()
        ? ".alignment"
        : "";
  }

  /**
   * Returns the files of a corpus.
   *
   * @throws org.seq4j.core.plugin.ComponentException if its format cannot be created
   */
  public List<Path> files(CorpusConfig corpus) {
    return formats.of(corpus, directory).format().files(corpus.files(directory));
  }

  /**
   * Reads all splits.
   *
   * @throws DataException if a data file has an error
   */
  public DatasetSplits read() {
    return read(new SkippedExamples());
  }

  /** Reads all splits and counts skipped training examples. */
  public DatasetSplits read(SkippedExamples leftOut) {
    List<Example> test = read(config.test());
    List<Example> train = readTrain(leftOut);
    if (train.isEmpty()) {
      throw leftOut.nothingLeft();
    }
    if (config.heldOut().isEmpty()) {
      return new DatasetSplits(train, read(config.dev()), test);
    }
    HeldOut cut = HeldOut.cut(train, config.heldOut().get());
    return new DatasetSplits(cut.rest(), cut.heldOut(), test);
  }

  /**
   * Reads one split, and only the files that it needs.
   *
   * @return the examples; empty if the config has no such split
   * @throws DataException if a data file has an error
   */
  public List<Example> read(SplitName split) {
    return switch (split) {
      case TRAIN -> {
        SkippedExamples leftOut = new SkippedExamples();
        List<Example> train = readTrain(leftOut);
        if (train.isEmpty()) {
          throw leftOut.nothingLeft();
        }
        yield config.heldOut().map(part -> HeldOut.cut(train, part).rest()).orElse(train);
      }
      case DEV -> config.heldOut().isPresent() ? heldOut() : read(config.dev());
      case TEST -> read(config.test());
    };
  }

  /**
   * Returns the held-out examples. One pass over the files (two, for a number of examples) keeps
   * only these in memory.
   */
  private List<Example> heldOut() {
    HeldOutConfig part = config.heldOut().orElseThrow();
    HeldOut.Gathered gathered = new HeldOut.Gathered();
    Predicate<ExampleValue> rule = isHeldOut();
    AtomicLong sources = new AtomicLong();
    SkippedExamples leftOut =
        forEachTrain(
            source -> false,
            example -> {
              sources.incrementAndGet();
              if (rule.test(example.source())) {
                gathered.add(example);
              }
            });
    if (sources.get() == 0) {
      throw leftOut.nothingLeft();
    }
    if (gathered.isEmpty()) {
      throw HeldOut.nothingHeldOut(part, sources.get());
    }
    return gathered.examples();
  }

  /**
   * Returns the rule for held-out sources. A fraction needs no reading, a number one pass over the
   * files.
   */
  public Predicate<ExampleValue> isHeldOut() {
    if (config.heldOut().isEmpty()) {
      return source -> false;
    }
    HeldOutConfig part = config.heldOut().get();
    if (part.fraction().isPresent()) {
      return HeldOut.below(part.fraction().get(), part.seed());
    }
    HeldOut.Smallest smallest = new HeldOut.Smallest(part);
    forEachTrain(source -> false, example -> smallest.add(example.source()));
    return smallest.rule();
  }

  /** Returns all training data once, ignoring the weights of corpora. */
  private TrainStream once(TrainStream.Order order, Predicate<ExampleValue> isHeldOut) {
    DataConfig unweighted =
        new DataConfig(
            config.train().stream().map(CorpusConfig::unweighted).toList(),
            config.dev(),
            config.test(),
            config.heldOut(),
            config.shuffleBuffer(),
            config.onError(),
            config.filter());
    return new TrainStream(unweighted, directory, reader, order, isHeldOut, 0);
  }

  /**
   * Returns the training examples of an epoch.
   *
   * @param isHeldOut the rule from {@link #isHeldOut()}
   */
  public TrainStream train(Predicate<ExampleValue> isHeldOut, long epoch) {
    return new TrainStream(config, directory, reader, TrainStream.Order.MIXED, isHeldOut, epoch);
  }

  /**
   * Calls {@code work} once with each training example; only one is in memory at a time.
   *
   * @return the examples that are skipped, counted by reason
   */
  public SkippedExamples forEachTrain(Predicate<ExampleValue> isHeldOut, Consumer<Example> work) {
    try (TrainStream all = once(TrainStream.Order.MIXED, isHeldOut)) {
      for (Optional<Example> next = all.next(); next.isPresent(); next = all.next()) {
        work.accept(next.get());
      }
      return all.leftOut();
    }
  }

  /** Returns the first training examples, held-out ones included. */
  List<Example> firstTrain(int most) {
    List<Example> examples = new ArrayList<>();
    try (TrainStream all = once(TrainStream.Order.IN_TURN, source -> false)) {
      for (Optional<Example> next = all.next();
          next.isPresent() && examples.size() < most;
          next = all.next()) {
        examples.add(next.get());
      }
    }
    return examples;
  }

  private List<Example> readTrain(SkippedExamples leftOut) {
    List<Example> examples = new ArrayList<>();
    try (TrainStream all = once(TrainStream.Order.IN_TURN, source -> false)) {
      for (Optional<Example> next = all.next(); next.isPresent(); next = all.next()) {
        examples.add(next.get());
      }
      leftOut.addAll(all.leftOut());
    }
    return examples;
  }

  private List<Example> read(Optional<CorpusConfig> corpus) {
    if (corpus.isEmpty()) {
      return List.of();
    }
    try {
      return reader.read(corpus.get(), directory);
    } catch (DataException e) {
      if (config.onError() == OnError.STOP || CorpusReader.isWhole(e)) {
        throw e;
      }
      throw new DataException(
          e.getMessage()
              + ". data.on_error: skip is for training data; dev and test must be valid");
    }
  }
}

package org.seq4j.trainer.data;

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
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.CorpusReader;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.FileProblem;
import org.seq4j.trainer.data.corpus.Sides;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.DatasetSplits;
import org.seq4j.trainer.data.split.HeldOut;
import org.seq4j.trainer.data.split.HeldOutConfig;
import org.seq4j.trainer.data.split.SplitName;

/** The data that a configuration names. Nothing is read before it is asked for, nothing is kept. */
public final class Dataset {
  private final DataConfig config;
  private final Path directory;
  private final CorpusFormats formats;
  private final CorpusReader reader;

  /**
   * The data of a configuration, in formats that come with Seq4j.
   *
   * @param directory the folder that relative paths start from
   */
  public Dataset(DataConfig config, Path directory) {
    this(config, directory, CorpusFormats.BUILT_IN);
  }

  /** The same, in other formats, too. */
  public Dataset(DataConfig config, Path directory, CorpusFormats formats) {
    this(config, directory, formats, Sides.ANY);
  }

  /** The same; what is vectors becomes numbers as it is read. */
  public Dataset(
      DataConfig config,
      Path directory,
      CorpusFormats formats,
      SequenceConfig source,
      SequenceConfig target) {
    this(config, directory, formats, Sides.of(source, target));
  }

  private Dataset(DataConfig config, Path directory, CorpusFormats formats, Sides sides) {
    this.config = config;
    this.directory = directory;
    this.formats = formats;
    this.reader = new CorpusReader(formats, sides);
  }

  /** What it was made from. */
  public DataConfig config() {
    return config;
  }

  /**
   * Every file that is named but cannot be read, and what formats complain of; to be reported
   * before anything starts.
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
      for (Path file : format.files(files)) {
        FileProblem.of(path + key(file, files), file).ifPresent(problems::add);
      }
    } catch (ComponentException e) {
      // which the check of components tells
    } catch (IllegalArgumentException e) {
      problems.add(new FileProblem(path, files.file().orElse(directory), e.getMessage()));
    }
  }

  /** The key that names a file of a corpus; none if another file does. */
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
   * The files that a corpus consists of.
   *
   * @throws org.seq4j.core.plugin.ComponentException if its format cannot be made
   */
  public List<Path> files(CorpusConfig corpus) {
    return formats.of(corpus, directory).format().files(corpus.files(directory));
  }

  /**
   * Reads all splits.
   *
   * @throws DataException if something is wrong in a file
   */
  public DatasetSplits read() {
    return read(new SkippedExamples());
  }

  /** The same; training examples that are left out are counted. */
  public DatasetSplits read(SkippedExamples leftOut) {
    List<Example> test = read(config.test());
    List<Example> train = readTrain(leftOut);
    if (config.heldOut().isEmpty()) {
      return new DatasetSplits(train, read(config.dev()), test);
    }
    HeldOut cut = HeldOut.cut(train, config.heldOut().get());
    return new DatasetSplits(cut.rest(), cut.heldOut(), test);
  }

  /**
   * Reads one split, and no file that it does not need.
   *
   * @return empty if the configuration has no such split
   * @throws DataException if something is wrong in a file
   */
  public List<Example> read(SplitName split) {
    return switch (split) {
      case TRAIN -> {
        List<Example> train = readTrain(new SkippedExamples());
        yield config.heldOut().map(part -> HeldOut.cut(train, part).rest()).orElse(train);
      }
      case DEV -> config.heldOut().isPresent() ? heldOut() : read(config.dev());
      case TEST -> read(config.test());
    };
  }

  /** What is held out, in one pass over the files (two, for a number) that keeps nothing else. */
  private List<Example> heldOut() {
    HeldOutConfig part = config.heldOut().orElseThrow();
    HeldOut.Gathered gathered = new HeldOut.Gathered();
    Predicate<ExampleValue> rule = isHeldOut();
    AtomicLong sources = new AtomicLong();
    forEachTrain(
        source -> false,
        example -> {
          sources.incrementAndGet();
          if (rule.test(example.source())) {
            gathered.add(example);
          }
        });
    if (gathered.isEmpty()) {
      throw HeldOut.nothingHeldOut(part, sources.get());
    }
    return gathered.examples();
  }

  /**
   * Which sources are held out; finding out takes no reading for a fraction, and a pass for a
   * number of them.
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

  /** All training data once, whatever their weights. */
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
   * The training examples of an epoch.
   *
   * @param isHeldOut what {@link #isHeldOut()} found
   */
  public TrainStream train(Predicate<ExampleValue> isHeldOut, long epoch) {
    return new TrainStream(config, directory, reader, TrainStream.Order.MIXED, isHeldOut, epoch);
  }

  /** Does something with each training example once, with no more than one of them in memory. */
  public void forEachTrain(Predicate<ExampleValue> isHeldOut, Consumer<Example> work) {
    try (TrainStream all = once(TrainStream.Order.MIXED, isHeldOut)) {
      for (Optional<Example> next = all.next(); next.isPresent(); next = all.next()) {
        work.accept(next.get());
      }
    }
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
    return corpus.map(named -> reader.read(named, directory)).orElse(List.of());
  }
}

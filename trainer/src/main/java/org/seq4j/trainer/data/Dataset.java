package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.seq4j.core.run.FrameCodec;
import org.seq4j.core.text.SequenceConfig;

/** The data that a configuration names. Nothing is read before it is asked for, nothing is kept. */
public final class Dataset {
  private final DataConfig config;
  private final Path directory;
  private final LineChecks checks;
  private final CorpusReader reader;

  /**
   * The data of a configuration.
   *
   * @param directory the folder that relative paths start from
   */
  public Dataset(DataConfig config, Path directory) {
    this(config, directory, LineChecks.NONE);
  }

  /** The same; lines of vectors are checked as they are read. */
  public Dataset(DataConfig config, Path directory, SequenceConfig source, SequenceConfig target) {
    this(config, directory, new LineChecks(check(source), check(target)));
  }

  private Dataset(DataConfig config, Path directory, LineChecks checks) {
    this.config = config;
    this.directory = directory;
    this.checks = checks;
    this.reader = new CorpusReader(checks);
  }

  private static Consumer<String> check(SequenceConfig side) {
    if (!side.isVectors()) {
      return line -> {}; // any text will do
    }
    FrameCodec codec = new FrameCodec(side.depth().orElseThrow(), side.maxLength());
    return line -> codec.check(line);
  }

  /** What it was made from. */
  public DataConfig config() {
    return config;
  }

  /** Every file that is named but cannot be read; to be reported before anything starts. */
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
    if (corpus.file().isPresent()) {
      check(path + ".file", corpus.file().get(), problems);
    } else {
      check(path + ".source", corpus.sourceFile(), problems);
      check(path + ".target", corpus.targetFile(), problems);
      corpus.alignmentFile().ifPresent(file -> check(path + ".alignment", file, problems));
    }
  }

  private void check(String path, Path named, List<FileProblem> problems) {
    FileProblem.of(path, directory.resolve(named)).ifPresent(problems::add);
  }

  /**
   * Reads all splits.
   *
   * @throws DataException if something is wrong in a file
   */
  public Splits read() {
    return read(new LeftOut());
  }

  /** The same; training examples that are left out are counted. */
  public Splits read(LeftOut leftOut) {
    List<Example> test = read(config.test());
    List<Example> train = readTrain(leftOut);
    if (config.heldOut().isEmpty()) {
      return new Splits(train, read(config.dev()), test);
    }
    HeldOut cut = HeldOut.cut(train, config.heldOut().get());
    return new Splits(cut.rest(), cut.heldOut(), test);
  }

  /**
   * Reads one split, and no file that it does not need.
   *
   * @return empty if the configuration has no such split
   * @throws DataException if something is wrong in a file
   */
  public List<Example> read(Split split) {
    return switch (split) {
      case TRAIN -> {
        List<Example> train = readTrain(new LeftOut());
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
    Predicate<String> rule = isHeldOut();
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
  public Predicate<String> isHeldOut() {
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
  private TrainStream once(Predicate<String> isHeldOut) {
    DataConfig unweighted =
        new DataConfig(
            config.train().stream().map(CorpusConfig::unweighted).toList(),
            config.dev(),
            config.test(),
            config.heldOut(),
            config.shuffleBuffer(),
            config.onError(),
            config.filter());
    return new TrainStream(unweighted, directory, checks, isHeldOut, 0);
  }

  /**
   * The training examples of an epoch.
   *
   * @param isHeldOut what {@link #isHeldOut()} found
   */
  TrainStream train(Predicate<String> isHeldOut, long epoch) {
    return new TrainStream(config, directory, checks, isHeldOut, epoch);
  }

  /** Does something with each training example once, with no more than one of them in memory. */
  public void forEachTrain(Predicate<String> isHeldOut, Consumer<Example> work) {
    try (TrainStream all = once(isHeldOut)) {
      for (Optional<Example> next = all.next(); next.isPresent(); next = all.next()) {
        work.accept(next.get());
      }
    }
  }

  private List<Example> readTrain(LeftOut leftOut) {
    ExampleFilter filter = new ExampleFilter(config.filter());
    List<Example> examples = new ArrayList<>();
    for (CorpusConfig corpus : config.train()) {
      for (Example example : reader.read(corpus, directory, config.onError(), leftOut)) {
        Optional<LeftOut.Reason> reason = filter.reason(example);
        reason.ifPresent(leftOut::add);
        if (reason.isEmpty()) {
          examples.add(example);
        }
      }
    }
    return examples;
  }

  private List<Example> read(Optional<CorpusConfig> corpus) {
    return corpus.map(named -> reader.read(named, directory)).orElse(List.of());
  }
}

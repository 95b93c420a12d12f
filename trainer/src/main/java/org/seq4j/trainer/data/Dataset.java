package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seq4j.core.run.FrameCodec;
import org.seq4j.core.text.SequenceConfig;

/** The data that a configuration names. Nothing is read before it is asked for, nothing is kept. */
public final class Dataset {
  private final DataConfig config;
  private final Path directory;
  private final CorpusReader reader;

  /**
   * The data of a configuration.
   *
   * @param directory the folder that relative paths start from
   */
  public Dataset(DataConfig config, Path directory) {
    this(config, directory, line -> {}, line -> {});
  }

  /** The same; lines of vectors are checked as they are read. */
  public Dataset(DataConfig config, Path directory, SequenceConfig source, SequenceConfig target) {
    this(config, directory, check(source), check(target));
  }

  private Dataset(
      DataConfig config, Path directory, Consumer<String> sourceSide, Consumer<String> targetSide) {
    this.config = config;
    this.directory = directory;
    this.reader = new CorpusReader(sourceSide, targetSide);
  }

  private static Consumer<String> check(SequenceConfig side) {
    if (!side.isVectors()) {
      return line -> {}; // any text will do
    }
    FrameCodec codec = new FrameCodec(side.depth().orElseThrow(), side.maxLength());
    return line -> codec.check(line);
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
    List<Example> test = read(config.test());
    if (config.heldOut().isEmpty()) {
      return new Splits(readTrain(), read(config.dev()), test);
    }
    HeldOut cut = HeldOut.cut(readTrain(), config.heldOut().get());
    return new Splits(cut.rest(), cut.heldOut(), test);
  }

  /**
   * Reads one split, and no file that it does not need.
   *
   * @return empty if the configuration has no such split
   * @throws DataException if something is wrong in a file
   */
  public List<Example> read(Split split) {
    Optional<HeldOutConfig> heldOut = config.heldOut();
    return switch (split) {
      case TRAIN ->
          heldOut.map(part -> HeldOut.cut(readTrain(), part).rest()).orElseGet(this::readTrain);
      case DEV ->
          heldOut
              .map(part -> HeldOut.cut(readTrain(), part).heldOut())
              .orElseGet(() -> read(config.dev()));
      case TEST -> read(config.test());
    };
  }

  private List<Example> readTrain() {
    List<Example> examples = new ArrayList<>();
    for (CorpusConfig corpus : config.train()) {
      examples.addAll(reader.read(corpus, directory));
    }
    return examples;
  }

  private List<Example> read(Optional<CorpusConfig> corpus) {
    return corpus.map(named -> reader.read(named, directory)).orElse(List.of());
  }
}

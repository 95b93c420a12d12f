package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The examples of an epoch, one by one. Several corpora are mixed so that all come to their ends
 * together; one of weight 2.5 is gone through twice, and half of it once more.
 */
final class TrainStream implements AutoCloseable {
  private final List<Weighted> corpora = new ArrayList<>();
  private final Predicate<String> isHeldOut;
  private final DataConfig.OnError onError;
  private final ExampleFilter filter;
  private final LeftOut leftOut = new LeftOut();

  TrainStream(
      DataConfig config,
      Path directory,
      LineChecks checks,
      Predicate<String> isHeldOut,
      long epoch) {
    this.isHeldOut = isHeldOut;
    this.onError = config.onError();
    this.filter = new ExampleFilter(config.filter());
    boolean open = false;
    try {
      for (CorpusConfig corpus : config.train()) {
        corpora.add(new Weighted(corpus, directory, checks, epoch));
      }
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /** The next example; empty at the end of the epoch. */
  Optional<Example> next() {
    while (true) {
      Optional<Weighted> first =
          corpora.stream()
              .filter(corpus -> !corpus.ended)
              .min(Comparator.comparingDouble(Weighted::progress));
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Optional<Example> example = first.get().next();
      if (example.isPresent() && !isHeldOut.test(example.get().source())) {
        Optional<LeftOut.Reason> reason = filter.reason(example.get());
        if (reason.isEmpty()) {
          return example;
        }
        leftOut.add(reason.get());
      }
    }
  }

  /** What was left out so far. */
  LeftOut leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    corpora.forEach(Weighted::close);
  }

  /** A corpus and how often it is to be gone through. */
  private final class Weighted {
    private final CorpusConfig corpus;
    private final Path directory;
    private final LineChecks checks;
    private final double part; // of the last pass
    private final double from; // where in 0 to 1 the part begins, another place each epoch
    private final int passes; // the last one included
    private CorpusStream stream;
    private int passed;
    private boolean ended;

    Weighted(CorpusConfig corpus, Path directory, LineChecks checks, long epoch) {
      this.corpus = corpus;
      this.directory = directory;
      this.checks = checks;
      this.passes = (int) Math.ceil(corpus.weight());
      this.part = corpus.weight() - (passes - 1);
      this.from = epoch * part % 1;
      this.stream = CorpusStream.open(corpus, directory, checks);
    }

    double progress() {
      return (passed + stream.progress()) / passes;
    }

    /** Empty if the next one is not of this epoch, or there is none. */
    Optional<Example> next() {
      Optional<Example> example = CorpusReader.next(stream, onError, leftOut);
      if (example.isPresent()) {
        return example.filter(this::isTaken);
      }
      stream.close();
      passed++;
      if (passed == passes) {
        ended = true;
      } else {
        stream = CorpusStream.open(corpus, directory, checks);
      }
      return Optional.empty();
    }

    private boolean isTaken(Example example) {
      if (passed < passes - 1 || part == 1) {
        return true;
      }
      double place = StableHash.unit(example.source() + "\0" + example.target(), 2);
      return (place - from + 1) % 1 < part;
    }

    void close() {
      stream.close();
    }
  }
}

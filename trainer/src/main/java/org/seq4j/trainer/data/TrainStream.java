package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusReader;
import org.seq4j.trainer.data.corpus.CorpusStream;
import org.seq4j.trainer.data.corpus.OnError;
import org.seq4j.trainer.data.corpus.SkippedExamples;
import org.seq4j.trainer.data.split.ExampleFilter;
import org.seq4j.trainer.data.split.StableHash;

/**
 * A stream of the training examples of an epoch. All reading of training examples goes through it.
 * A corpus of weight 2.5 is read twice completely, and half of it a third time.
 */
public final class TrainStream implements AutoCloseable {
  private final List<Weighted> corpora = new ArrayList<>();
  private final Order order;
  private final Predicate<ExampleValue> isHeldOut;
  private final OnError onError;
  private final ExampleFilter filter;
  private final SkippedExamples leftOut = new SkippedExamples();

  /** The order of examples from several corpora. */
  public enum Order {
    /** Interleaves corpora so that all end together: for a shuffle buffer smaller than the data. */
    MIXED,
    /** Reads one corpus after another: for a shuffle buffer that holds all data. */
    IN_TURN
  }

  public TrainStream(
      DataConfig config,
      Path directory,
      CorpusReader reader,
      Order order,
      Predicate<ExampleValue> isHeldOut,
      long epoch) {
    this.order = order;
    this.isHeldOut = isHeldOut;
    this.onError = config.onError();
    this.filter = new ExampleFilter(config.filter());
    boolean open = false;
    try {
      for (CorpusConfig corpus : config.train()) {
        Weighted weighted = new Weighted(corpus, directory, reader, epoch);
        corpora.add(weighted);
        if (order == Order.MIXED) {
          weighted.open();
        }
      }
      open = true;
    } finally {
      if (!open) {
        close();
      }
    }
  }

  /** Returns the next example; empty at the end of the epoch. */
  public Optional<Example> next() {
    while (true) {
      Optional<Weighted> first = corpus();
      if (first.isEmpty()) {
        return Optional.empty();
      }
      Optional<Example> example = first.get().next();
      if (example.isPresent() && !isHeldOut.test(example.get().source())) {
        Optional<SkippedExamples.Reason> reason = filter.reason(example.get());
        if (reason.isEmpty()) {
          return example;
        }
        leftOut.add(reason.get());
      }
    }
  }

  /** Returns the corpus to read the next example from. */
  private Optional<Weighted> corpus() {
    Stream<Weighted> left = corpora.stream().filter(corpus -> !corpus.ended);
    return order == Order.IN_TURN
        ? left.findFirst()
        : left.min(Comparator.comparingDouble(Weighted::progress));
  }

  /** Returns the examples skipped so far, counted by reason. */
  public SkippedExamples leftOut() {
    return leftOut;
  }

  @Override
  public void close() {
    corpora.forEach(Weighted::close);
  }

  /** A corpus and the number of passes over it. */
  private final class Weighted {
    private final CorpusConfig corpus;
    private final Path directory;
    private final CorpusReader reader;
    private final double part; // the share read in the last pass
    private final double from; // start of that share in [0, 1); it moves each epoch
    private final int passes; // including the last, partial one
    private Optional<CorpusStream> stream = Optional.empty();
    private int passed;
    private boolean ended;

    Weighted(CorpusConfig corpus, Path directory, CorpusReader reader, long epoch) {
      this.corpus = corpus;
      this.directory = directory;
      this.reader = reader;
      this.passes = (int) Math.ceil(corpus.weight());
      this.part = corpus.weight() - (passes - 1);
      this.from = epoch * part % 1;
    }

    CorpusStream open() {
      if (stream.isEmpty()) {
        stream = Optional.of(reader.open(corpus, directory));
      }
      return stream.get();
    }

    double progress() {
      return (passed + open().progress()) / passes;
    }

    /** Returns the next example; empty if the epoch does not take it, or the pass ends. */
    Optional<Example> next() {
      Optional<Example> example = CorpusReader.next(open(), onError, leftOut);
      if (example.isPresent()) {
        return example.filter(this::isTaken);
      }
      close();
      passed++;
      ended = passed == passes;
      return Optional.empty();
    }

    private boolean isTaken(Example example) {
      if (passed < passes - 1 || part == 1) {
        return true;
      }
      double place = StableHash.unit(example.source().text() + "\0" + example.target().text(), 2);
      return (place - from + 1) % 1 < part;
    }

    void close() {
      stream.ifPresent(CorpusStream::close);
      stream = Optional.empty();
    }
  }
}

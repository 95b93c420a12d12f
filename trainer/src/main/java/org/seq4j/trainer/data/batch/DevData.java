package org.seq4j.trainer.data.batch;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.corpus.DataException;

/** What a model is validated on, which may not be read before it is needed. Not thread-safe. */
public final class DevData {
  private final Supplier<List<Example>> reader;
  private final PairEncoder encoder;
  private Optional<Read> read = Optional.empty();

  private record Read(List<Example> examples, EncodedExamples pairs) {}

  private DevData(Supplier<List<Example>> reader, PairEncoder encoder) {
    this.reader = reader;
    this.encoder = encoder;
  }

  /**
   * Examples in memory.
   *
   * @throws DataException if there are some, but no loss can be computed of any of them
   */
  public static DevData of(List<Example> examples, PairEncoder encoder) {
    DevData data = new DevData(() -> examples, encoder);
    data.read();
    return data;
  }

  /** Examples that are read when they are asked for. */
  public static DevData later(Supplier<List<Example>> reader, PairEncoder encoder) {
    return new DevData(reader, encoder);
  }

  /** Whether it has been read. */
  public boolean isRead() {
    return read.isPresent();
  }

  /** The examples; empty if there is nothing to validate on. */
  public List<Example> examples() {
    return read().examples();
  }

  /** Those of them that a loss is computed of, and how many were left out of it. */
  public EncodedExamples pairs() {
    return read().pairs();
  }

  private Read read() {
    if (read.isEmpty()) {
      List<Example> examples = reader.get();
      EncodedExamples pairs = encoder.encode(examples);
      if (pairs.pairs().isEmpty() && !examples.isEmpty()) {
        throw new DataException(
            "dev: no pair has a source with tokens and sides within max_length: there is nothing to"
                + " validate on");
      }
      read = Optional.of(new Read(List.copyOf(examples), pairs));
    }
    return read.get();
  }
}

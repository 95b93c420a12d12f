package org.seq4j.trainer.data.batch;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.data.Example;
import org.seq4j.trainer.data.corpus.DataException;

/** The validation data, which may be read lazily. Not thread-safe. */
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
   * Creates validation data from examples in memory.
   *
   * @throws DataException if there are examples, but a loss can be computed for none of them
   */
  public static DevData of(List<Example> examples, PairEncoder encoder) {
    DevData data = new DevData(() -> examples, encoder);
    data.read();
    return data;
  }

  /** Creates validation data that are read on first use. */
  public static DevData later(Supplier<List<Example>> reader, PairEncoder encoder) {
    return new DevData(reader, encoder);
  }

  /** Returns true if the data have been read. */
  public boolean isRead() {
    return read.isPresent();
  }

  /** Returns the examples; empty if there are no validation data. */
  public List<Example> examples() {
    return read().examples();
  }

  /** Returns the pairs that the loss is computed on, and the number of skipped examples. */
  public EncodedExamples pairs() {
    return read().pairs();
  }

  private Read read() {
    if (read.isEmpty()) {
      List<Example> examples = reader.get();
      EncodedExamples pairs = encoder.encode(examples);
      if (pairs.pairs().isEmpty() && !examples.isEmpty()) {
        throw new DataException(
            "dev: all pairs were skipped: each has an empty source or a side longer than max_length, so there"
                + " is nothing to validate on");
      }
      read = Optional.of(new Read(List.copyOf(examples), pairs));
    }
    return read.get();
  }
}

package org.seq4j.trainer.data;

import java.util.Optional;
import java.util.function.Predicate;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.trainer.data.batch.EncodedExamples;
import org.seq4j.trainer.data.batch.PairEncoder;
import org.seq4j.trainer.data.batch.TrainPairs;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Training pairs that are read and encoded again for each epoch.
 *
 * @param isHeldOut the sources to hold out
 */
record StreamedPairs(Dataset dataset, Predicate<ExampleValue> isHeldOut, PairEncoder encoder)
    implements TrainPairs {

  @Override
  public Pieces epoch(long seed, long epoch) {
    return new StreamedPieces(
        dataset.train(isHeldOut, epoch),
        encoder,
        dataset.config().shuffleBuffer().orElse(Integer.MAX_VALUE),
        StableRandom.mix(seed) + epoch);
  }

  @Override
  public Optional<EncodedExamples> all() {
    return Optional.empty();
  }
}

package org.seq4j.cli.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.data.split.StableHash;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Sequences of integers from 0 to 49, with the reversed sequences as targets. Dev and test contain
 * longer sequences than train, to show how a model generalizes to them.
 *
 * <p>A hash of the source selects its split: half of all sequences are for training, a quarter each
 * for dev and test. So no source is in two splits, not even one of the fifty of length 1.
 */
final class Reverse implements ExampleData {
  private static final long SEED = 42;
  private static final int TOKENS = 50;
  private static final int TRAIN_PAIRS = 50_000;
  private static final int HELD_OUT_PAIRS = 1_000;
  private static final int TRAIN_LENGTH = 25;
  private static final int HELD_OUT_LENGTH = 30;

  @Override
  public String name() {
    return "reverse";
  }

  @Override
  public String description() {
    return "integers from 0 to 49, to be reversed: 50,000 training pairs";
  }

  @Override
  public void write(Path directory) {
    lines().write(directory);
  }

  static SplitLines lines() {
    return new SplitLines(
        lines(SplitName.TRAIN, TRAIN_PAIRS, TRAIN_LENGTH),
        lines(SplitName.DEV, HELD_OUT_PAIRS, HELD_OUT_LENGTH),
        lines(SplitName.TEST, HELD_OUT_PAIRS, HELD_OUT_LENGTH));
  }

  private static List<String> lines(SplitName split, int pairs, int maxLength) {
    StableRandom random = new StableRandom(StableHash.of(split.name(), SEED));
    List<String> lines = new ArrayList<>(pairs);
    for (int i = 0; i < pairs; i++) {
      // The length is drawn first, so that lengths are uniform in each split.
      int[] numbers = new int[1 + random.nextInt(maxLength)];
      String source;
      do {
        for (int k = 0; k < numbers.length; k++) {
          numbers[k] = random.nextInt(TOKENS);
        }
        source = text(IntStream.of(numbers));
      } while (split(source) != split);
      int last = numbers.length - 1;
      lines.add(source + "\t" + text(IntStream.rangeClosed(0, last).map(k -> numbers[last - k])));
    }
    return lines;
  }

  private static SplitName split(String source) {
    return switch ((int) (StableHash.of(source, SEED) & 3)) {
      case 0 -> SplitName.DEV;
      case 1 -> SplitName.TEST;
      default -> SplitName.TRAIN;
    };
  }

  private static String text(IntStream numbers) {
    return numbers.mapToObj(Integer::toString).collect(Collectors.joining(" "));
  }
}

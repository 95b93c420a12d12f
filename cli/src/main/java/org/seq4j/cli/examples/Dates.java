package org.seq4j.cli.examples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Dates from 1900 to 2099 in the formats of twelve countries ({@link DateFormats}), with ISO 8601
 * as target. Each calendar day occurs at most once over all splits, in a random format.
 *
 * <p>The names of months and days are from the Java runtime's locale data, which change a little
 * between JDK releases; the same release writes the same bytes.
 */
final class Dates implements ExampleData {
  private static final long SEED = 42;
  private static final int TRAIN_PAIRS = 20_000;
  private static final int HELD_OUT_PAIRS = 1_000;
  private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
  private static final LocalDate END = LocalDate.of(2100, 1, 1);

  @Override
  public String name() {
    return "dates";
  }

  @Override
  public String description() {
    return "dates in the formats of twelve countries, to be rewritten as 2004-05-23:"
        + " 20,000 training pairs";
  }

  @Override
  public void write(Path directory) {
    lines().write(directory);
  }

  static SplitLines lines() {
    StableRandom random = new StableRandom(SEED);
    List<DateFormats.Format> formats = DateFormats.unambiguous();
    int[] days = IntStream.range(0, (int) (END.toEpochDay() - FIRST.toEpochDay())).toArray();
    random.shuffle(days);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < TRAIN_PAIRS + 2 * HELD_OUT_PAIRS; i++) {
      LocalDate date = FIRST.plusDays(days[i]);
      DateFormats.Format format = formats.get(random.nextInt(formats.size()));
      lines.add(format.write(date) + "\t" + date);
    }
    int dev = TRAIN_PAIRS + HELD_OUT_PAIRS;
    return new SplitLines(
        lines.subList(0, TRAIN_PAIRS),
        lines.subList(TRAIN_PAIRS, dev),
        lines.subList(dev, lines.size()));
  }
}

package org.seq4j.cli.examples;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Dates of 1900 to 2099 as people write them in twelve countries ({@link DateFormats}), and the
 * same in ISO 8601. Each calendar day is in one line of one split, in a form drawn at random.
 *
 * <p>The words are those of the Java runtime's locale data, which change a little between releases
 * of the JDK: the same release writes the same bytes.
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
    return "dates as people write them in twelve countries, to be written as 2004-05-23:"
        + " 20,000 pairs to train on";
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

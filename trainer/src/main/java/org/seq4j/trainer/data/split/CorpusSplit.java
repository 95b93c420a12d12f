package org.seq4j.trainer.data.split;

import static java.util.stream.Collectors.joining;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.corpus.CorpusReader;
import org.seq4j.trainer.data.corpus.CorpusStream;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.data.corpus.OnError;
import org.seq4j.trainer.data.corpus.Sides;
import org.seq4j.trainer.data.corpus.SkippedExamples;

/**
 * A division of a corpus into the files {@code train.tsv}, {@code dev.tsv} and {@code test.tsv} by
 * a hash of the source, as {@code held_out} divides training data. All examples of a source are in
 * the same file, in the order of the corpus. The corpus is read once or twice, and never held in
 * memory.
 */
public final class CorpusSplit {
  private static final double MAX = 1e9; // so that the sum of two sizes is an int

  private final CorpusConfig corpus;
  private final CorpusFormats formats;
  private final Path directory;
  private final Sizes sizes;

  /**
   * The sizes of the splits.
   *
   * @param dev the share of sources if it is below 1, otherwise their number
   * @param test as dev, and of the same kind; 0 for either means an empty split
   * @param seed the seed of the hash
   */
  public record Sizes(double dev, double test, long seed) {

    /** Checks the sizes. */
    public Sizes {
      if (!isSize(dev) || !isSize(test)) {
        throw new IllegalArgumentException(
            "expected shares below 1, or whole numbers of sources, got " + dev + " and " + test);
      }
      boolean mixed = dev > 0 && test > 0 && (dev < 1) != (test < 1);
      if (mixed || (dev < 1 && test < 1 && dev + test >= 1)) {
        throw new IllegalArgumentException(
            "expected two shares whose sum is below 1, or two numbers of sources, got "
                + dev
                + " and "
                + test);
      }
    }

    private static boolean isSize(double size) {
      return size >= 0 && size <= MAX && (size < 1 || size == Math.rint(size));
    }
  }

  /**
   * Creates a division.
   *
   * @param directory the folder that relative paths of the corpus start from
   */
  public CorpusSplit(CorpusConfig corpus, CorpusFormats formats, Path directory, Sizes sizes) {
    this.corpus = corpus;
    this.formats = formats;
    this.directory = directory;
    this.sizes = sizes;
  }

  /** Returns the file of a split in a folder. */
  public static Path file(Path folder, SplitName split) {
    return folder.resolve(split.name().toLowerCase(Locale.ROOT) + ".tsv");
  }

  /**
   * Writes the three files. Files of these names are replaced, but none of the corpus.
   *
   * @return the number of examples of each split
   * @throws DataException if the corpus is invalid, or a split would be empty
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   */
  public Map<SplitName, Long> write(Path folder) {
    checkInputs(folder);
    Predicate<ExampleValue> isTest = smallest(sizes.test());
    Predicate<ExampleValue> isTaken = smallest(sizes.test() + sizes.dev());
    Map<SplitName, Long> counts = new EnumMap<>(SplitName.class);
    Map<SplitName, OutputStream> files = new EnumMap<>(SplitName.class);
    write(
        folder,
        List.of(SplitName.values()),
        files,
        () -> {
          forEach(
              (example, place) -> {
                SplitName split = SplitName.TRAIN;
                if (isTaken.test(example.source())) {
                  split = isTest.test(example.source()) ? SplitName.TEST : SplitName.DEV;
                }
                files.get(split).write(line(example, place).getBytes(StandardCharsets.UTF_8));
                counts.merge(split, 1L, Long::sum);
              });
          check(counts);
        });
    return counts;
  }

  private void checkInputs(Path folder) {
    for (Path input : formats.of(corpus, directory).format().files(corpus.files(directory))) {
      for (SplitName split : SplitName.values()) {
        try {
          if (Files.exists(file(folder, split)) && Files.isSameFile(input, file(folder, split))) {
            throw new DataException(
                input + " is a file of the corpus and would be replaced; name another folder");
          }
        } catch (IOException e) {
          throw new DataException(AtomicFiles.unreadable(input, e), e);
        }
      }
    }
  }

  /** An action that writes. */
  private interface Work {
    void run() throws IOException;
  }

  /** Opens the files of splits, one inside the other, so that all are replaced or none. */
  private static void write(
      Path folder, List<SplitName> splits, Map<SplitName, OutputStream> files, Work work) {
    AtomicFiles.write(
        file(folder, splits.get(0)),
        out -> {
          OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
          files.put(splits.get(0), buffered);
          if (splits.size() == 1) {
            work.run();
          } else {
            write(folder, splits.subList(1, splits.size()), files, work);
          }
          buffered.flush();
        });
  }

  /** Returns the rule for the sources with the smallest hashes. */
  private Predicate<ExampleValue> smallest(double size) {
    if (size == 0) {
      return source -> false;
    }
    if (size < 1) {
      return HeldOut.below(size, sizes.seed());
    }
    HeldOut.Smallest smallest =
        new HeldOut.Smallest(
            new HeldOutConfig(
                Optional.empty(), Optional.of((int) size), HeldOutConfig.By.SOURCE, sizes.seed()));
    forEach((example, place) -> smallest.add(example.source()));
    return smallest.rule();
  }

  /** Work with an example and its location. */
  private interface ExampleWork {
    void accept(Example example, String place) throws IOException;
  }

  private void forEach(ExampleWork work) {
    SkippedExamples none = new SkippedExamples();
    try (CorpusStream stream = new CorpusReader(formats, Sides.ANY).open(corpus, directory)) {
      Optional<Example> next = CorpusReader.next(stream, OnError.STOP, none);
      while (next.isPresent()) {
        work.accept(next.get(), stream.location());
        next = CorpusReader.next(stream, OnError.STOP, none);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Example example, String place) {
    String alignment =
        example
            .alignment()
            .map(
                it ->
                    it.links().stream()
                        .map(link -> link.source() + "-" + link.target())
                        .collect(joining(" ", "\t", "")))
            .orElse("");
    for (String text : List.of(example.source().text(), example.target().text())) {
      if (text.indexOf('\t') >= 0) {
        throw new DataException(
            place + ": the text contains a tab, which separates the columns of the new files");
      }
    }
    return example.source().text() + "\t" + example.target().text() + alignment + "\n";
  }

  private void check(Map<SplitName, Long> counts) {
    for (SplitName split : SplitName.values()) {
      boolean wanted =
          switch (split) {
            case TRAIN -> true;
            case DEV -> sizes.dev() > 0;
            case TEST -> sizes.test() > 0;
          };
      if (wanted && !counts.containsKey(split)) {
        throw new DataException(
            split.name().toLowerCase(Locale.ROOT)
                + ": no example would be in it; the corpus has too few sources for these sizes");
      }
    }
  }
}

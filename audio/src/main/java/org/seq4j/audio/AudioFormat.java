package org.seq4j.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.plugin.Key;

/**
 * The format of a text file with columns separated by tabs, of which one names a sound file and
 * another has its text. A sound file is read when its example is read.
 */
public final class AudioFormat implements CorpusFormat {

  /** The configuration of the corpus format {@code audio}. */
  public record Config(
      @Key(
              doc =
                  "Samples per second that sounds are converted to, a multiple of 200; the depth of the"
                      + " source must be rate / 200.",
              defaultValue = "16000",
              min = 200,
              max = 192_000)
          int rate,
      @Key(
              doc =
                  "Speeds at which each sound is an example, such as [0.9, 1, 1.1] (Ko et al. 2015). For"
                      + " training data.",
              defaultValue = "[1]")
          List<Double> speeds) {

    /** Checks the rate and the speeds, and copies the list. */
    public Config {
      speeds = List.copyOf(speeds);
      if (rate % SoundBlocks.PER_SECOND != 0) {
        throw new IllegalArgumentException(
            "rate: expected a multiple of " + SoundBlocks.PER_SECOND + ", got " + rate);
      }
      if (speeds.isEmpty() || speeds.stream().anyMatch(speed -> !(speed >= 0.5 && speed <= 2))) {
        throw new IllegalArgumentException(
            "speeds: expected one or more numbers from 0.5 to 2, got " + speeds);
      }
    }
  }

  private final Config config;

  /** Creates the format from its configuration. */
  public AudioFormat(Config config) {
    this.config = config;
  }

  @Override
  public void check(CorpusFiles files) {
    if (files.file().isEmpty()) {
      throw new IllegalArgumentException(
          "file: expected a file with a sound's path and its text in each line");
    }
    if (files.alternatives() || files.alignment().isPresent()) {
      throw new IllegalArgumentException(
          "format: audio has neither alternatives nor alignments; remove these keys");
    }
    sourceColumn(files);
    targetColumn(files);
  }

  @Override
  public ExampleReader open(CorpusFiles files) throws IOException {
    Path manifest = files.file().orElseThrow();
    return new AudioReader(manifest, config, sourceColumn(files), targetColumn(files));
  }

  private static int sourceColumn(CorpusFiles files) {
    if (files.source().size() > 1) {
      throw new IllegalArgumentException(
          "source: expected the column of the sound files, got " + files.source());
    }
    return files.source().isEmpty() ? 0 : column("source", files.source().get(0));
  }

  private static int targetColumn(CorpusFiles files) {
    return files.target().map(given -> column("target", given)).orElse(1);
  }

  private static int column(String key, String given) {
    if (!given.matches("\\d{1,4}")) {
      throw new IllegalArgumentException(
          "%s: expected the number of a column, from 0, got '%s'".formatted(key, given));
    }
    return Integer.parseInt(given);
  }
}

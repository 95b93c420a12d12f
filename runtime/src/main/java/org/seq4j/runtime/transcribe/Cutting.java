package org.seq4j.runtime.transcribe;

import java.util.Locale;
import java.util.Optional;
import org.seq4j.runtime.error.RequestException;

/**
 * The way in which long sounds are divided.
 *
 * @param maxSeconds a longer sound is divided into parts of at most this length; empty: a sound
 *     that is longer than the model reads is divided into parts of half of what it reads, because
 *     most training examples are shorter than the longest
 * @param pause seconds of quiet that are enough to divide a sound there
 */
public record Cutting(Optional<Double> maxSeconds, double pause) {
  /** Divides what is longer than the model reads, at pauses of 0.3 seconds. */
  public static final Cutting DEFAULT = new Cutting(Optional.empty(), 0.3);

  /**
   * Checks the times.
   *
   * @throws RequestException if one is not positive
   */
  public Cutting {
    check("max_part", maxSeconds.orElse(1.0));
    check("pause", pause);
  }

  private static void check(String name, double seconds) {
    if (!(seconds > 0) || Double.isInfinite(seconds)) {
      throw new RequestException(name + ": expected a number of seconds above 0, got " + seconds);
    }
  }

  /**
   * Returns the longest sound that is not divided, in positions.
   *
   * @param readable the maximum number of positions that the model reads
   * @throws RequestException if parts would be longer than that
   */
  int whole(int readable, double perSecond) {
    if (maxSeconds.isEmpty()) {
      return readable;
    }
    double wanted = maxSeconds.get() * perSecond;
    if (wanted > readable) {
      throw new RequestException(
          String.format(
              Locale.ROOT,
              "max_part: expected at most %.2f seconds, what the model reads"
                  + " (source.max_length: %d), got %s",
              readable / perSecond,
              readable,
              maxSeconds.get()));
    }
    return Math.max(1, (int) wanted);
  }

  /** Returns the maximum length of a part of a divided sound, in positions. */
  int part(int whole) {
    return maxSeconds.isPresent() ? whole : (whole + 1) / 2;
  }
}

package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * The parts of a long sound: it is cut in its pauses, and what is quiet at both ends is left out.
 */
final class SoundParts {
  private static final double MARGIN = 0.2; // seconds of quiet that a part keeps at each end

  private final Pauses pauses;
  private final int pause;
  private final int max;

  private SoundParts(Pauses pauses, double pause, int max) {
    this.pauses = pauses;
    this.pause = Math.max(1, pauses.positions(pause));
    this.max = max;
  }

  /**
   * Divides a sound.
   *
   * @param readable the maximum number of positions that the model reads
   * @return parts with sound in their order; none of a silent sound
   */
  static List<Range> of(Pauses pauses, Cutting cutting, int readable, double perSecond) {
    int whole = cutting.whole(readable, perSecond);
    if (pauses.isSilent()) {
      return List.of();
    }
    Range all = new Range(0, pauses.length());
    return all.length() <= whole
        ? List.of(all)
        : new SoundParts(pauses, cutting.pause(), cutting.part(whole)).of(all);
  }

  private List<Range> of(Range all) {
    List<Range> parts = new ArrayList<>();
    List<Range> gaps = pauses.in(all).stream().filter(gap -> gap.length() >= pause).toList();
    int next = 0; // the first gap that is not before the part
    int before = 0; // the end of the last part
    for (OptionalInt start = pauses.firstSound(all); start.isPresent(); ) {
      Range rest = new Range(Math.max(before, start.getAsInt() - margin()), all.end());
      while (next < gaps.size() && gaps.get(next).start() <= start.getAsInt()) {
        next++;
      }
      int end = end(rest, gaps.subList(next, gaps.size()));
      int last = pauses.lastSound(new Range(rest.start(), end)).orElse(end - 1) + 1;
      parts.add(new Range(rest.start(), Math.min(end, last + margin())));
      start = pauses.firstSound(new Range(end, all.end()));
      before = end;
    }
    return parts;
  }

  private int margin() {
    return Math.min(pauses.positions(MARGIN), max / 4);
  }

  /**
   * Finds where a part ends: in the longest pause of its second half; in the last pause of its
   * first half; or, without pauses, at the quietest position of its second half.
   */
  private int end(Range rest, List<Range> gaps) {
    if (rest.length() <= max) {
      return rest.end();
    }
    int latest = rest.start() + max;
    int half = rest.start() + max / 2;
    List<Range> reached = gaps.stream().takeWhile(gap -> gap.start() < latest).toList();
    return reached.stream()
        .filter(gap -> gap.end() > half)
        .max(Comparator.comparingInt(Range::length))
        .or(() -> reached.stream().reduce((first, second) -> second))
        .map(gap -> Math.min(latest, (gap.start() + gap.end() + 1) / 2))
        .orElseGet(() -> pauses.quietest(new Range(half, latest)) + 1);
  }
}

package org.seq4j.trainer.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * The edits of TER from a hypothesis to a reference. Phrases are shifted greedily, best shift
 * first, as long as this reduces the edit distance (Snover et al. 2006, section 3). Limits and
 * tie-breaking are those of Tercom in sacreBLEU.
 */
final class TerEdits {
  private static final int LONGEST_SHIFT = 10;
  private static final int FARTHEST_SHIFT = 50;
  private static final int MOST_CANDIDATES = 1000;

  private final List<String> reference;
  private List<String> words;
  private int candidates;

  private TerEdits(List<String> hypothesis, List<String> reference) {
    this.words = hypothesis;
    this.reference = reference;
  }

  static int between(List<String> hypothesis, List<String> reference) {
    return reference.isEmpty() ? hypothesis.size() : new TerEdits(hypothesis, reference).count();
  }

  private int count() {
    int shifts = 0;
    while (true) {
      TerAlignment alignment = TerAlignment.of(words, reference);
      Shift best = bestShift(alignment);
      if (candidates >= MOST_CANDIDATES || best.gain() <= 0) {
        return shifts + alignment.distance();
      }
      shifts++;
      words = best.words();
    }
  }

  /** A shift of a phrase of the hypothesis to another position. */
  private record Shift(int gain, int length, int start, int target, List<String> words) {

    /** Prefers a larger gain, then a longer phrase, an earlier phrase, an earlier target. */
    boolean isBetterThan(Shift other) {
      if (gain != other.gain) {
        return gain > other.gain;
      } else if (length != other.length) {
        return length > other.length;
      } else if (start != other.start) {
        return start < other.start;
      }
      return target < other.target;
    }
  }

  private Shift bestShift(TerAlignment alignment) {
    Shift best = new Shift(Integer.MIN_VALUE, 0, 0, 0, words);
    for (int start = 0; start < words.size(); start++) {
      for (int to = 0; to < reference.size(); to++) {
        if (Math.abs(to - start) > FARTHEST_SHIFT) {
          continue;
        }
        for (int length = 1; isSame(start, to, length); length++) {
          if (alignment.errsInHypothesis(start, length)
              && alignment.errsInReference(to, length)
              && !alignment.isAlignedInto(to, start, length)) {
            best = best(best, alignment, start, to, length);
          }
          if (candidates >= MOST_CANDIDATES) {
            return best;
          }
        }
      }
    }
    return best;
  }

  /**
   * Returns true if the last words of both phrases are equal; the caller has compared the others.
   */
  private boolean isSame(int start, int to, int length) {
    return length <= LONGEST_SHIFT
        && start + length <= words.size()
        && to + length <= reference.size()
        && words.get(start + length - 1).equals(reference.get(to + length - 1));
  }

  /** Tries the positions next to those that the words of the reference phrase are aligned to. */
  private Shift best(Shift best, TerAlignment alignment, int start, int to, int length) {
    Shift found = best;
    int previous = -1;
    for (int offset = -1; offset < length; offset++) {
      int target = to + offset == -1 ? 0 : alignment.position(to + offset) + 1;
      if (target == previous) {
        continue;
      }
      previous = target;
      List<String> shifted = shifted(start, length, target);
      int gain = alignment.distance() - alignment.distanceOf(shifted);
      Shift shift = new Shift(gain, length, start, target, shifted);
      candidates++;
      found = shift.isBetterThan(found) ? shift : found;
    }
    return found;
  }

  private List<String> shifted(int start, int length, int target) {
    List<String> phrase = words.subList(start, start + length);
    List<String> shifted = new ArrayList<>(words.size());
    if (target < start) {
      shifted.addAll(words.subList(0, target));
      shifted.addAll(phrase);
      shifted.addAll(words.subList(target, start));
      shifted.addAll(words.subList(start + length, words.size()));
      return shifted;
    }
    int after = target > start + length ? target : Math.min(words.size(), length + target);
    shifted.addAll(words.subList(0, start));
    shifted.addAll(words.subList(start + length, after));
    shifted.addAll(phrase);
    shifted.addAll(words.subList(after, words.size()));
    return shifted;
  }
}

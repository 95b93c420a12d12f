package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.seq4j.core.text.Token;
import org.seq4j.runtime.translate.Translation;

/**
 * Times of words: attention tells which outputs of the encoder a word was read from, and the pauses
 * of the sound tell where it begins and ends. A word without a pause beside it ends where the next
 * one begins, at the quietest position between them.
 */
final class WordTimes {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final double LONG_PAUSE = 0.2; // seconds; no sound within a word is as short
  private static final double SHORT_WORD = 0.08; // seconds that any word takes
  private static final double REACH = 0.04; // seconds by which attention may be early

  private final Pauses pauses;
  private final Range part;
  private final int stride;

  /**
   * Creates the times of the words of a part.
   *
   * @param pauses of the whole sound
   * @param stride positions for each output of the encoder
   */
  WordTimes(Pauses pauses, Range part, int stride) {
    this.pauses = pauses;
    this.part = part;
    this.stride = stride;
  }

  /** A word and its positions in the whole sound. */
  record Placed(String text, Range range) {}

  /**
   * Returns the words of a candidate with their positions; empty if attention does not tell them.
   */
  Optional<List<Placed>> of(Translation.Candidate candidate) {
    List<Token> tokens = candidate.tokens();
    if (!MonotoneAlignment.isPossible(candidate.attention(), tokens.size())) {
      return tokens.isEmpty() ? Optional.of(List.of()) : Optional.empty();
    }
    int[] outputs = MonotoneAlignment.of(Arrays.copyOf(candidate.attention(), tokens.size()));
    List<MatchResult> words = WORD.matcher(candidate.text()).results().toList();
    List<Range> heard = new ArrayList<>();
    for (MatchResult word : words) {
      Optional<Range> range = heard(word, tokens, outputs);
      if (range.isEmpty()) {
        return Optional.empty();
      }
      heard.add(range.get());
    }
    return Optional.of(placed(words, heard));
  }

  /** The positions that attention saw for the tokens of a word. */
  private Optional<Range> heard(MatchResult word, List<Token> tokens, int[] outputs) {
    int first = -1;
    int last = -1;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.start() < word.end() && token.end() > word.start()) {
        first = first < 0 ? outputs[i] : first;
        last = outputs[i];
      }
    }
    if (first < 0) {
      return Optional.empty();
    }
    int start = part.start() + first * stride;
    int end = part.start() + last * stride + stride;
    return Optional.of(new Range(Math.min(start, part.end()), Math.min(end, part.end())));
  }

  private List<Placed> placed(List<MatchResult> words, List<Range> heard) {
    List<Placed> placed = new ArrayList<>();
    int start = heard.isEmpty() ? 0 : begin(heard.get(0));
    for (int i = 0; i < heard.size(); i++) {
      Range gap =
          i + 1 < heard.size()
              ? between(start, heard.get(i), heard.get(i + 1))
              : new Range(end(heard.get(i)), part.end());
      int end = Math.max(start, gap.start());
      placed.add(new Placed(words.get(i).group(), new Range(start, end)));
      start = Math.max(end, gap.end());
    }
    return placed;
  }

  /** The beginning of the first word: the end of the last long pause before it. */
  private int begin(Range heard) {
    int reach = Math.min(part.end(), heard.end() + pauses.positions(REACH));
    Range before = new Range(part.start(), reach);
    int from =
        pauses.in(before).stream()
            .filter(pause -> pause.length() >= pauses.positions(LONG_PAUSE))
            .filter(pause -> pause.end() < reach)
            .mapToInt(Range::end)
            .max()
            .orElse(part.start());
    return pauses.firstSound(new Range(from, part.end())).orElse(part.start());
  }

  /** The end of the last word: the beginning of the first long pause behind it. */
  private int end(Range heard) {
    Range behind = new Range(Math.min(heard.end(), part.end()), part.end());
    int to =
        pauses.in(behind).stream()
            .filter(pause -> pause.length() >= pauses.positions(LONG_PAUSE))
            .filter(pause -> pause.start() > behind.start())
            .mapToInt(Range::start)
            .min()
            .orElse(part.end());
    return pauses.lastSound(new Range(heard.start(), to)).orElse(to - 1) + 1;
  }

  /**
   * The gap between two words: the longest pause, or the quietest position.
   *
   * @param start of the first word
   */
  private Range between(int start, Range word, Range next) {
    int middle = word.end() - stride / 2; // of the last output that was seen
    int from = Math.min(part.end(), Math.max(middle, start + pauses.positions(SHORT_WORD)));
    int to = Math.min(part.end(), next.start() + (stride + 1) / 2 + pauses.positions(REACH));
    if (to <= from) {
      return new Range(from, from);
    }
    Range range = new Range(from, to);
    return pauses.in(range).stream()
        .max(Comparator.comparingInt(Range::length))
        .orElseGet(
            () -> {
              int quietest = pauses.quietest(range);
              return new Range(quietest, quietest);
            });
  }
}

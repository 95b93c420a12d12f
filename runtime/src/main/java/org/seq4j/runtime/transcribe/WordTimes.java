package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.seq4j.core.text.Token;

/**
 * Times of words: CTC or attention tells which outputs of the encoder a word was read from, and the
 * pauses of the sound tell where it begins and ends. A word without a pause beside it ends where
 * the next one begins, at the quietest position between them.
 */
final class WordTimes {
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final double LONG_PAUSE = 0.2; // seconds; no sound within a word is as short
  private static final double SHORT_WORD = 0.08; // seconds that any word takes
  private static final double REACH = 0.04; // seconds by which an alignment may be early

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

  /**
   * A word and its positions in the whole sound.
   *
   * @param first index of its first token
   * @param last index of its last token
   */
  record Placed(String text, Range range, int first, int last) {}

  /** A word of a text and its tokens. */
  private record Word(String text, int first, int last) {}

  /**
   * Returns the words of a text with their positions; empty if a word has no token.
   *
   * @param heard positions of each token in the whole sound, in their order
   */
  Optional<List<Placed>> of(String text, List<Token> tokens, List<Range> heard) {
    List<Word> words = new ArrayList<>();
    for (MatchResult match : WORD.matcher(text).results().toList()) {
      int[] own =
          IntStream.range(0, tokens.size())
              .filter(i -> tokens.get(i).start() < match.end())
              .filter(i -> tokens.get(i).end() > match.start())
              .toArray();
      if (own.length == 0) {
        return Optional.empty();
      }
      words.add(new Word(match.group(), own[0], own[own.length - 1]));
    }
    List<Range> ranges =
        words.stream()
            .map(it -> new Range(heard.get(it.first()).start(), heard.get(it.last()).end()))
            .toList();
    return Optional.of(placed(words, ranges));
  }

  private List<Placed> placed(List<Word> words, List<Range> heard) {
    List<Placed> placed = new ArrayList<>();
    int start = heard.isEmpty() ? 0 : begin(heard.get(0));
    for (int i = 0; i < heard.size(); i++) {
      Range gap =
          i + 1 < heard.size()
              ? between(start, heard.get(i), heard.get(i + 1), after(heard, i + 2))
              : new Range(end(heard.get(i)), part.end());
      int end = Math.max(start, gap.start());
      Word word = words.get(i);
      placed.add(new Placed(word.text(), new Range(start, end), word.first(), word.last()));
      start = Math.max(end, gap.end());
    }
    return placed;
  }

  /** The beginning of a word, or the end of the part if there is none. */
  private int after(List<Range> heard, int word) {
    return word < heard.size() ? heard.get(word).start() : part.end();
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
   * The gap between two words: the longest pause, or the quietest position. If it is quiet where
   * the next word was heard, the alignment is early, and the word begins where the pause ends.
   *
   * @param start of the first word
   * @param limit the start of the word behind the next one
   */
  private Range between(int start, Range word, Range next, int limit) {
    int middle = word.end() - stride / 2; // of the last output that was seen
    int from = Math.min(part.end(), Math.max(middle, start + pauses.positions(SHORT_WORD)));
    int to = Math.min(part.end(), next.start() + (stride + 1) / 2 + pauses.positions(REACH));
    if (to <= from) {
      return new Range(from, from);
    }
    Range range = new Range(from, to);
    return pauses.in(range).stream()
        .max(Comparator.comparingInt(Range::length))
        .map(
            pause ->
                pause.end() < to
                    ? pause
                    : new Range(pause.start(), pauses.firstSound(new Range(to, limit)).orElse(to)))
        .orElseGet(
            () -> {
              int quietest = pauses.quietest(range);
              return new Range(quietest, quietest);
            });
  }
}

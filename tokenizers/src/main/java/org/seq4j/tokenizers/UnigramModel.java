package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Pieces with log-probabilities, and the segmentations of words into them (Kudo 2018, "Subword
 * Regularization", section 3.2). Words are arrays of code points.
 */
final class UnigramModel {
  private static final int NONE = -1;
  private static final double UNKNOWN_PENALTY = 10; // as in SentencePiece

  private final List<String> pieces;
  private final double[] scores;
  private final double unknown;
  private final Map<Long, Integer> children = new HashMap<>(); // of the trie, by node and character
  private final List<Integer> pieceOf = new ArrayList<>(); // by node

  UnigramModel(List<String> pieces, double[] scores) {
    this.pieces = pieces;
    this.scores = scores;
    this.unknown = Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
    pieceOf.add(NONE);
    for (int id = 0; id < pieces.size(); id++) {
      add(pieces.get(id).codePoints().toArray(), id);
    }
  }

  private void add(int[] text, int id) {
    int node = 0;
    for (int c : text) {
      Integer next = children.get(key(node, c));
      if (next == null) {
        next = pieceOf.size();
        children.put(key(node, c), next);
        pieceOf.add(NONE);
      }
      node = next;
    }
    pieceOf.set(node, id);
  }

  private static long key(int node, int c) {
    return ((long) node << 21) | c;
  }

  List<String> pieces() {
    return pieces;
  }

  double score(int id) {
    return scores[id];
  }

  double lowestScore() {
    return unknown + UNKNOWN_PENALTY;
  }

  /** Visits the pieces that occur in a word. */
  private interface Visitor {
    /** Visits a piece, or {@link #NONE} for a character that is not a piece. */
    void visit(int start, int end, int piece, double score);
  }

  /** Visits the pieces that begin at each position, from left to right. */
  private void visit(int[] word, Visitor visitor) {
    for (int start = 0; start < word.length; start++) {
      boolean single = false;
      Integer node = 0;
      for (int end = start + 1; end <= word.length; end++) {
        node = children.get(key(node, word[end - 1]));
        if (node == null) {
          break;
        }
        int piece = pieceOf.get(node);
        if (piece != NONE) {
          single |= end == start + 1;
          visitor.visit(start, end, piece, scores[piece]);
        }
      }
      if (!single) {
        visitor.visit(start, start + 1, NONE, unknown);
      }
    }
  }

  /** Adds the expected counts of pieces over all segmentations of a word with the given count. */
  void addExpected(int[] word, long count, double[] expected) {
    double[] forward = new double[word.length + 1]; // log sums up to a position
    Arrays.fill(forward, Double.NEGATIVE_INFINITY);
    forward[0] = 0;
    List<int[]> edges = new ArrayList<>(); // start, end, piece
    List<Double> edgeScores = new ArrayList<>();
    visit(
        word,
        (start, end, piece, score) -> {
          forward[end] = sum(forward[end], forward[start] + score);
          edges.add(new int[] {start, end, piece});
          edgeScores.add(score);
        });
    double[] backward = new double[word.length + 1];
    Arrays.fill(backward, Double.NEGATIVE_INFINITY);
    backward[word.length] = 0;
    double total = forward[word.length];
    for (int i = edges.size() - 1; i >= 0; i--) { // in the reverse order
      int[] edge = edges.get(i);
      double score = edgeScores.get(i);
      backward[edge[0]] = sum(backward[edge[0]], backward[edge[1]] + score);
      if (edge[2] != NONE) {
        expected[edge[2]] += count * Math.exp(forward[edge[0]] + score + backward[edge[1]] - total);
      }
    }
  }

  private static double sum(double a, double b) {
    double high = Math.max(a, b);
    double low = Math.min(a, b);
    return low == Double.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(low - high));
  }

  /**
   * A segmentation of a word.
   *
   * @param pieces the pieces in order, without characters that are not pieces
   * @param score the sum of their scores
   */
  record Path(List<Integer> pieces, double score) {}

  /** Returns the best segmentation of a word. */
  Path best(int[] word) {
    return best(word, NONE);
  }

  /** Returns the best segmentation without a given piece. */
  Path best(int[] word, int without) {
    double[] scores = new double[word.length + 1];
    int[] from = new int[word.length + 1];
    int[] piece = new int[word.length + 1];
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    scores[0] = 0;
    visit(
        word,
        (start, end, id, score) -> {
          if ((id == NONE || id != without) && scores[start] + score > scores[end]) {
            scores[end] = scores[start] + score;
            from[end] = start;
            piece[end] = id;
          }
        });
    List<Integer> path = new ArrayList<>();
    for (int at = word.length; at > 0; at = from[at]) {
      if (piece[at] != NONE) {
        path.add(0, piece[at]);
      }
    }
    return new Path(path, scores[word.length]);
  }
}

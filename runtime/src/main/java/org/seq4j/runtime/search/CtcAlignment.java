package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The most probable alignment of given tokens to encoder outputs by connectionist temporal
 * classification: forced alignment. It is the best path through the states of Graves et al. 2006,
 * section 4.1, found by Viterbi's algorithm: blanks before, between and behind the tokens; a blank
 * may be left out, but not between equal tokens (Kürzinger et al. 2020, "CTC-segmentation of large
 * corpora for German end-to-end speech recognition").
 *
 * <p>The memory grows with the square root of the number of outputs: the scores of some outputs are
 * kept, and the steps between two of them are computed again on the way back.
 */
public final class CtcAlignment {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /** A possible output with the probability 0 is still better than an impossible path. */
  private static final double LEAST = -1e30;

  private final int[] starts; // of the outputs of each token
  private final int[] ends;
  private final double[] sums; // log-probability of the path before each output

  private CtcAlignment(int[] starts, int[] ends, double[] sums) {
    this.starts = starts;
    this.ends = ends;
    this.sums = sums;
  }

  /** Returns the number of outputs that tokens need: one each, and one between equal neighbours. */
  public static int needed(int... tokens) {
    int needed = tokens.length;
    for (int i = 1; i < tokens.length; i++) {
      needed += tokens[i] == tokens[i - 1] ? 1 : 0;
    }
    return needed;
  }

  /**
   * Aligns tokens.
   *
   * @param sounds posteriors of the parts of a sound, one behind the other
   * @param tokens ids of the tokens, possibly none
   * @return the alignment; empty if there are fewer outputs than {@link #needed}
   * @throws IllegalStateException if a posterior is NaN
   */
  public static Optional<CtcAlignment> of(List<CtcScorer.Posteriors> sounds, int... tokens) {
    int outputs = sounds.stream().mapToInt(CtcScorer.Posteriors::length).sum();
    return needed(tokens) > outputs
        ? Optional.empty()
        : Optional.of(new Lattice(sounds, outputs, tokens).best());
  }

  /** The first output of a token. */
  public int start(int token) {
    return starts[token];
  }

  /** The output behind the last one of a token. */
  public int end(int token) {
    return ends[token];
  }

  /** Natural logarithm of the probability of the alignment. */
  public double score() {
    return sums[sums.length - 1];
  }

  /**
   * Natural logarithm of the probability of the part of the alignment from the first output of a
   * token to the last one of another, with the blanks between them.
   */
  public double score(int first, int last) {
    return sums[ends[last]] - sums[starts[first]];
  }

  /** The states of tokens over all outputs: a blank where the number is even. */
  private static final class Lattice {
    private final List<CtcScorer.Posteriors> sounds;
    private final int outputs;
    private final int[] tokens;
    private final int states;

    Lattice(List<CtcScorer.Posteriors> sounds, int outputs, int[] tokens) {
      this.sounds = sounds;
      this.outputs = outputs;
      this.tokens = tokens;
      this.states = 2 * tokens.length + 1;
    }

    CtcAlignment best() {
      int block = (int) Math.ceil(Math.sqrt(Math.max(1, outputs)));
      double[][] kept = new double[outputs / block + 1][]; // scores before each block of outputs
      double[] scores = new double[states];
      Arrays.fill(scores, 1, states, NEVER);
      byte[] steps = new byte[states];
      for (int t = 0; t < outputs; t++) {
        if (t % block == 0) {
          kept[t / block] = scores.clone();
        }
        advance(scores, t, steps);
      }
      int last = states - 1; // a blank, or the last token
      boolean inToken = states > 1 && scores[states - 2] > scores[last];
      return followed(kept, block, inToken ? last - 1 : last);
    }

    /** Follows the best path back from its last state. */
    private CtcAlignment followed(double[][] kept, int block, int last) {
      int[] starts = new int[tokens.length];
      int[] ends = new int[tokens.length];
      double[] sums = new double[outputs + 1];
      byte[][] steps = new byte[block][states];
      int state = last;
      for (int from = (outputs - 1) / block * block; from >= 0; from -= block) {
        int to = Math.min(outputs, from + block);
        for (int t = from; t < to; t++) {
          advance(kept[from / block], t, steps[t - from]);
        }
        for (int t = to - 1; t >= from; t--) {
          sums[t + 1] = emission(output(t), state);
          if (state % 2 == 1) {
            starts[state / 2] = t;
            ends[state / 2] = Math.max(ends[state / 2], t + 1);
          }
          state -= steps[t - from][state];
        }
      }
      for (int t = 0; t < outputs; t++) {
        sums[t + 1] += sums[t];
      }
      return new CtcAlignment(starts, ends, sums);
    }

    /**
     * Replaces the scores before an output by those behind it.
     *
     * @param steps receives the number of states from the best predecessor of each state
     */
    private void advance(double[] scores, int output, byte[] steps) {
      Output at = output(output);
      double blank = emission(at, 0);
      for (int state = Math.min(states - 1, 2 * output + 1); state >= 0; state--) {
        double best = scores[state];
        byte step = 0;
        if (state > 0 && scores[state - 1] > best) {
          best = scores[state - 1];
          step = 1;
        }
        if (maySkip(state) && scores[state - 2] > best) {
          best = scores[state - 2];
          step = 2;
        }
        steps[state] = step;
        scores[state] = best + (state % 2 == 0 ? blank : emission(at, state));
      }
    }

    /** Returns true if the blank before a state may be left out. */
    private boolean maySkip(int state) {
      return state % 2 == 1 && state > 1 && tokens[state / 2] != tokens[state / 2 - 1];
    }

    /** The posteriors of an output. */
    private record Output(CtcScorer.Posteriors sound, int local) {}

    private Output output(int output) {
      int local = output;
      int part = 0;
      while (local >= sounds.get(part).length()) {
        local -= sounds.get(part++).length();
      }
      return new Output(sounds.get(part), local);
    }

    private double emission(Output at, int state) {
      double value =
          state % 2 == 0
              ? at.sound().blank(at.local())
              : at.sound().of(at.local(), tokens[state / 2]);
      if (Double.isNaN(value)) {
        throw new IllegalStateException(
            "the model gives NaN for a probability of CTC: its weights have diverged, or the source"
                + " contains NaN. Use an earlier checkpoint; train with a lower learning rate or"
                + " with clip_norm.");
      }
      return Math.max(LEAST, value);
    }
  }
}

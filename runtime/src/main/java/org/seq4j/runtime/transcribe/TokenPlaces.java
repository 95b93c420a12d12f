package org.seq4j.runtime.transcribe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.seq4j.runtime.search.CtcAlignment;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.translate.Translation;

/**
 * The positions of a sound that tokens were read from: by forced alignment of CTC, or by attention.
 *
 * @param ranges positions of each token in the whole sound
 * @param ctc the alignment by CTC, which has probabilities
 */
record TokenPlaces(List<Range> ranges, Optional<CtcAlignment> ctc) {

  /** Places tokens by attention; empty if there are no weights of all of them. */
  static Optional<TokenPlaces> byAttention(
      Translation.Candidate candidate, Range part, int stride) {
    int tokens = candidate.tokens().size();
    if (!MonotoneAlignment.isPossible(candidate.attention(), tokens)) {
      return tokens == 0
          ? Optional.of(new TokenPlaces(List.of(), Optional.empty()))
          : Optional.empty();
    }
    int[] outputs = MonotoneAlignment.of(Arrays.copyOf(candidate.attention(), tokens));
    return Optional.of(
        new TokenPlaces(
            Arrays.stream(outputs).mapToObj(output -> positions(output, part, stride)).toList(),
            Optional.empty()));
  }

  /**
   * Places tokens by CTC.
   *
   * @param parts parts of a sound in their order
   * @param posteriors those of each part
   * @param ids the tokens
   * @return empty if the parts have too few encoder outputs for the tokens
   */
  static Optional<TokenPlaces> byCtc(
      List<Range> parts, List<CtcScorer.Posteriors> posteriors, int[] ids, int stride) {
    return CtcAlignment.of(posteriors, ids)
        .map(
            alignment -> {
              List<Range> outputs = new ArrayList<>(); // positions of each
              for (int part = 0; part < parts.size(); part++) {
                for (int output = 0; output < posteriors.get(part).length(); output++) {
                  outputs.add(positions(output, parts.get(part), stride));
                }
              }
              return new TokenPlaces(
                  IntStream.range(0, ids.length)
                      .mapToObj(
                          token ->
                              new Range(
                                  outputs.get(alignment.start(token)).start(),
                                  outputs.get(alignment.end(token) - 1).end()))
                      .toList(),
                  Optional.of(alignment));
            });
  }

  private static Range positions(int output, Range part, int stride) {
    int start = part.start() + output * stride;
    return new Range(Math.min(start, part.end()), Math.min(start + stride, part.end()));
  }

  /** Returns the log-probability by CTC of the outputs from one token to another. */
  OptionalDouble score(int first, int last) {
    return ctc.map(it -> OptionalDouble.of(it.score(first, last))).orElse(OptionalDouble.empty());
  }
}

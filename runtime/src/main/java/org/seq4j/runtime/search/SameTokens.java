package org.seq4j.runtime.search;

import java.util.List;

/** The tokens that rules do not tell apart, such as those that differ only in their case. */
public interface SameTokens {
  /** Each token is the same as itself alone. */
  SameTokens EXACT =
      new SameTokens() {
        @Override
        public int first(int token) {
          return token;
        }

        @Override
        public List<Integer> all(int first) {
          return List.of(first);
        }

        @Override
        public List<Integer> firsts(List<Integer> tokens) {
          return tokens;
        }
      };

  /** Returns the token that stands for all that are the same as this one. */
  int first(int token);

  /** Returns all tokens for which a first one stands. */
  List<Integer> all(int first);

  /** Returns the first tokens of a sequence. */
  default List<Integer> firsts(List<Integer> tokens) {
    return tokens.stream().map(this::first).toList();
  }
}

package org.seq4j.benchmarks;

import java.util.Locale;

/** The sizes of a model and of what it is fed. */
enum Workload {
  SMALL(64, 20, 20, 128, 256, 64),
  MEDIUM(64, 25, 25, 256, 512, 8000),
  SHORT(
      32, 20, 20, 128, 256,
      64), // long, but for its length: what a token costs must not depend on it
  LONG(32, 100, 100, 128, 256, 64),
  MIXED(64, 5, 50, 128, 256, 64);

  /** The number of sequences per batch. */
  final int batch;

  /** The shortest and the longest source; a target has as many tokens, its end counted. */
  final int shortest;

  final int longest;
  final int embedding;
  final int units;
  final int vocabulary;

  Workload(int batch, int shortest, int longest, int embedding, int units, int vocabulary) {
    this.batch = batch;
    this.shortest = shortest;
    this.longest = longest;
    this.embedding = embedding;
    this.units = units;
    this.vocabulary = vocabulary;
  }

  boolean oneLength() {
    return shortest == longest;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package org.seq4j.cli.debian;

import org.seq4j.cli.examples.SplitLines;

/**
 * A corpus of pairs.
 *
 * @param name name of its folder
 * @param lines its pairs, as lines of a tab-separated file
 * @param descriptions number of descriptions that were read for it
 */
record PairSet(String name, SplitLines lines, int descriptions, LeftOut leftOut) {}

/**
 * Joint n-gram models of short, monotone tasks such as pronunciation, transliteration and
 * inflection (Bisani and Ney 2008).
 *
 * <p>A source and its target are aligned to a sequence of pairs, such as {@code ph:F o:OW}. A model
 * of n-grams over pairs then gives the joint probability of both.
 */
package org.seq4j.ngram;

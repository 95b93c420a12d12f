/**
 * Tokenizers, tokens, vocabularies, and sequences as a model reads them.
 *
 * <p>The tokenizers are in a module of their own; vocabulary files are read in {@code
 * runtime.text}.
 */
package org.seq4j.core.text;

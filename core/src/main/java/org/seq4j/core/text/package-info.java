/**
 * Tokenizers, their tokens, and sequences as a model reads them.
 *
 * <p>The tokenizers themselves are in their module; vocabularies' files are read in {@code
 * runtime.text}.
 */
package org.seq4j.core.text;

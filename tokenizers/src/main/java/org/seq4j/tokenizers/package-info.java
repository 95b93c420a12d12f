/**
 * Tokenizers: {@code characters} and {@code whitespace}. What they have in common, and what a
 * plugin's own must keep, is in {@link org.seq4j.core.text.Tokenizer} and its contract kit.
 */
package org.seq4j.tokenizers;

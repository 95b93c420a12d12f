/**
 * Tokenizers, and what trains them: {@code characters}, {@code bytes}, {@code whitespace}; {@code
 * normalize}, {@code word}, {@code lowercase} and {@code truecase}, by the rules of Moses; {@code
 * bpe}, {@code sentencepiece} and {@code huggingface}. What they have in common, and what a
 * plugin's own must keep, is in {@link org.seq4j.core.text.Tokenizer} and its contract kit; what
 * puts several together is in core, too.
 */
package org.seq4j.tokenizers;

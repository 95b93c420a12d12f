/**
 * Tokenizers and their trainers: {@code characters}, {@code bytes}, {@code whitespace}; {@code
 * normalize}, {@code word}, {@code lowercase} and {@code truecase}, by the rules of Moses; {@code
 * bpe}, {@code sentencepiece} and {@code huggingface}. The contract of a tokenizer is in {@link
 * org.seq4j.core.text.Tokenizer}, and testkit checks it. A sequence of tokenizers is in {@code
 * runtime.text}.
 */
package org.seq4j.tokenizers;

/**
 * Text and its symbols: what cuts a line into symbols ({@link org.seq4j.core.text.Tokenizer}), and
 * the numbers that the model knows them by ({@link org.seq4j.core.text.Vocabulary}).
 *
 * <p>Tokenizers themselves live in their own modules and in plugins; batching and padding belong to
 * the data pipeline.
 */
package org.seq4j.core.text;

/**
 * From text to text with a trained model: {@link org.seq4j.runtime.translate.Translator} and its
 * requests, put together from several threads; several models together.
 */
package org.seq4j.runtime.translate;

/**
 * Translation with a trained model: {@link org.seq4j.runtime.translate.Translator} and its
 * requests, batching of several threads, and ensembles.
 */
package org.seq4j.runtime.translate;

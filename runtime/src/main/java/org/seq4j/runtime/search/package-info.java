/**
 * Searches in plain Java over a step function: greedy, beam, sampling, with rules.
 *
 * <p>Nothing here knows TensorFlow; step functions over graphs are in {@code runtime.inference}.
 */
package org.seq4j.runtime.search;

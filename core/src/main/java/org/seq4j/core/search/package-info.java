/**
 * Finding the best target sequences of a model: plain Java over a {@link
 * org.seq4j.core.search.StepFunction}, which is all that a search sees of the model.
 *
 * <p>How a step is computed, and where its state lives, belongs to the model.
 */
package org.seq4j.core.search;

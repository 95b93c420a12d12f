/**
 * Inference with a trained model, and the built-in output layers and search constraints.
 *
 * <p>Experiments are in the trainer, HTTP in serve, the command in cli.
 */
package org.seq4j.runtime;

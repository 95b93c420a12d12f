/**
 * All that using a trained model takes. The components that come with it are registered here.
 *
 * <p>Experiments are in the trainer, HTTP in serve, the command in cli.
 */
package org.seq4j.runtime;

/** The graph of training: loss, gradients, clipping, updates. */
package org.seq4j.trainer.training.graph;

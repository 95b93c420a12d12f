/**
 * Recurrent cells, and the encoders and the decoder built from layers of them. The decoder's
 * attention is a component of its own, set in the configuration.
 */
package org.seq4j.rnn;

/**
 * Recurrent cells, and the encoder and the decoder that are made of layers of them. What a decoder
 * attends with is not here: it comes from the configuration as a component of its own.
 */
package org.seq4j.rnn;

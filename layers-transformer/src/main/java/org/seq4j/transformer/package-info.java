/**
 * Encoders and decoders of self-attention, as components: the Transformer (Vaswani et al. 2017). No
 * recurrence, and nothing that another module needs to know.
 */
package org.seq4j.transformer;
